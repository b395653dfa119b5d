"""Paying, and what staff see of payments."""

from portail_app.components.billing.agreement import agreement_badge, explanation
from portail_app.components.billing.payfip import end_of_window, hand_over, informations, popup_test
from portail_app.components.billing.payment_state import payment_state
from portail_app.components.billing.statement_form import statement_form

__all__ = [
    "agreement_badge",
    "end_of_window",
    "explanation",
    "hand_over",
    "informations",
    "payment_state",
    "popup_test",
    "statement_form",
]
