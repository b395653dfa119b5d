"""The guided form of a request: a field for each question of its type, and what every form of ours sends besides."""

from typing import Any

import reflex as rx

from models import AnswerKind
from portail_app.components.basics.button import button, submit_button
from portail_app.components.forms.answers import error_above, error_at
from portail_app.components.forms.draft import kept
from portail_app.components.forms.field import choice_group, date_field, select_field, text_field, textarea_field
from portail_app.components.forms.form import form
from portail_app.components.layout.notice import notice
from portail_app.components.requests.attachments import attachments
from portail_app.components.requests.thread import words
from portail_app.services.request_forms import FormField

ID = "request-form"
YES_NO = (("oui", "Oui"), ("non", "Non"))


def request_form(state: Any, *first: rx.Component) -> rx.Component:
    """`state` writes requests (states/request_writing.py); `first` are fields before the questions."""
    asked = state.form
    return rx.fragment(
        rx.cond(asked.guidance != "", words(asked.guidance)),
        error_above(state),
        _erased(state),
        kept(_form(state, first), place=asked.place, key=asked.key, kept_at=asked.kept_at),
        attachments(asked.pieces, asked.place, state=state),
        rx.el.div(
            submit_button("Envoyer", form=ID),
            button("Effacer", kind="secondary", on_click=state.clear(asked.code, asked.subscriber_id, asked.key)),
            class_name="cluster",
        ),
    )


def hidden(name: str, value: rx.Var[object]) -> rx.Component:
    return rx.el.input(type="hidden", name=name, value=value)


def _form(state: Any, first: tuple[rx.Component, ...]) -> rx.Component:
    asked = state.form
    return form(
        hidden("type", asked.code),
        hidden("subscriber_id", asked.subscriber_id.to(str)),
        hidden("key", asked.key),
        *first,
        rx.foreach(asked.fields, lambda field: _field(state, field)),
        on_submit=state.send,
        custom_attrs={"id": ID},
    )


def _erased(state: Any) -> rx.Component:
    """« Effacer » pressed by mistake costs nothing."""
    asked = state.form
    undo = button("Annuler", kind="quiet", on_click=state.restore(asked.code, asked.subscriber_id))
    return rx.cond(state.erased, notice("Votre texte est effacé.", action=undo, role="status"))


def _field(state: Any, field: rx.Var[FormField]) -> rx.Component:
    shared = {"error": error_at(state, field.name), "hint": field.hint}
    options = rx.fragment(
        rx.el.option("Choisissez", value=""),
        rx.foreach(field.choices, lambda choice: rx.el.option(choice, value=choice)),
    )
    plain = {"default_value": field.typed, **shared}
    return rx.match(
        field.kind,
        (AnswerKind.LONG_TEXT.value, textarea_field(field.label, field.name, rows="7", **plain)),
        (AnswerKind.DATE.value, date_field(field.label, field.name, **plain)),
        (AnswerKind.NUMBER.value, text_field(field.label, field.name, input_mode="decimal", **plain)),
        (AnswerKind.CHOICE.value, select_field(field.label, field.name, options, **plain)),
        (AnswerKind.YES_NO.value, choice_group(field.label, field.name, YES_NO, chosen=field.typed, **shared)),
        text_field(field.label, field.name, **plain),
    )
