"""A reading that was sent: what either side does with it appears on the other's open page, on any worker."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import psycopg
import pytest

from portail_app.database import transaction
from portail_app.services.reading_checks import SentDraft
from portail_app.services.reading_review import accept_reading, refuse_reading
from portail_app.services.reading_sending import send_reading
from portail_app.services.sent_readings import withdraw_reading
from portail_app.states.clock import now, today
from portail_app.states.reading_review import ReadingReviewState
from portail_app.states.sent_readings import SentReadingsState
from portail_app.viewer import Viewer
from tests import factories
from tests.backend import backend
from tests.cast import Person
from tests.live_tabs import Tab, tab
from tests.security.water import ask_to_read
from tests.supplies import Supply, create_supply, read

REASON = "La photo montre un autre compteur."


@pytest.fixture(scope="module")
async def servers(database: str) -> AsyncIterator[list[str]]:
    """Two workers of the same portal."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(backend(database)) for _ in range(2)]


@pytest.fixture
async def supply(town) -> Supply:
    """It was read ten days ago, and uses 60 m³ a half-year."""
    async with transaction(town.alice.viewer) as session:
        supply = await create_supply(session, town.alice.viewer)
        days = [(today() - timedelta(days=days), index) for days, index in ((375, 0), (192, 60), (10, 120))]
        await read(session, supply.meter, *((on.isoformat(), index) for on, index in days))
    return supply


async def test_what_she_sends_and_withdraws_appears_on_the_staffs_open_page(servers, town, supply):
    async with desk(servers[1], town.chloe) as theirs:
        sent_id = await send(town, supply)
        await theirs.wait_for("waiting", lambda rows: [row["id"] for row in rows] == [sent_id])

        async with transaction(town.alice.viewer) as session:
            await withdraw_reading(session, town.alice.viewer, sent_id, now())
        await theirs.wait_for("waiting", [])
        await theirs.wait_for("decided", lambda rows: [row["state"] for row in rows] == ["retiree"])


async def test_a_validation_is_said_on_her_open_page_and_is_in_her_readings(servers, town, supply):
    sent_id = await send(town, supply)
    async with contract(servers[0], town.alice, supply) as hers:
        await hers.wait_for("sent", lambda sent: sent[0]["state"] == "a_valider")
        async with transaction(town.chloe.viewer) as session:
            await accept_reading(session, town.chloe.viewer, sent_id, now())

        await hers.wait_for("sent", lambda sent: sent[0]["state"] == "validee")
        await hers.wait_for("done", "Le service a validé votre relève.")
        await hers.wait_for("readings", lambda rows: rows[0]["index_litres"] == 123_000)


async def test_a_correction_is_said_with_the_index_that_was_kept(servers, town, supply):
    sent_id = await send(town, supply)
    async with contract(servers[0], town.alice, supply) as hers:
        async with transaction(town.chloe.viewer) as session:
            await accept_reading(session, town.chloe.viewer, sent_id, now(), instead_litres=124_000)

        await hers.wait_for("sent", lambda sent: sent[0]["corrected_index_litres"] == 124_000)
        await hers.wait_for("readings", lambda rows: rows[0]["index_litres"] == 124_000)


async def test_a_refusal_is_said_with_its_reason(servers, town, supply):
    sent_id = await send(town, supply)
    async with contract(servers[0], town.alice, supply) as hers:
        async with transaction(town.chloe.viewer) as session:
            await refuse_reading(session, town.chloe.viewer, sent_id, REASON, now())

        await hers.wait_for("sent", lambda sent: (sent[0]["state"], sent[0]["refusal_reason"]) == ("refusee", REASON))
        await hers.wait_for("error", lambda words: "n’a pas retenu" in words)


