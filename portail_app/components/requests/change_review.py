"""For staff, in a request that changes personal data: each field, old beside new, accepted or refused by itself."""

import reflex as rx

from portail_app.components.basics.badge import badge
from portail_app.components.basics.button import button, submit_button
from portail_app.components.basics.contents import Words
from portail_app.components.forms.answers import error_above, error_at, said
from portail_app.components.forms.field import textarea_field
from portail_app.components.forms.form import form
from portail_app.components.layout.card import card
from portail_app.components.layout.notice import notice
from portail_app.components.tables.table import Column, cell, head_cell, row, table
from portail_app.services.data_reviews import Review
from portail_app.states.change_review import ChangeReviewState as State

REMINDER = (
    "Une modification acceptée vaut aussitôt sur le portail. Reportez-la dans le logiciel de facturation : "
    "sinon, le prochain import remettra l’ancienne valeur."
)
COLUMNS = (Column("Information"), Column("Actuellement"), Column("Demandé"), Column("Réponse"))


def change_review() -> rx.Component:
    """Nothing in a request of another kind."""
    panel = card(
        notice(REMINDER),
        said(State.done),
        error_above(State),
        table("Modifications demandées", COLUMNS, rx.foreach(State.reviews, _line)),
        title="Modifications demandées",
    )
    return rx.cond(State.reviews.length() > 0, panel)


def change_badge(status: rx.Var[str]) -> rx.Component:
    return rx.match(
        status,
        ("acceptee", badge("Acceptée", "success")),
        ("refusee", badge("Refusée", "danger")),
        ("annulee", badge("Annulée", "neutral")),
        badge("En attente du service", "info", icon="clock"),
    )


def _line(review: rx.Var[Review]) -> rx.Component:
    moved = rx.cond(
        (review.status == "en_attente") & (review.current != review.former),
        rx.el.span(" (", _shown(review.former), " au moment de la demande)", class_name="muted"),
    )
    return row(
        head_cell("Information", review.label),
        cell("Actuellement", rx.el.span(_shown(review.current), moved)),
        cell("Demandé", rx.el.strong(_shown(review.proposed))),
        cell("Réponse", rx.cond(review.status == "en_attente", _choice(review), _answer(review))),
    )


def _choice(review: rx.Var[Review]) -> rx.Component:
    buttons = rx.el.div(
        button("Accepter", on_click=State.accept(review.id, review.current)),
        button("Refuser", kind="secondary", on_click=State.begin_refusal(review.id)),
        class_name="cluster",
    )
    return rx.cond(State.refused_id == review.id, _refusal(), buttons)


def _answer(review: rx.Var[Review]) -> rx.Component:
    return rx.el.span(change_badge(review.status), " ", review.reason)


def _refusal() -> rx.Component:
    return form(
        textarea_field(
            "Motif du refus", "reason", hint="L’abonné le lira.", error=error_at(State, "reason"), max_length=300
        ),
        rx.el.div(
            submit_button("Refuser la modification", kind="danger"),
            button("Annuler", kind="secondary", on_click=State.begin_refusal(0)),
            class_name="cluster",
        ),
        on_submit=State.refuse,
    )


def _shown(value: Words) -> rx.Var[str]:
    return rx.cond(value == "", "non renseigné", value)
