"""Dialogs, by the native element: it keeps the focus inside, Escape closes it, the focus returns where it was."""

from typing import Any

import reflex as rx
from reflex_base.event import no_args_event_spec

from portail_app.components.basics.behaviour import OPEN_MODAL, closes
from portail_app.components.basics.button import button
from portail_app.components.basics.contents import Content, Press, Words, named


class ModalDialog(rx.el.Dialog):
    """A dialog that tells when it is closed, by a button or by Escape."""

    on_close: rx.EventHandler[no_args_event_spec]  # type: ignore[type-arg, valid-type]


def dialog(title: Words, *content: Content, id: str, actions: Content = "", leave: str = "Annuler") -> rx.Component:
    """Waits in the page until a button with `**opens(id)` shows it; `actions` stand before `leave`."""
    closing = button(leave, kind="secondary", **closes(id))
    return rx.el.dialog(_body(title, content, id, actions, closing), **_shared(id))


def modal(
    title: Words, *content: Content, id: str, on_close: Press, leave: str = "Fermer", actions: Content = ""
) -> rx.Component:
    """Open as long as it is in the page: put it in an `rx.cond` on what `on_close` changes."""
    closing = button(leave, kind="primary" if actions == "" else "secondary", **closes(id))
    body = _body(title, content, id, actions, closing)
    return ModalDialog.create(body, on_close=on_close, **_shared(id, ref=OPEN_MODAL))


def _body(title: Words, content: tuple[Content, ...], id: str, actions: Content, leave: rx.Component) -> rx.Component:
    return rx.el.div(
        rx.el.h2(title, **named(f"{id}-title")),
        *content,
        rx.el.div(actions, leave, class_name="dialog-actions"),
        class_name="stack",
    )


def _shared(id: str, **attributes: Any) -> dict[str, Any]:
    return {"aria_labelledby": f"{id}-title", "class_name": "dialog", "custom_attrs": {"id": id} | attributes}