async def test_a_campaign_asks_no_more_once_she_has_sent_and_again_once_she_has_withdrawn(servers, town, supply):
    async with transaction(town.chloe.viewer) as session:
        await ask_to_read(session, supply, town.chloe.viewer)
    path = f"/contrats/{supply.contract.number}"
    form = {"index": "123", "read_on": "", "comment": ""}
    async with contract(servers[0], town.alice, supply) as hers:
        await hers.wait_for("asks", lambda asks: [ask["kind"] for ask in asks] == ["releve"])
        await hers.send(f"{SentReadingsState.get_full_name()}.send", path, form_data=form)
        await hers.wait_for("asks", [])
        await hers.wait_for("sent", lambda sent: len(sent) == 1)

        sent_id = hers.var("sent")[0]["id"]
        await hers.send(f"{SentReadingsState.get_full_name()}.withdraw", path, sent_id=sent_id)
        await hers.wait_for("asks", lambda asks: len(asks) == 1)


async def test_two_agents_see_each_others_decisions(servers, town, supply):
    sent_id = await send(town, supply)
    async with desk(servers[0], town.chloe) as one, desk(servers[1], town.chloe) as other:
        await other.wait_for("waiting", lambda rows: len(rows) == 1)
        await one.send(f"{ReadingReviewState.get_full_name()}.accept", "/agent/releves", sent_id=sent_id)
        for page in (one, other):
            await page.wait_for("decided", lambda rows: [row["state"] for row in rows] == ["validee"])


async def test_her_other_window_knows_what_she_sent_in_the_first(servers, town, supply):
    async with contract(servers[0], town.alice, supply) as one, contract(servers[1], town.alice, supply) as other:
        await send(town, supply)
        for page in (one, other):
            await page.wait_for("sent", lambda sent: [row["index_litres"] for row in sent] == [123_000])


async def test_the_neighbour_and_another_town_are_told_nothing(servers, town, supply):
    async with transaction(Viewer.system()) as session:
        account = await factories.create_account(session, "denis@example.fr", name="Denis Roux")
        await factories.appoint(session, account, await factories.create_utility(session, name="Régie d’à côté"))
        denis = Person(*await factories.sign_in(session, account))
    path = f"/contrats/{supply.contract.number}"
    async with tab(servers[0], town.bruno.cookie, path) as his, desk(servers[0], denis) as elsewhere:
        async with desk(servers[0], town.chloe) as theirs:
            await send(town, supply)
            await theirs.wait_for("waiting", lambda rows: len(rows) == 1)
        told = [frame for page in (his, elsewhere) for frame in page.frames]
        assert not [frame for frame in told if "123000" in frame or supply.meter.serial in frame]


async def test_a_page_that_went_to_another_contract_hears_of_that_one(servers, town, supply):
    async with transaction(town.alice.viewer) as session:
        second = await create_supply(session, town.alice.viewer)
        await read(session, second.meter, (today().replace(year=today().year - 1, day=1).isoformat(), 0))
    async with contract(servers[0], town.alice, supply) as hers:
        await hers.visit(f"/contrats/{second.contract.number}")
        await send(town, supply)
        await send(town, second, 60_000)
        await hers.wait_for("sent", lambda sent: [row["index_litres"] for row in sent] == [60_000])


async def test_a_worker_that_lost_the_databases_ear_catches_up(servers, town, supply, database):
    async with desk(servers[0], town.chloe) as theirs:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        await send(town, supply)
        await theirs.wait_for("waiting", lambda rows: len(rows) == 1, 10)


async def send(town, supply: Supply, litres: int = 123_000) -> int:
    async with transaction(town.alice.viewer) as session:
        draft = SentDraft(litres, today())
        return (await send_reading(session, town.alice.viewer, supply.contract.number, draft, now(), today())).id


@asynccontextmanager
async def contract(server: str, person: Person, supply: Supply) -> AsyncIterator[Tab]:
    async with tab(server, person.cookie, f"/contrats/{supply.contract.number}") as opened:
        await opened.wait_for("contract", lambda shown: shown is not None)
        yield opened


@asynccontextmanager
async def desk(server: str, person: Person) -> AsyncIterator[Tab]:
    async with tab(server, person.cookie, "/agent/releves") as opened:
        await opened.wait_for("is_loaded", True)
        yield opened
