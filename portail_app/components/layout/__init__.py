"""Where things are on a page: frames, cards, dialogs, notices, what stands in for what is missing."""

from portail_app.components.layout.card import amount, card, fact, facts
from portail_app.components.layout.dialog import dialog, modal
from portail_app.components.layout.empty import empty, unfound
from portail_app.components.layout.frame import access_layout, portal_layout, staff_layout
from portail_app.components.layout.notice import notice, only_seen
from portail_app.components.layout.personal_frame import personal_form_layout, personal_layout
from portail_app.components.layout.prose import prose
from portail_app.components.layout.skeleton import skeleton
from portail_app.components.layout.tabs import tab, tabs

__all__ = [
    "access_layout",
    "amount",
    "card",
    "dialog",
    "empty",
    "fact",
    "facts",
    "modal",
    "notice",
    "only_seen",
    "personal_form_layout",
    "personal_layout",
    "portal_layout",
    "prose",
    "skeleton",
    "staff_layout",
    "tab",
    "tabs",
    "unfound",
]
