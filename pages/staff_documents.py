"""/agent/documents: what subscribers have sent and nobody has filed, and publishing to them."""

import reflex as rx

from portail_app.components import (
    Column,
    button,
    card,
    cell,
    document_link,
    empty,
    file_size,
    form,
    head_cell,
    instant,
    modal,
    outcome,
    publishing_form,
    row,
    select_field,
    skeleton,
    staff_layout,
    submit_button,
    table,
)
from portail_app.services.filing import Deposit
from portail_app.services.folders import Branch
from portail_app.states.deposits import DepositsState as State
from portail_app.states.publishing import PublishingState
from portail_app.states.site import SiteState

COLUMNS = (
    Column("Document"),
    Column("Abonné"),
    Column("Dossier"),
    Column("Déposé le"),
    Column("Taille", is_number=True),
    Column("Action", is_silent=True),
)


@rx.page(route="/agent/documents", title="Documents", on_load=[SiteState.load, State.load, PublishingState.load])
def staff_documents_page() -> rx.Component:
    listed = rx.cond(State.deposits.length() > 0, _table(), _nothing())
    return staff_layout(
        "Documents",
        outcome(State.done, State.error, State.error_field),
        card(rx.cond(State.is_loaded, listed, skeleton(lines=3, height="3rem")), title="Documents à classer"),
        publishing_form(),
        rx.cond(State.chosen, _filing()),
    )


def _table() -> rx.Component:
    return table("Documents à classer", COLUMNS, rx.foreach(State.deposits, _line), size="medium")


def _line(deposit: rx.Var[Deposit]) -> rx.Component:
    name = document_link(deposit.name, href=f"/telecharger/documents/{deposit.id}", download=True)
    return row(
        head_cell("Document", name),
        cell("Abonné", deposit.subscriber),
        cell("Dossier", deposit.folder),
        cell("Déposé le", instant(deposit.placed_at)),
        cell("Taille", file_size(deposit.size_bytes), number=True),
        cell("Action", button("Classer", kind="secondary", on_click=State.choose(deposit.id))),
    )


def _filing() -> rx.Component:
    options = rx.foreach(State.folders, _option)
    return modal(
        "Classer le document",
        rx.el.p(rx.el.strong(State.chosen.name), " de ", State.chosen.subscriber),
        form(
            rx.el.input(type="hidden", name="document_id", value=State.chosen.id.to(str)),
            select_field("Dossier", "folder_id", options, default_value=State.chosen.folder_id.to(str)),
            submit_button("Classer"),
            on_submit=State.file,
        ),
        id="classer",
        leave="Annuler",
        on_close=State.leave,
    )


def _option(folder: rx.Var[Branch]) -> rx.Component:
    return rx.el.option(folder.path, value=folder.id.to(str))


def _nothing() -> rx.Component:
    return empty("Rien à classer", "Ce que les abonnés déposent apparaîtra ici.", icon="inbox")
