"""« Classer »: where a document goes, among the folders of its subscriber."""

from typing import Any

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.forms.field import select_field
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.layout.dialog import modal
from portail_app.services.folders import Branch
from portail_app.states.deposits import DepositsState as State


def filing_form(*then: Any) -> rx.Component:
    """Open while a document is chosen; `then` are the events that follow its filing."""
    return rx.cond(State.chosen, _dialog(then))


def filing_outcome() -> rx.Component:
    return outcome(State.done, State.error, State.error_field)


def _dialog(then: tuple[Any, ...]) -> rx.Component:
    options = rx.foreach(State.folders, _option)
    return modal(
        "Classer le document",
        rx.el.p(rx.el.strong(State.chosen.name), " de ", State.chosen.subscriber),
        form(
            rx.el.input(type="hidden", name="document_id", value=State.chosen.id.to(str)),
            select_field("Dossier", "folder_id", options, default_value=State.chosen.folder_id.to(str)),
            on_submit=[State.file, *then],
            custom_attrs={"id": "classer-form"},
        ),
        id="classer",
        actions=submit_button("Classer", form="classer-form"),
        leave="Annuler",
        on_close=State.leave,
    )


def _option(folder: rx.Var[Branch]) -> rx.Component:
    return rx.el.option(folder.path, value=folder.id.to(str))
