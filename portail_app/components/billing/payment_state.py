"""Where a payment stands, for staff."""

import reflex as rx

from portail_app.components.basics.badge import badge
from portail_app.components.basics.button import button
from portail_app.services.payment_review import ReviewedPayment
from portail_app.states.payment_review import PaymentReviewState as State


def payment_state(payment: rx.Var[ReviewedPayment]) -> rx.Component:
    """The word; what a human has to know; and asking PayFiP again where that can help."""
    word = rx.match(
        payment.attempt.state,
        ("payee", badge("Payé", "success")),
        ("refusee", badge("Refusé", "neutral")),
        ("abandonnee", badge("Abandonné", "neutral")),
        ("expiree", badge("Expiré", "neutral")),
        ("anomalie", badge("Anomalie", "danger")),
        badge("En cours", "info"),
    )
    reference = payment.attempt.reference
    again = rx.cond(
        State.asked.contains(reference),
        rx.el.span("Vérification demandée à PayFiP."),
        button("Vérifier de nouveau", kind="secondary", on_click=State.check_again(reference)),
    )
    return rx.el.div(
        word,
        rx.cond(payment.needs_human, rx.el.span(payment.attempt.trouble)),
        rx.cond(payment.can_be_checked, again),
        class_name="stack",
    )
