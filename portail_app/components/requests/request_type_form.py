"""Writing a type of request: what it says, who handles it, and its questions, each saved by itself."""

import reflex as rx

from models import AnswerKind, Question
from portail_app.components.basics.button import button, submit_button
from portail_app.components.forms.answers import error_at
from portail_app.components.forms.field import checkbox_field, select_field, text_field, textarea_field
from portail_app.components.forms.form import form
from portail_app.components.layout.card import card
from portail_app.states.request_types import RequestTypesState as State

KINDS = (
    (AnswerKind.TEXT.value, "Une ligne de texte"),
    (AnswerKind.LONG_TEXT.value, "Un texte long"),
    (AnswerKind.DATE.value, "Une date"),
    (AnswerKind.NUMBER.value, "Un nombre"),
    (AnswerKind.CHOICE.value, "Une réponse parmi plusieurs"),
    (AnswerKind.YES_NO.value, "Oui ou non"),
)
chosen = State.chosen


def request_type_form() -> rx.Component:
    return rx.fragment(
        card(rx.fragment(_words(), key=State.times_done.to_string()), title=chosen.name),
        rx.cond(chosen.kind != "donnees_personnelles", _questions()),
    )


def _words() -> rx.Component:
    colleagues = rx.foreach(State.colleagues, lambda one: rx.el.option(one.name, value=one.account_id.to(str)))
    return form(
        text_field("Nom", "name", error=error_at(State, "name"), default_value=chosen.name),
        textarea_field(
            "Ce que l’abonné lit avant d’écrire",
            "guidance",
            error=error_at(State, "guidance"),
            default_value=chosen.guidance,
            rows="3",
        ),
        textarea_field(
            "Ce qui lui est dit une fois la demande envoyée",
            "acknowledgement",
            error=error_at(State, "acknowledgement"),
            default_value=chosen.acknowledgement,
            rows="3",
        ),
        select_field(
            "Qui la traite",
            "handler_id",
            rx.fragment(rx.el.option("À répartir", value=""), colleagues),
            default_value=rx.cond(chosen.handler_id, chosen.handler_id.to(str), ""),
        ),
        text_field(
            "Délai de réponse, en jours",
            "due_days",
            error=error_at(State, "due_days"),
            default_value=chosen.due_days.to(str),
            input_mode="numeric",
        ),
        checkbox_field("Proposée aux abonnés", "is_active", default_checked=chosen.is_active),
        submit_button("Enregistrer"),
        on_submit=State.write(chosen.id),
        key=chosen.id.to(str),
    )


def _questions() -> rx.Component:
    return rx.fragment(
        rx.el.h2("Questions"),
        rx.fragment(rx.foreach(State.questions, _question), key=f"q{State.times_done}"),
        card(_question_form("", "Ajouter"), title="Nouvelle question", key=f"n{State.times_done}"),
    )


def _question(question: rx.Var[Question], place: rx.Var[int]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.el.strong(question.label), rx.cond(question.is_required, "", " (facultative)")),
        rx.el.div(_question_form(place.to(str), "Enregistrer", question), _place(place), class_name="stack"),
        class_name="card",
    )


def _place(place: rx.Var[int]) -> rx.Component:
    return rx.el.div(
        button("Monter", kind="secondary", on_click=State.move_question(chosen.id, place, -1)),
        button("Descendre", kind="secondary", on_click=State.move_question(chosen.id, place, 1)),
        button("Retirer", kind="secondary", icon="trash-2", on_click=State.remove_question(chosen.id, place)),
        class_name="cluster",
    )


def _question_form(place: rx.Var[str] | str, save: str, question: rx.Var[Question] | None = None) -> rx.Component:
    """Each name ends with the question's own: several of these forms are on the page."""
    own = "nouvelle" if question is None else question.name
    known = question if question is not None else Question("", "")
    choices = known.choices.join("\n") if question is not None else ""
    return form(
        text_field("Question", f"label-{own}", default_value=known.label),
        select_field("Réponse attendue", f"kind-{own}", KINDS, default_value=known.kind),
        textarea_field("Réponses au choix, une par ligne", f"choices-{own}", default_value=choices, rows="3"),
        text_field("Précision affichée sous la question", f"hint-{own}", default_value=known.hint),
        checkbox_field("Réponse obligatoire", f"is_required-{own}", default_checked=known.is_required),
        rx.el.input(type="hidden", name="place", value=place),
        submit_button(save, kind="secondary"),
        on_submit=State.write_question(chosen.id),
    )
