"""A request in a list: its number, and where it stands in the words that both sides read."""

import reflex as rx

from models import Request, RequestChannel, RequestStatus
from portail_app.components.basics.badge import badge
from portail_app.components.tables.table import row_link
from portail_app.services.request_threads import STAFF_MAY_SET

LABELS = {
    RequestStatus.NEW: "Nouvelle",
    RequestStatus.IN_PROGRESS: "En cours",
    RequestStatus.WAITING: "En attente de l’abonné",
    RequestStatus.RESOLVED: "Résolue",
    RequestStatus.REFUSED: "Refusée",
    RequestStatus.WITHDRAWN: "Annulée",
}

BECOMES = (
    ("", "Comme elle est (en cours, si elle est nouvelle)"),
    *((status.value, LABELS[status]) for status in STAFF_MAY_SET),
)
"""What staff choose from when they answer."""
CAME_BY = {
    RequestChannel.PHONE: "Par téléphone",
    RequestChannel.VISIT: "Au guichet",
    RequestChannel.LETTER: "Par courrier",
}


def request_status(status: rx.Var[str], *, for_staff: bool = False) -> rx.Component:
    waiting = LABELS[RequestStatus.WAITING] if for_staff else "En attente de votre réponse"
    return rx.match(
        status,
        (RequestStatus.NEW.value, badge("Nouvelle", "info", icon="mail")),
        (RequestStatus.IN_PROGRESS.value, badge("En cours", "info", icon="clock")),
        (RequestStatus.WAITING.value, badge(waiting, "neutral" if for_staff else "warning")),
        (RequestStatus.RESOLVED.value, badge("Résolue", "success")),
        (RequestStatus.REFUSED.value, badge("Refusée", "danger")),
        (RequestStatus.WITHDRAWN.value, badge("Annulée", "neutral", icon="x")),
        rx.fragment(),
    )


def request_link(number: rx.Var[str], *, under: str) -> rx.Component:
    """Its number, in one piece, in a row of a list."""
    return row_link(rx.el.span(number, class_name="number"), href=f"{under}/{number}")


def request_words(subject: rx.Var[str], summary: rx.Var[str]) -> rx.Component:
    """What it is about, and its first words."""
    return rx.el.span(subject, rx.el.br(), rx.el.span(summary, class_name="muted"))


def taken_down(request: rx.Var[Request]) -> rx.Component:
    """That it was not the subscriber who wrote it, on both sides; nothing where it was."""
    return rx.cond(request.is_taken_down, badge("Saisie par le service", "neutral"))


def came_by(request: rx.Var[Request]) -> rx.Var[str]:
    """How what staff took down came to them."""
    return rx.match(request.channel, *((channel.value, words) for channel, words in CAME_BY.items()), "")
