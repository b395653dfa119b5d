"""Files sent with a request: those that wait with the draft, the way to add some, and those that were sent."""

from typing import Any

import reflex as rx

from portail_app.components.basics.button import button
from portail_app.components.basics.contents import named
from portail_app.components.basics.formats import file_size
from portail_app.components.basics.icon import icon
from portail_app.components.basics.link import document_link
from portail_app.components.forms.upload import adds_files, upload_dialog
from portail_app.services.request_attachments import Piece

DIALOG, ADDED = "attach", "attached"


def pieces(sent: rx.Var[tuple[Piece, ...]]) -> rx.Component:
    """Nothing where there is none."""
    listed = rx.el.ul(rx.foreach(sent, lambda piece: rx.el.li(_piece(piece))), class_name="pieces")
    return rx.cond(sent.length() > 0, listed)


def attachments(waiting: rx.Var[tuple[Piece, ...]], place: rx.Var[str], *, state: Any) -> rx.Component:
    """Beside a form whose draft is kept at `place`, with which they leave: Reflex would send what is chosen, were it in
    the form. `state` has `read_pieces` and `remove_piece`."""

    def line(piece: rx.Var[Piece]) -> rx.Component:
        take_back = state.remove_piece(piece.id)
        remove = button("Retirer", kind="quiet", aria_label=f"Retirer {piece.name}", on_click=take_back)
        return rx.el.li(_piece(piece), remove)

    return rx.el.div(
        rx.cond(waiting.length() > 0, rx.el.ul(rx.foreach(waiting, line), class_name="pieces")),
        rx.el.div(
            button("Joindre des fichiers", kind="secondary", icon="upload", **adds_files(DIALOG)), class_name="cluster"
        ),
        rx.el.button(type="button", hidden=True, on_click=state.read_pieces, **named(ADDED)),
        upload_dialog("Joindre des fichiers", id=DIALOG, url=f"/pieces-jointes/{place}", then=ADDED),
        class_name="stack",
    )


def _piece(piece: rx.Var[Piece]) -> rx.Component:
    return rx.fragment(
        icon("file-text"),
        document_link(piece.name, href=f"/telecharger/pieces-jointes/{piece.id}", download=True),
        rx.el.span(file_size(piece.size_bytes), class_name="muted"),
    )
