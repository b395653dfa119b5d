"""Choosing what a telemetered meter warns of."""

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.forms.answers import error_at
from portail_app.components.forms.field import checkbox_field, date_field, field_group, text_field
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.layout.card import card
from portail_app.components.layout.notice import only_seen
from portail_app.states.leak import LeakState
from portail_app.states.leak_watch import LeakWatchState as State

watch = State.watch


def watch_panel() -> rx.Component:
    chosen = rx.fragment(outcome(State.done, State.error, State.error_field), _form())
    shown = rx.cond(LeakState.may_act, chosen, only_seen("choisir ces alertes"))
    return rx.cond(State.is_offered, card(shown, title="Mes alertes de télérelève"))


def _form() -> rx.Component:
    return form(
        checkbox_field(
            "Me prévenir quand l’eau coule sans arrêt pendant 24 heures",
            "warns_of_flow",
            default_checked=rx.cond(watch, watch.warns_of_flow, True),
        ),
        text_field(
            "Me prévenir au-delà de (litres par jour)",
            "most_litres_a_day",
            hint="Facultatif. Une personne consomme environ 150 litres par jour.",
            error=error_at(State, "most_litres_a_day"),
            default_value=rx.cond(watch.most_litres_a_day, watch.most_litres_a_day.to_string(), ""),
            input_mode="numeric",
        ),
        field_group(
            "Logement vide : me prévenir si de l’eau coule",
            _day("Départ le", "away_from", watch.away_from),
            _day("Retour le", "away_until", watch.away_until),
        ),
        submit_button("Enregistrer mes alertes"),
        on_submit=State.keep,
        key=rx.cond(watch, watch.changed_at.to_string(), ""),
    )


def _day(label: str, name: str, known: rx.Var[str]) -> rx.Component:
    return date_field(label, name, error=error_at(State, name), default_value=rx.cond(known, known.to(str), ""))
