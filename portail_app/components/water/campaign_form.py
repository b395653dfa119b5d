"""Launching a reading campaign: when, and which contracts by a query, counted before anybody is written to."""

import reflex as rx

from portail_app.components.basics.button import button, submit_button
from portail_app.components.basics.formats import day
from portail_app.components.forms.answers import error_at
from portail_app.components.forms.field import date_field, field_group, text_field
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.forms.utility_choice import utility_choice
from portail_app.components.layout.card import card
from portail_app.components.layout.skeleton import skeleton
from portail_app.states.campaigns import CampaignsState as State

EVERYWHERE = "Vide : partout."


def campaign_form() -> rx.Component:
    """The form stays in the page while its answer is confirmed, so that nothing typed is lost."""
    filled = rx.el.div(_form(), hidden=State.pending.is_not_none())
    return card(
        outcome(State.done, State.error, State.error_field),
        rx.cond(State.pending, _confirmation()),
        rx.cond(State.utilities.length() > 0, filled, skeleton(lines=6, height="3rem")),
        title="Lancer une campagne de relève",
    )


def _confirmation() -> rx.Component:
    pending = State.pending
    contracts = rx.cond(State.found > 1, f"{State.found} contrats seront invités", "1 contrat sera invité")
    again = rx.cond(pending.remind_on, f", puis relancés le {day(pending.remind_on)} sans réponse", "")
    return rx.el.div(
        rx.el.p(f"« {pending.title} », du {day(pending.opens_on)} au {day(pending.closes_on)}."),
        rx.el.p(rx.el.strong(contracts), f" par courriel à relever leur compteur{again}."),
        rx.el.div(
            button("Lancer la campagne", on_click=State.launch),
            button("Modifier", kind="secondary", on_click=State.change),
            class_name="cluster",
        ),
        class_name="stack",
        role="status",
    )


def _form() -> rx.Component:
    return form(
        utility_choice(State.utilities),
        text_field("Titre, pour les agents", "title", error=error_at(State, "title"), max_length=120),
        field_group(
            "Dates",
            date_field(
                "Du", "opens_on", hint="Aujourd’hui si vous ne précisez pas.", error=error_at(State, "opens_on")
            ),
            date_field("Au", "closes_on", error=error_at(State, "closes_on")),
            date_field(
                "Relance le",
                "remind_on",
                hint="Facultatif : une fois, ceux qui n’ont pas encore transmis leur relève.",
                error=error_at(State, "remind_on"),
            ),
        ),
        field_group(
            "Contrats",
            text_field("Commune", "city", hint=EVERYWHERE, error=error_at(State, "city"), max_length=80),
            text_field("Secteur", "area", hint=EVERYWHERE, error=error_at(State, "area"), max_length=80),
            date_field(
                "Sans relève réelle depuis le",
                "unread_since",
                hint="Vide : tous.",
                error=error_at(State, "unread_since"),
            ),
        ),
        submit_button("Continuer"),
        on_submit=State.prepare,
        key=State.times_done.to_string(),
    )
