"""The page of a leak, open in a browser: what staff decide of it is read there at once, on any worker."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from models import LeakAlert
from portail_app.database import transaction
from portail_app.services.leaks.certificates import send_certificate
from portail_app.services.leaks.decisions import accept_leak, close_leak, refuse_leak
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer
from tests.backend import backend
from tests.cast import Cast, Person
from tests.dwellings import Dwelling
from tests.factories import save
from tests.leaks import leak_at_alices
from tests.live_tabs import Tab, tab
from tests.services.leaks.files import draft, kept

REASON = "La fuite était sur un chauffe-eau."


@pytest.fixture(scope="module")
async def servers(database: str) -> AsyncIterator[list[str]]:
    """Two workers of the same portal."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(backend(database)) for _ in range(2)]


@pytest.fixture
async def leak(town: Cast) -> tuple[LeakAlert, Dwelling]:
    return await leak_at_alices(town)


async def test_a_granted_cap_is_said_on_her_open_pages_of_every_worker(servers, town, leak):
    await certify(town, leak[0])
    async with file(servers[0], town.alice, leak) as one, file(servers[1], town.alice, leak) as other:
        await decide(town, accept_leak, leak[0])
        for page in (one, other):
            await page.wait_for("file", becomes("acceptee"))
            await page.wait_for("news", "Le service a accordé l’écrêtement.")


@pytest.mark.parametrize(
    ("decision", "state", "words"),
    [
        (refuse_leak, "refusee", "Le service a refusé l’écrêtement : lisez pourquoi."),
        (close_leak, "classee", "Le service a classé cette alerte : lisez pourquoi."),
    ],
)
async def test_a_refusal_and_a_closing_are_said_with_their_reason(servers, town, leak, decision, state, words):
    async with file(servers[0], town.alice, leak) as hers:
        await decide(town, decision, leak[0], REASON)
        await hers.wait_for("file", becomes(state))
        await hers.wait_for("news", words)
        assert hers.var("file")["alert"]["reason"] == REASON


async def test_the_file_that_is_decided_stays_on_the_page_though_another_waits(servers, town, leak):
    alert, _ = leak
    await add_an_older_one(alert)
    async with file(servers[0], town.alice, leak) as hers:
        await decide(town, refuse_leak, alert, REASON)
        await hers.wait_for("alerts", lambda rows: {row["alert"]["state"] for row in rows} == {"refusee", AWAITED})
        await hers.wait_for("file", becomes("refusee"))
        assert hers.var("file")["alert"]["id"] == alert.id


async def test_what_she_sends_in_one_window_is_in_the_other_and_is_no_news_of_the_service(servers, town, leak):
    async with file(servers[0], town.alice, leak) as hers:
        await certify(town, leak[0])
        await hers.wait_for("file", becomes("attestation_recue"))
        assert len(hers.var("file")["certificates"]) == 1
        assert not hers.var("news")


async def test_a_decision_that_was_there_before_is_no_news(servers, town, leak):
    await decide(town, refuse_leak, leak[0], REASON)
    async with file(servers[0], town.alice, leak) as hers:
        await add_an_older_one(leak[0])
        await hers.wait_for("alerts", lambda rows: len(rows) == 2)
        assert hers.var("file")["alert"]["state"] == "refusee"
        assert not hers.var("news")


async def test_a_leak_that_is_seen_while_the_page_is_open_appears(servers, town, leak):
    alert, dwelling = leak
    values = alert.model_dump(exclude={"id", "state", "is_decided"})
    async with transaction(Viewer.system()) as session:
        await session.delete(await session.get_one(LeakAlert, alert.id))
    path = f"/contrats/{dwelling.contract.number}/fuite"
    async with tab(servers[0], town.alice.cookie, path) as hers:
        await hers.wait_for("number", dwelling.contract.number)
        assert hers.var("file") is None
        async with transaction(Viewer.system()) as session:
            await save(session, LeakAlert(**values))
        await hers.wait_for("file", becomes(AWAITED))


async def test_the_neighbour_hears_nothing_of_it(servers, town, leak):
    async with file(servers[0], town.alice, leak) as hers:
        path = f"/contrats/{leak[1].contract.number}/fuite"
        async with tab(servers[0], town.bruno.cookie, path) as his:
            await decide(town, refuse_leak, leak[0], REASON)
            await hers.wait_for("file", becomes("refusee"))
            assert his.var("missing") == "Contrat introuvable."
            assert not [frame for frame in his.frames if REASON in frame or leak[1].point.address in frame]


AWAITED = "attestation_attendue"


def becomes(state: str):
    return lambda file: file is not None and file["alert"]["state"] == state


@asynccontextmanager
async def file(server: str, person: Person, leak: tuple[LeakAlert, Dwelling]) -> AsyncIterator[Tab]:
    alert, dwelling = leak
    async with tab(server, person.cookie, f"/contrats/{dwelling.contract.number}/fuite") as opened:
        await opened.wait_for("file", lambda shown: shown is not None and shown["alert"]["id"] == alert.id)
        yield opened


async def add_an_older_one(alert: LeakAlert) -> None:
    older = {"period_start": alert.period_start.replace(year=2020), "period_end": alert.period_end.replace(year=2020)}
    async with transaction(Viewer.system()) as session:
        await save(session, LeakAlert(**{**alert.model_dump(exclude={"id", "state", "is_decided"}), **older}))


async def certify(town: Cast, alert: LeakAlert) -> None:
    async with transaction(town.alice.viewer) as session:
        await send_certificate(session, town.alice.viewer, alert.id, draft(repaired_on=today()), kept(), now())


async def decide(town: Cast, decision, alert: LeakAlert, *reason: str) -> None:
    async with transaction(town.chloe.viewer) as session:
        await decision(session, town.chloe.viewer, alert.id, *reason, now(), today())
