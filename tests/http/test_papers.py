"""The list of paper choices as a page and as a file: the same rows, for staff of the utility and nobody else."""

import csv

import pytest

from models import Account
from portail_app.database import transaction
from portail_app.errors import Forbidden
from portail_app.http import http_app
from portail_app.services.accesses import list_accesses
from portail_app.services.audit import list_entries
from portail_app.services.paper_choices import choose_paper
from portail_app.states.clock import now
from portail_app.states.papers import PapersState
from portail_app.viewer import Viewer
from tests import factories
from tests.cast import Person
from tests.http.client import open_browser
from tests.tabs import open_tab

PATH = "/agent/papier"


@pytest.fixture
async def chosen(town) -> None:
    alice = town.alice.viewer
    async with transaction(alice) as session:
        await choose_paper(session, alice, *alice.subscriber_ids, False, now())


async def export(person, **query) -> list[dict[str, str]]:
    async with open_browser(http_app) as browser:
        answer = await browser.get(f"{PATH}.csv", params=query, headers={"cookie": person.cookie})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["cache-control"] == "private, no-store"
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines(), delimiter=";"))


async def open_list(person, **query) -> PapersState:
    tab = await open_tab(PapersState, person, PATH, **query)
    await tab.load()
    return tab


async def test_the_page_and_the_file_say_the_same(town, chosen):
    tab = await open_list(town.chloe)
    (row,) = tab.rows
    (line,) = await export(town.chloe)
    assert (row.name, row.wants_paper) == ("Alice Martin", False)
    assert (line["nom"], line["papier"], line["choisi_par"]) == ("Alice Martin", "non", "alice@example.fr")
    assert line["texte_confirme"] == row.words
    assert (tab.figures.paperless, tab.figures.subscribers) == (1, 2)
    assert tab.links["export"] == "/agent/papier.csv?onglet=sans-papier"


async def test_tabs_and_searches_are_in_the_url(town, chosen):
    assert [row.name for row in (await open_list(town.chloe, onglet="papier")).rows] == ["Bruno Petit"]
    assert [line["papier"] for line in await export(town.chloe, onglet="papier")] == ["oui"]
    assert len((await open_list(town.chloe, onglet="n’importe quoi")).rows) == 1
    assert len((await open_list(town.chloe, onglet="choix", recherche="petit")).rows) == 0
    tab = await open_list(town.chloe, onglet="papier")
    assert "onglet=papier&recherche=petit" in str(await tab.look_for(form={"recherche": "petit"}))


async def test_only_staff_open_it(town, chosen):
    for person in (town.alice, town.bruno):
        with pytest.raises(Forbidden):
            await open_list(person)
    async with open_browser(http_app) as browser:
        for cookie, status in ((town.alice.cookie, 403), ("", 401)):
            answer = await browser.get(f"{PATH}.csv", headers={"cookie": cookie})
            assert answer.status_code == status
            assert "Alice" not in answer.text


async def test_a_search_that_leaves_one_subscriber_is_a_look_at_them(town, chosen):
    await open_list(town.chloe)
    await export(town.chloe)
    assert await looks(town) == []
    await export(town.chloe, recherche="alice")
    assert await looks(town) == ["Factures au format papier"]


async def test_an_export_is_in_the_audit_trail_and_looking_at_the_page_is_not(town, chosen):
    await open_list(town.chloe)
    assert await exports(town.chloe) == []

    await export(town.chloe)
    await export(town.chloe, onglet="papier", recherche="petit")
    assert await exports(town.chloe) == [
        ("Chloé Durand", "Abonnés avec papier", "abonnés\u00a0: 1 · recherche\u00a0: petit"),
        ("Chloé Durand", "Abonnés sans papier", "abonnés\u00a0: 1"),
    ]


async def test_a_refused_export_and_one_of_nobody_are_not_written_down(town, chosen):
    async with open_browser(http_app) as browser:
        for cookie in (town.alice.cookie, ""):
            await browser.get(f"{PATH}.csv", headers={"cookie": cookie})
    assert await export(town.chloe, recherche="personne de ce nom") == []
    assert await exports(town.chloe) == []


async def test_an_export_of_several_utilities_is_told_to_each_of_its_own_subscribers(town, chosen):
    async with transaction(Viewer.system()) as session:
        other = await factories.create_utility(session, name="Syndicat d’à côté")
        for name in ("Denis Roux", "Élise Roy"):
            await factories.create_subscriber(session, other, name=name)
        chloe = await session.get_one(Account, town.chloe.viewer.account_id)
        await factories.appoint(session, chloe, other)
        ines = await factories.create_account(session, "ines@example.fr", name="Inès")
        await factories.appoint(session, ines, other)
        there = Person(*await factories.sign_in(session, ines))
        both = Person(*await factories.sign_in(session, chloe))
    assert len(await export(both, onglet="papier")) == 3

    assert await exports(there) == [("Chloé Durand", "Abonnés avec papier", "abonnés\u00a0: 2")]
    assert await exports(town.chloe) == [("Chloé Durand", "Abonnés avec papier", "abonnés\u00a0: 1")]


async def test_no_cell_is_a_formula_to_a_spreadsheet(town):
    async with transaction(Viewer.system()) as session:
        await factories.create_subscriber(session, town.utility, name='=HYPERLINK("http://x")', address="@SUM(1)")
    line = next(line for line in await export(town.chloe, onglet="papier") if "HYPERLINK" in line["nom"])
    assert line["nom"].startswith("'=")
    assert line["adresse"].startswith("'@")


async def exports(person) -> list[tuple[str, str, str]]:
    async with transaction(person.viewer) as session:
        found = await list_entries(session, person.viewer)
    return [(one.who, one.entry.subject, one.details) for one in found if one.entry.action == "Liste papier exportée"]


async def looks(town) -> list[str]:
    async with transaction(town.alice.viewer) as session:
        found = await list_accesses(session, town.alice.viewer)
    return [one.subject for one in found if one.kind == "consultation"]
