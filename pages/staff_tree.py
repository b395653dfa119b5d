"""/agent/documents/[abonne]: one subscriber's documents, as staff see, file, publish and withdraw them."""

import reflex as rx

from portail_app.components import (
    Tree,
    action_menu,
    adds_files,
    branch_actions,
    button,
    desk_outcome,
    empty,
    explorer,
    filing_form,
    filing_outcome,
    folder_actions,
    folder_dialog,
    folder_tree,
    icon_button,
    link,
    link_button,
    paper_lines,
    skeleton,
    staff_layout,
    upload_dialog,
)
from portail_app.services.papers import Paper
from portail_app.states.deposits import DepositsState
from portail_app.states.folder_desk import FolderDeskState
from portail_app.states.site import SiteState
from portail_app.states.staff_tree import StaffTreeState as State

DIALOG, REFRESH = "publier-ici", "relire-le-dossier"
ACTIONS = (
    ("open", "Ouvrir", "folder"),
    ("add", "Publier ici", "plus"),
    ("make", "Nouveau dossier", "folder-plus"),
    ("rename", "Renommer", "pencil"),
    ("remove", "Supprimer", "trash-2"),
    ("download", "Télécharger", "download"),
    ("file", "Classer", "folder-input"),
    ("withdraw", "Retirer", "trash-2"),
)
LOADS = [SiteState.load, State.load, FolderDeskState.load, DepositsState.forget]


@rx.page(route="/agent/documents/[abonne]", title="Documents d’un abonné", on_load=LOADS)
def staff_tree_page() -> rx.Component:
    loaded = rx.cond(State.is_loaded, explorer(_tree(), _folder()), skeleton(lines=6, height="3rem"))
    return staff_layout(
        rx.cond(State.subscriber, State.subscriber.name, "Documents"),
        rx.el.p(link("← Documents", href="/agent/documents")),
        rx.cond(State.missing != "", _missing(), rx.fragment(_who(), desk_outcome(), filing_outcome(), loaded)),
        upload_dialog("Publier ici", id=DIALOG, url=State.place["url"], place=State.place["label"], then=REFRESH),
        folder_dialog(),
        filing_form(State.load),
        action_menu(*ACTIONS),
        rx.el.button(type="button", hidden=True, on_click=State.load, custom_attrs={"id": REFRESH}),
    )


def _who() -> rx.Component:
    place = rx.cond(State.subscriber.place != "", f" · {State.subscriber.place}", "")
    known = rx.el.p(f"Abonné {State.subscriber.number}{place}")
    told = rx.el.p("Votre consultation est inscrite dans son historique des accès.", class_name="muted")
    return rx.cond(State.subscriber, rx.el.div(known, told))


def _tree() -> rx.Component:
    tree = Tree(
        State.open_ids,
        State.place["id"],
        State.toggle,
        DIALOG,
        upload=lambda folder_id: f"/agent/dossiers/{folder_id}/fichiers",
        adds="Publier ici",
        does=branch_actions,
    )
    return rx.el.section(folder_tree(State.branches, tree), aria_label="Dossiers", class_name="card")


def _folder() -> rx.Component:
    publish = button("Publier ici", icon="plus", **adds_files(DIALOG))
    return rx.el.section(
        rx.el.h2(State.place["label"]),
        rx.el.div(
            rx.cond(State.place["url"] != "", publish), folder_actions(State.place), class_name="cluster folder-actions"
        ),
        rx.cond(
            State.papers.length() > 0,
            paper_lines(State.papers, State.place, _actions),
            empty("Ce dossier est vide", "Rien n’y est rangé pour l’instant.", icon="folder"),
        ),
        class_name="card",
        custom_attrs={"data-drop": ""},
    )


def _actions(paper: rx.Var[Paper]) -> rx.Component:
    """An invoice is there without being a document: it is neither moved nor withdrawn."""
    waits = paper.is_deposit & ~paper.is_filed
    file = icon_button(
        "folder-input",
        rx.cond(waits, f"Classer {paper.name}", f"Déplacer {paper.name}"),
        on_click=DepositsState.choose(paper.id),
        custom_attrs={"data-does": "file"},
    )
    withdraw = icon_button(
        "trash-2",
        f"Retirer {paper.name}",
        on_click=FolderDeskState.begin("withdraw", paper.id, paper.name),
        custom_attrs={"data-does": "withdraw"},
    )
    return rx.cond(paper.number == "", rx.fragment(file, withdraw))


def _missing() -> rx.Component:
    back = link_button("Chercher un abonné", href="/agent/documents", kind="secondary")
    return empty(State.missing, "Cet abonné n’est pas dans vos collectivités.", icon="search", action=back)
