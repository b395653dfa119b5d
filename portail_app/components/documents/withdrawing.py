"""Taking back what was published: the dialog of a publication, and the reason that is always asked."""

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.forms.field import textarea_field
from portail_app.components.forms.form import form
from portail_app.components.layout.dialog import modal
from portail_app.services.withdrawals import LONGEST_REASON
from portail_app.states.publications import PublicationsState as State


def withdrawing() -> rx.Component:
    readers = State.chosen.readers
    return modal(
        "Retirer la publication",
        rx.el.p(
            rx.el.strong(State.chosen.name),
            rx.cond(readers == 1, " sera retiré à un abonné.", f" sera retiré à {readers} abonnés."),
        ),
        form(
            rx.el.input(type="hidden", name="file_id", value=State.chosen.file_id.to(str)),
            reason_field(State.error),
            on_submit=State.withdraw,
            custom_attrs={"id": "retirer-form"},
        ),
        id="retirer-publication",
        actions=submit_button("Retirer à tous", form="retirer-form"),
        leave="Annuler",
        on_close=State.leave,
    )


def reason_field(error: rx.Var[str]) -> rx.Component:
    """Why a document is withdrawn: it stays in the audit trail."""
    hint = "Il reste dans le journal ; l’abonné ne le lit pas."
    return textarea_field("Motif du retrait", "reason", hint=hint, error=error, rows="2", max_length=LONGEST_REASON)
