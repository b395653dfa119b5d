"""The tree of documents, and what staff publish and file in it."""

from portail_app.components.documents.filing_form import filing_form, filing_outcome
from portail_app.components.documents.folder_desk import branch_actions, desk_outcome, folder_actions, folder_dialog
from portail_app.components.documents.folder_tree import CONTAINS, Tree, action_menu, explorer, folder_tree
from portail_app.components.documents.paper_lines import paper_lines
from portail_app.components.documents.publications import publications
from portail_app.components.documents.publishing_form import publishing_form

__all__ = [
    "CONTAINS",
    "Tree",
    "action_menu",
    "branch_actions",
    "desk_outcome",
    "explorer",
    "filing_form",
    "filing_outcome",
    "folder_actions",
    "folder_dialog",
    "folder_tree",
    "paper_lines",
    "publications",
    "publishing_form",
]
