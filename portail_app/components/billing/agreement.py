"""How the portal and the treasury's statement agree on a payment, and what staff say of it where they do not."""

import reflex as rx

from models import Agreement
from portail_app.components.basics.badge import badge
from portail_app.components.basics.button import submit_button
from portail_app.components.forms.form import form
from portail_app.services.difference_explanations import LONGEST_REASON
from portail_app.services.reconciliation import Fold, ReconciledPayment
from portail_app.states.reconciliation import ReconciliationState as State


def agreement_badge(payment: rx.Var[ReconciledPayment]) -> rx.Component:
    return rx.match(
        payment.agreement,
        (Agreement.MATCHED, badge("Rapproché", "success")),
        (Agreement.NOT_THERE, badge("Absent du relevé", "danger")),
        (Agreement.NOT_HERE, badge("Absent du portail", "danger")),
        (Agreement.DIFFERENT, badge("Montant différent", "warning")),
        badge("Relevé à venir", "neutral"),
    )


def explanation(payment: rx.Var[ReconciledPayment]) -> rx.Component:
    """What was said, and saying it, which is out of the way until it is wanted."""
    said = rx.cond(payment.reason != "", rx.el.p(payment.reason))
    differs = (payment.fold == Fold.OPEN) | (payment.fold == Fold.EXPLAINED)
    return rx.el.div(said, rx.cond(differs, _form(payment)))


def _form(payment: rx.Var[ReconciledPayment]) -> rx.Component:
    return rx.el.details(
        rx.el.summary(rx.cond(payment.reason != "", "Corriger l’explication", "Expliquer")),
        form(
            rx.el.input(type="hidden", name="ligne", value=_number(payment.line_id)),
            rx.el.input(type="hidden", name="recu", value=_number(payment.receipt_id)),
            rx.el.textarea(
                name="motif",
                aria_label=f"Explication de l’écart de {payment.reference}",
                default_value=payment.reason,
                rows="2",
                max_length=LONGEST_REASON,
                class_name="input",
            ),
            submit_button("Enregistrer"),
            on_submit=State.explain,
        ),
        key=f"{payment.line_id}-{payment.receipt_id}-{payment.reason}",
    )


def _number(known: rx.Var[int | None]) -> rx.Var[str]:
    return rx.cond(known, f"{known}", "0")
