"""What staff do with a request: answer it, note for themselves, say who handles it and until when."""

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.forms.answers import error_at
from portail_app.components.forms.draft import kept
from portail_app.components.forms.field import date_field, select_field, textarea_field
from portail_app.components.forms.form import form
from portail_app.components.layout.card import card
from portail_app.components.layout.notice import notice
from portail_app.components.requests.attachments import attachments
from portail_app.components.requests.request_form import hidden
from portail_app.components.requests.request_status import BECOMES
from portail_app.states.staff_request import StaffRequestState as State

request = State.desk.request


def request_answer() -> rx.Component:
    reply = State.reply
    written = form(
        hidden("key", reply.key),
        rx.el.input(type="hidden", name="seen", value=State.seen.to(str)),
        textarea_field("Votre réponse", "text", error=error_at(State, "text"), default_value=reply.text, rows="5"),
        select_field("La demande devient", "status", BECOMES, error=error_at(State, "status")),
        on_submit=State.answer,
        custom_attrs={"id": "answer-form"},
    )
    return card(
        _refused(),
        kept(written, place=reply.place, key=reply.key, kept_at=reply.kept_at),
        attachments(reply.pieces, reply.place, state=State),
        submit_button("Envoyer à l’abonné", form="answer-form"),
        title="Répondre à l’abonné",
    )


def request_note() -> rx.Component:
    note = State.note
    written = form(
        hidden("key", note.key),
        textarea_field(
            "Note pour les agents",
            "note",
            hint="L’abonné ne la verra pas.",
            error=error_at(State, "note"),
            default_value=note.text,
            rows="3",
        ),
        submit_button("Ajouter la note", kind="secondary"),
        on_submit=State.write_note,
    )
    shown = kept(written, place=note.place, key=note.key, kept_at=note.kept_at)
    return card(shown, title="Note interne")


def request_follow_up() -> rx.Component:
    colleagues = rx.foreach(State.desk.colleagues, lambda one: rx.el.option(one.name, value=one.account_id.to(str)))
    written = form(
        select_field(
            "Confiée à",
            "account_id",
            rx.fragment(rx.el.option("Personne", value=""), colleagues),
            default_value=rx.cond(request.assignee_id, request.assignee_id.to(str), ""),
        ),
        date_field(
            "À traiter avant le",
            "due_on",
            error=error_at(State, "due_on"),
            default_value=request.due_on.to(str),
        ),
        submit_button("Enregistrer", kind="secondary"),
        on_submit=State.assign,
    )
    return card(rx.fragment(written, key=request.changed_at.to(str)), title="Suivi")


def _refused() -> rx.Component:
    """A refusal that is about no field: above all, that somebody wrote meanwhile."""
    shown = (State.error != "") & (State.error_field == "")
    return rx.el.div(rx.cond(shown, notice(State.error, kind="warning")), role="alert")
