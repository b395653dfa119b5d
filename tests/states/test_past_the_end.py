"""A page of a list that is no longer there, because what it held has gone: never « nothing », where there is some."""

import pytest

from portail_app.database import transaction
from portail_app.services.invoice_list import PAGE_SIZE as INVOICES
from portail_app.services.papers import PAGE_SIZE as PAPERS
from portail_app.states.documents import DocumentsState
from portail_app.states.invoices import InvoicesState
from portail_app.states.requests import RequestsState
from tests.documents import sent
from tests.factories import create_invoice, send_request
from tests.tabs import move_tab, open_tab, redirect_of

PAST = ["2", "3", "10000"]


@pytest.mark.parametrize("page", PAST)
async def test_invoices_lead_to_the_first_page_which_keeps_the_rest_of_the_url(town, page):
    await bill(town, INVOICES)
    tab = await open_tab(InvoicesState, town.alice, "/factures", tri="-montant", page=page)

    assert redirect_of(await tab.load()) == "/factures?onglet=non-reglees&tri=-montant"
    assert (tab.invoices, tab.is_loaded) == ((), False)


async def test_the_last_page_of_invoices_is_there_until_its_last_one_goes(town):
    await bill(town, INVOICES + 1)
    tab = await open_tab(InvoicesState, town.alice, "/factures", page="2")

    assert await tab.load() is None
    assert (len(tab.invoices), tab.filters["range"]) == (1, "Factures 21 à 21 sur 21")


async def test_who_has_no_invoice_at_all_is_not_sent_round_and_round(town):
    tab = await open_tab(InvoicesState, town.alice, "/factures")

    assert await tab.load() is None
    assert (tab.invoices, tab.is_loaded, tab.filters["range"]) == ((), True, "")


@pytest.mark.parametrize("page", PAST)
async def test_requests_show_their_first_page(town, page):
    async with transaction(town.alice.viewer) as session:
        request = await send_request(session, town.alice.viewer)
    tab = await open_tab(RequestsState, town.alice, "/demandes", page=page)
    await tab.load()

    assert [one.number for one in tab.requests] == [request.number]
    assert tab.shown == {"range": "Demandes 1 à 1 sur 1", "previous": "", "next": ""}


@pytest.mark.parametrize("page", PAST)
async def test_a_folder_shows_its_first_page(town, page):
    async with transaction(town.alice.viewer) as session:
        document = await sent(session, town.alice.viewer)
    tab = await open_tab(DocumentsState, town.alice, "/documents", dossier=str(document.folder_id), page=page)
    await tab.load()

    assert [paper.name for paper in tab.papers] == ["bail.pdf"]
    assert (tab.place["previous"], tab.place["next"]) == ("", "")


async def test_taking_back_the_only_document_of_a_page_shows_those_that_are_left(town):
    async with transaction(town.alice.viewer) as session:
        documents = [await sent(session, town.alice.viewer, f"{number}.pdf") for number in range(PAPERS + 1)]
    folder = str(documents[0].folder_id)
    tab = await open_tab(DocumentsState, town.alice, "/documents", dossier=folder, page="2")
    await tab.load()
    (last,) = tab.papers
    assert tab.place["range"] == "Documents 51 à 51 sur 51"

    await tab.withdraw(document_id=last.id)
    assert len(tab.papers) == PAPERS
    assert (tab.place["range"], tab.place["previous"]) == ("", "")


async def test_a_folder_that_is_empty_stays_empty_on_any_page(town):
    async with transaction(town.alice.viewer) as session:
        document = await sent(session, town.alice.viewer)
    tab = await open_tab(DocumentsState, town.alice, "/documents", dossier=str(document.folder_id))
    await tab.load()
    empty = next(branch for branch in tab.branches if branch.label == "Contrat")
    move_tab(tab, town.alice, "/documents", dossier=str(empty.id), page="2")
    await tab.load()

    assert (tab.papers, tab.place["label"]) == ((), "Contrat")


async def bill(town, count: int) -> None:
    async with transaction(town.alice.viewer) as session:
        for _ in range(count):
            await create_invoice(session, town.alice.viewer)
