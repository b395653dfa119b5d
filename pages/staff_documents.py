"""/agent/documents: finding a subscriber's folders, what has been sent and nobody has filed, and publishing."""

import reflex as rx

from portail_app.components import (
    Column,
    button,
    card,
    cell,
    document_link,
    empty,
    file_size,
    filing_form,
    filing_outcome,
    head_cell,
    instant,
    link,
    publications,
    publishing_form,
    row,
    search,
    skeleton,
    staff_layout,
    table,
)
from portail_app.services.filing import Deposit
from portail_app.services.readers import Known
from portail_app.states.deposits import DepositsState as State
from portail_app.states.publications import PublicationsState
from portail_app.states.publishing import PublishingState
from portail_app.states.site import SiteState
from portail_app.states.subscriber_search import SubscriberSearchState

COLUMNS = (
    Column("Document"),
    Column("Abonné"),
    Column("Dossier"),
    Column("Déposé le"),
    Column("Taille", is_number=True),
    Column("Action", is_silent=True),
)
LOADS = [SiteState.load, SubscriberSearchState.load, State.load, PublishingState.load, PublicationsState.load]


@rx.page(route="/agent/documents", title="Documents", on_load=LOADS)
def staff_documents_page() -> rx.Component:
    listed = rx.cond(State.deposits.length() > 0, _table(), _nothing())
    return staff_layout(
        "Documents",
        _search(),
        filing_outcome(),
        card(rx.cond(State.is_loaded, listed, skeleton(lines=3, height="3rem")), title="Documents à classer"),
        publishing_form(),
        publications(),
        filing_form(),
    )


def _search() -> rx.Component:
    found, words = SubscriberSearchState.found, SubscriberSearchState.words
    listed = rx.el.ul(rx.foreach(found, _known), class_name="papers")
    nobody = rx.el.p(f"Aucun abonné ne correspond à « {words} ».")
    return card(
        search("Numéro, nom ou adresse", words, on_submit=SubscriberSearchState.look_for),
        rx.el.div(rx.cond(words != "", rx.cond(found.length() > 0, listed, nobody)), role="status"),
        title="Documents d’un abonné",
    )


def _known(subscriber: rx.Var[Known]) -> rx.Component:
    return rx.el.li(
        rx.el.div(
            link(f"{subscriber.name} ({subscriber.number})", href=f"/agent/documents/{subscriber.id}"),
            rx.el.p(subscriber.place, class_name="muted"),
        ),
        class_name="paper",
    )


def _table() -> rx.Component:
    return table("Documents à classer", COLUMNS, rx.foreach(State.deposits, _line), size="medium")


def _line(deposit: rx.Var[Deposit]) -> rx.Component:
    name = document_link(deposit.name, href=f"/telecharger/documents/{deposit.id}", download=True)
    return row(
        head_cell("Document", name),
        cell("Abonné", link(deposit.subscriber, href=f"/agent/documents/{deposit.subscriber_id}")),
        cell("Dossier", deposit.folder),
        cell("Déposé le", instant(deposit.placed_at)),
        cell("Taille", file_size(deposit.size_bytes), number=True),
        cell("Action", button("Classer", kind="secondary", on_click=State.choose(deposit.id))),
    )


def _nothing() -> rx.Component:
    return empty("Rien à classer", "Ce que les abonnés déposent apparaîtra ici.", icon="inbox")
