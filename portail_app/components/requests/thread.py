"""The thread of a request: who wrote what and when, and what it became. Words are shown as they were typed."""

import reflex as rx

from portail_app.components.basics.badge import badge
from portail_app.components.basics.formats import instant
from portail_app.components.requests.attachments import pieces
from portail_app.components.requests.request_status import request_status
from portail_app.services.request_threads import Line


def thread(lines: rx.Var[tuple[Line, ...]], *, for_staff: bool = False) -> rx.Component:
    """Read out when a line is added."""
    return rx.el.ol(
        rx.foreach(lines, lambda line: _turn(line, for_staff)), class_name="thread", aria_live="polite", role="list"
    )


def words(text: rx.Var[str]) -> rx.Component:
    """A text with its own lines, whatever it holds: neither HTML nor Markdown is anything but text."""
    return rx.el.p(text, class_name="words")


def _turn(line: rx.Var[Line], for_staff: bool) -> rx.Component:
    note = rx.cond(line.is_note, badge("Note interne", "warning", icon="eye")) if for_staff else rx.fragment()
    side = rx.cond(line.is_note, "turn turn-note", rx.cond(line.is_staff, "turn turn-staff", "turn"))
    return rx.el.li(
        rx.el.div(
            rx.el.strong(line.who),
            rx.el.span(instant(line.at), class_name="muted"),
            note,
            class_name="cluster",
        ),
        rx.cond(line.text != "", words(line.text)),
        pieces(line.pieces),
        rx.cond(
            line.status != "",
            rx.el.div("La demande devient : ", request_status(line.status, for_staff=for_staff), class_name="cluster"),
        ),
        class_name=side,
        key=line.key,
    )
