"""What has been published, and the dialog that takes one of them back."""

import reflex as rx

from portail_app.components.button import button, submit_button
from portail_app.components.card import card
from portail_app.components.dialog import modal
from portail_app.components.empty import empty
from portail_app.components.field import textarea_field
from portail_app.components.form import form
from portail_app.components.formats import instant
from portail_app.components.outcome import outcome
from portail_app.components.table import Column, cell, head_cell, row, table
from portail_app.services.publications import Publication
from portail_app.services.withdrawals import LONGEST_REASON
from portail_app.states.publications import PublicationsState as State

COLUMNS = (
    Column("Document"),
    Column("Publié le"),
    Column("Abonnés", is_number=True),
    Column("Action", is_silent=True),
)


def publications() -> rx.Component:
    listed = table("Documents publiés", COLUMNS, rx.foreach(State.publications, _line), size="medium")
    nothing = empty("Rien n’a été publié", "Ce que vous publierez apparaîtra ici.", icon="file-text")
    return card(
        outcome(State.done, rx.cond(State.chosen, "", State.error), State.error_field),
        rx.cond(State.publications.length() > 0, listed, nothing),
        rx.cond(State.chosen, _withdrawing()),
        title="Documents publiés",
    )


def reason_field(error: rx.Var[str]) -> rx.Component:
    """Why a document is withdrawn: it stays in the audit trail."""
    hint = "Il reste dans le journal ; l’abonné ne le lit pas."
    return textarea_field("Motif du retrait", "reason", hint=hint, error=error, rows="2", max_length=LONGEST_REASON)


def _line(publication: rx.Var[Publication]) -> rx.Component:
    withdraw = button("Retirer", kind="secondary", on_click=State.choose(publication.file_id))
    return row(
        head_cell("Document", publication.name),
        cell("Publié le", instant(publication.published_at)),
        cell("Abonnés", publication.readers, number=True),
        cell("Action", withdraw),
    )


def _withdrawing() -> rx.Component:
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
