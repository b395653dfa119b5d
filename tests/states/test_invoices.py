"""The page of invoices, as a tab of the browser knows it."""

from datetime import date

import pytest

from models import Account
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotSignedIn
from portail_app.states.invoices import InvoicesState
from portail_app.viewer import Viewer
from tests.factories import appoint, create_invoice
from tests.tabs import open_tab, redirect_of


@pytest.fixture
async def two_invoices(town):
    async with transaction(town.alice.viewer) as session:
        await create_invoice(session, owner=town.alice.viewer, number="2026-1")
        await create_invoice(session, owner=town.alice.viewer, number="2017-2", issued_on=date(2017, 7, 10))
        await create_invoice(session, owner=town.bruno.viewer, number="bruno")


async def test_a_subscriber_sees_her_own_invoices_newest_first(town, two_invoices):
    tab = await open_tab(InvoicesState, town.alice, "/factures")
    await tab.load()

    assert [row.number for row in tab.invoices] == ["2026-1", "2017-2"]
    assert tab.filters["range"] == "Factures 1 à 2 sur 2"
    assert tab.is_loaded


async def test_the_url_chooses_the_year_and_says_so(town, two_invoices):
    tab = await open_tab(InvoicesState, town.alice, "/factures?annee=2017&tri=montant")
    await tab.load()

    assert [row.number for row in tab.invoices] == ["2017-2"]
    assert (tab.filters["year"], tab.filters["sorted"], tab.filters["direction"]) == ("2017", "montant", "ascending")
    assert tab.links["montant"] == "/factures?onglet=non-reglees&annee=2017&tri=-montant"
    assert tab.links["reglees"] == "/factures?onglet=reglees&tri=montant"


async def test_a_mangled_url_shows_the_usual_list(town, two_invoices):
    tab = await open_tab(InvoicesState, town.alice, "/factures?annee=x&tri=%27&page=-7&onglet=%27")
    await tab.load()
    assert len(tab.invoices) == 2


@pytest.mark.parametrize("sort", ["zzz", "-zzz", "--date", "DATE", "-", "date;--", "x" * 5000])
async def test_an_unknown_sort_is_as_if_it_were_missing_and_is_repeated_in_no_link(town, two_invoices, sort):
    tab = await open_tab(InvoicesState, town.alice, "/factures", tri=sort)
    await tab.load()

    assert [row.number for row in tab.invoices] == ["2026-1", "2017-2"]
    assert (tab.filters["sorted"], tab.filters["direction"]) == ("date", "descending")
    assert tab.links["reglees"] == "/factures?onglet=reglees"


@pytest.mark.parametrize(
    ("sort", "links"),
    [
        ("", {"date": "date", "montant": "montant"}),
        ("date", {"date": "-date", "montant": "montant"}),
        ("-date", {"date": "date", "montant": "montant"}),
        ("-montant", {"date": "date", "montant": "montant"}),
    ],
)
async def test_a_press_on_a_column_sorts_by_it_and_a_second_one_turns_it_round(town, two_invoices, sort, links):
    tab = await open_tab(InvoicesState, town.alice, "/factures", tri=sort)
    await tab.load()
    assert {name: tab.links[name].partition("tri=")[2] for name in links} == links


@pytest.mark.parametrize("year", ["x", "-1", "0", "10000", "99999999999", "٢٠٢٦"])
async def test_choosing_what_is_no_year_chooses_all(town, year):
    tab = await open_tab(InvoicesState, town.alice, "/factures?annee=2017&page=3")
    assert redirect_of(await tab.choose_year(year)) == "/factures?onglet=non-reglees"


async def test_choosing_a_year_only_changes_the_url(town):
    tab = await open_tab(InvoicesState, town.alice, "/factures?onglet=reglees&page=3")
    event = await tab.choose_year("2017")
    assert "/factures?onglet=reglees&annee=2017" in str(event.args)


async def test_a_search_only_changes_the_url(town):
    tab = await open_tab(InvoicesState, town.alice, "/factures")
    event = await tab.look_for({"recherche": " 2017-020 "})
    assert "recherche=2017-020" in str(event.args)


async def test_nobody_sees_nothing(town, two_invoices):
    tab = await open_tab(InvoicesState, None, "/factures")
    with pytest.raises(NotSignedIn):
        await tab.load()
    assert tab.invoices == ()


async def test_an_agent_who_is_a_subscriber_too_sees_her_own_invoices_only(town, two_invoices):
    async with transaction(Viewer.system()) as session:
        account = await session.get_one(Account, town.alice.viewer.account_id)
        await appoint(session, account, town.utility)

    tab = await open_tab(InvoicesState, town.alice, "/factures")
    await tab.load()

    assert [row.number for row in tab.invoices] == ["2026-1", "2017-2"]


async def test_staff_hold_no_subscriber_and_are_told_so(town):
    tab = await open_tab(InvoicesState, town.chloe)
    with pytest.raises(Forbidden):
        await tab.load()


@pytest.mark.parametrize("sent", [{"viewer": "x"}, {"admin": True}, {"year": 2017}, {}, {"year": "1", "more": "2"}])
async def test_what_a_handler_did_not_ask_for_is_refused(town, sent):
    tab = await open_tab(InvoicesState, town.alice, "/factures")
    with pytest.raises(Invalid):
        await InvoicesState.event_handlers["choose_year"].fn(tab, **sent)
