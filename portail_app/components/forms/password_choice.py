"""Choosing a new password: its rule before, what it lacks as one types, and its confirmation."""

from typing import Any

import reflex as rx

from portail_app.components.forms.answers import error_at
from portail_app.components.forms.field import password_field


def password_choice(state: Any, *, label: str = "Mot de passe") -> rx.Component:
    """`state` has `least_length`, `advice` and the event `advise`."""
    return rx.fragment(
        password_field(
            label,
            error=error_at(state, "password"),
            hint=_rule(state),
            new=True,
            on_change=state.advise.debounce(250),
        ),
        _advice(state),
        password_field("Confirmation", "confirmation", error=error_at(state, "confirmation"), new=True),
    )


def identifier(email: rx.Var[str]) -> rx.Component:
    """Says whose password it is, to the person and to the browser that offers to keep it."""
    shown = rx.el.input(type="email", value=email, read_only=True, auto_complete="username", class_name="input")
    return rx.el.label(rx.el.strong("Identifiant"), shown, class_name="field")


def _rule(state: Any) -> rx.Var[str]:
    return (
        "Au moins "
        + state.least_length.to_string()
        + " caractères de trois sortes (minuscules, majuscules, chiffres, ponctuation), ou une longue phrase. "
        + "Nous vous conseillons de créer un mot de passe différent de votre numéro d'abonné."
    )


def _advice(state: Any) -> rx.Component:
    """Said as one types, without taking room before."""
    advice = state.advice
    return rx.el.div(
        rx.cond(
            advice.strength != "",
            rx.fragment(
                rx.el.p("Solidité : ", rx.el.strong(advice.strength)),
                rx.el.ul(rx.foreach(advice.missing, lambda missing: rx.el.li(missing))),
                rx.cond(advice.hint != "", rx.el.p(advice.hint)),
            ),
        ),
        aria_live="polite",
    )
