"""One fact, every open page, every worker: over real websockets to two real servers on one database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from sqlmodel import col, delete, select

from models import AccessSession, Account, AccountSubscriber, PaymentSuspension, Subscriber, Utility
from portail_app.database import transaction
from portail_app.services import notices, suspensions, utilities
from portail_app.services.site import UtilityFacts
from portail_app.states.live_site import LiveSite
from portail_app.states.site import SiteState
from portail_app.viewer import Viewer
from tests import factories
from tests.backend import backend
from tests.cast import Cast, Person
from tests.live_tabs import tab

SUSPENDED = "Le paiement a été temporairement suspendu."


@pytest.fixture(scope="module")
async def servers(database: str) -> AsyncIterator[tuple[str, str]]:
    async with AsyncExitStack() as stack:
        one, two = await asyncio.gather(*(stack.enter_async_context(backend(database)) for _ in range(2)))
        yield one, two


async def test_a_suspension_and_its_end_reach_every_page_of_both_workers(servers, town):
    async with AsyncExitStack() as stack:
        tabs = [
            await stack.enter_async_context(tab(server, person.cookie, path))
            for server in servers
            for person in (town.alice, town.bruno, town.chloe)
            for path in ("/", "/factures")
        ]
        for turn in range(3):
            await suspend(town, f"Essai {turn}")
            await asyncio.gather(*(one.wait_for("suspension", f"{SUSPENDED} Essai {turn}.") for one in tabs))
            assert all(one.var("suspended_utility_ids") == [town.utility.id] for one in tabs)
            await resume(town)
            await asyncio.gather(*(one.wait_for("suspension", "") for one in tabs))


async def test_a_page_of_another_utility_is_told_nothing(servers, town):
    stranger, _ = await elsewhere()
    async with tab(servers[0], town.alice.cookie) as alices, tab(servers[0], stranger.cookie) as strangers:
        before = len(strangers.deltas)
        await suspend(town)
        await alices.wait_for("suspension", f"{SUSPENDED} Maintenance.")
        await strangers.visit("/factures")
        assert strangers.var("suspension") == ""
        assert all("Maintenance" not in str(delta) for delta in strangers.deltas[before:])


async def test_a_subscriber_of_two_utilities_reads_which_one_is_suspended(servers, town):
    _, other = await elsewhere()
    await become_subscriber(town.alice, other)
    async with tab(servers[0], town.alice.cookie) as alices, tab(servers[1], town.bruno.cookie) as brunos:
        await suspend(town)
        await alices.wait_for("suspension", f"{town.utility.name} : {SUSPENDED} Maintenance.")
        await brunos.wait_for("suspension", f"{SUSPENDED} Maintenance.")
        assert alices.var("suspended_utility_ids") == [town.utility.id]


async def test_a_page_that_gains_a_utility_hears_of_it_at_once(servers, town):
    _, other = await elsewhere()
    async with tab(servers[0], town.alice.cookie) as ones, tab(servers[1], town.alice.cookie) as others:
        await become_subscriber(town.alice, other)
        for alices in (ones, others):
            await alices.wait_for("owner", lambda owner: other.name in owner["name"])
        await suspend_at(other)
        for alices in (ones, others):
            await alices.wait_for("suspended_utility_ids", [other.id])


async def test_a_page_that_loses_a_utility_hears_no_more_of_it(servers, town):
    _, other = await elsewhere()
    await become_subscriber(town.alice, other)
    async with tab(servers[0], town.alice.cookie) as alices:
        await alices.wait_for("owner", lambda owner: other.name in owner["name"])
        await leave(town.alice, other)
        await alices.wait_for("owner", lambda owner: owner["name"] == town.utility.name)
        await suspend_at(other)
        await suspend(town)
        await alices.wait_for("suspended_utility_ids", [town.utility.id])
        assert "Ailleurs" not in str(alices.deltas)


async def test_a_page_whose_session_ends_hears_no_more_of_its_utilities(servers, town):
    async with tab(servers[0], town.alice.cookie) as alices, tab(servers[0], town.bruno.cookie) as brunos:
        async with transaction(Viewer.system()) as session:
            (await session.get(AccessSession, town.alice.viewer.session_id)).revoked_at = now()
        await alices.wait_for("viewer", lambda viewer: viewer["name"] == "")
        await suspend(town)
        await brunos.wait_for("suspension", f"{SUSPENDED} Maintenance.")
        assert "Maintenance" not in str(alices.deltas)


async def test_what_was_broadcast_survives_navigation_and_is_never_undone_by_the_tab_s_own_state(servers, town):
    async with tab(servers[0], town.alice.cookie) as alices:
        for _ in range(3):
            await suspend(town)
            await alices.wait_for("suspension", f"{SUSPENDED} Maintenance.")
            await alices.visit("/factures")
            assert alices.var("suspension") == f"{SUSPENDED} Maintenance."
            await resume(town)
            await alices.wait_for("suspension", "")
            await alices.visit("/")
            assert alices.var("suspension") == ""


async def test_a_tab_that_reconnects_to_any_worker_sees_the_truth_and_hears_the_next_change(servers, town):
    token = str(uuid4())
    async with tab(servers[0], town.alice.cookie, token=token):
        pass
    await suspend(town)
    for server in (servers[0], servers[1], servers[0]):
        async with tab(server, town.alice.cookie, token=token) as alices:
            await alices.wait_for("suspension", f"{SUSPENDED} Maintenance.")
    async with tab(servers[0], town.alice.cookie, token=token) as alices:
        await resume(town)
        await alices.wait_for("suspension", "")


async def test_a_tab_opened_while_staff_suspend_and_resume_ends_with_the_last_word(servers, town):
    async with AsyncExitStack() as stack:

        async def change():
            for turn in range(20):
                await suspend(town, f"Essai {turn}")
            return f"{SUSPENDED} Essai 19."

        changing = asyncio.create_task(change())
        tabs = [await stack.enter_async_context(tab(servers[n % 2], town.alice.cookie)) for n in range(12)]
        last = await changing
        await asyncio.gather(*(one.wait_for("suspension", last, 15) for one in tabs))


async def test_a_suspension_ends_on_the_page_when_its_time_comes_though_nobody_does_anything(servers, town):
    async with tab(servers[0], town.alice.cookie) as ones, tab(servers[1], town.bruno.cookie) as others:
        await suspend(town, until=now() + timedelta(seconds=3))
        for page in (ones, others):
            await page.wait_for("suspension", lambda words: "Reprise prévue le" in words)
        for page in (ones, others):
            await page.wait_for("suspension", "", 15)


async def test_a_change_that_comes_while_pages_are_told_is_told_at_once_and_not_a_minute_later():
    """A timer may ring a moment early: the pages are told, and only then is it time."""
    told_at = now() - timedelta(seconds=1)
    site = LiveSite()
    held = PaymentSuspension(utility_id=1, reason="", suspended_at=told_at, suspended_by=1, until=now())
    site._facts = {1: UtilityFacts(Utility(id=1, code="eau", name="Eau"), (held,), ())}
    async with asyncio.timeout(5):
        await site._sleep_until_something_changes(told_at)


async def test_a_worker_that_lost_the_database_s_ear_catches_up(servers, town, database):
    async with tab(servers[0], town.alice.cookie) as alices:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        await suspend(town)
        await alices.wait_for("suspension", f"{SUSPENDED} Maintenance.", 10)


async def test_notices_and_the_welcome_text_appear_and_go_without_reloading(servers, town):
    chloe = town.chloe.viewer
    async with tab(servers[1], town.alice.cookie) as alices:
        async with transaction(chloe) as session:
            draft = factories.draft_notice(town.utility, title="Coupure d’eau", body="Jeudi **de 8 h à 10 h**.")
            notice = await notices.publish_notice(session, chloe, draft, now())
            await utilities.write_welcome_text(session, chloe, town.utility.id, "Bienvenue à *tous*.")
        await alices.wait_for("welcome_html", "<p>Bienvenue à <em>tous</em>.</p>\n")
        assert alices.var("notices")[0]["html"] == "<p>Jeudi <strong>de 8 h à 10 h</strong>.</p>\n"
        async with transaction(chloe) as session:
            await notices.withdraw_notice(session, chloe, notice.id, now())
        await alices.wait_for("notices", [])


async def test_before_sign_in_a_page_says_whose_portal_it_is_and_nothing_else(servers, town):
    async with transaction(Viewer.system()) as session:
        utility = await session.get(Utility, town.utility.id)
        utility.host = "127.0.0.1"
    await suspend(town)
    async with tab(servers[0]) as passers:
        await passers.wait_for("owner", lambda owner: owner["name"] == town.utility.name)
        assert passers.var("suspension") == ""
        assert passers.var("viewer") == {"name": "", "is_both": False}


async def test_the_frame_names_who_is_signed_in(servers, town):
    async with tab(servers[0], town.alice.cookie) as alices:
        assert alices.var("viewer") == {"name": "Alice Martin", "is_both": False}


async def test_the_broadcast_speaks_as_reflex_itself_does(servers, town):
    """Reflex's own snapshot, the first message of a tab, is the reference for what is broadcast."""
    async with tab(servers[0], town.alice.cookie) as alices:
        name = SiteState.get_full_name()
        reference = alices.deltas[0][name]
        await suspend(town)
        await alices.wait_for("suspension", f"{SUSPENDED} Maintenance.")
        told = [delta for delta in alices.deltas[1:] if name in delta]
        assert len(told) == 2
        assert told[0][name].keys() == reference.keys()
        assert told[1] == {
            name: {
                "suspension_rx_state_": f"{SUSPENDED} Maintenance.",
                "suspended_utility_ids_rx_state_": [town.utility.id],
            }
        }


def now() -> datetime:
    return datetime.now(UTC)


async def suspend(town: Cast, reason: str = "Maintenance", until: datetime | None = None) -> None:
    async with transaction(town.chloe.viewer) as session:
        await suspensions.suspend_payments(session, town.chloe.viewer, town.utility.id, reason, until, now())


async def resume(town: Cast) -> None:
    async with transaction(town.chloe.viewer) as session:
        await suspensions.resume_payments(session, town.chloe.viewer, town.utility.id, now())


async def elsewhere() -> tuple[Person, Utility]:
    """Somebody whom another utility bills."""
    async with transaction(Viewer.system()) as session:
        utility = await factories.create_utility(session, name="Syndicat des ordures du Lys")
        account = await factories.create_account(session, "denis@example.fr", name="Denis Roux")
        await factories.link(session, account, await factories.create_subscriber(session, utility))
        return Person(*await factories.sign_in(session, account)), utility


async def suspend_at(utility: Utility) -> None:
    """By its own staff."""
    async with transaction(Viewer.system()) as session:
        account = await factories.create_account(session, "agent@example.fr")
        await factories.appoint(session, account, utility)
        agent, _ = await factories.sign_in(session, account)
    async with transaction(agent) as session:
        await suspensions.suspend_payments(session, agent, utility.id, "Ailleurs", None, now())


async def leave(person: Person, utility: Utility) -> None:
    mine = select(Subscriber.id).where(Subscriber.utility_id == utility.id)
    held = delete(AccountSubscriber).where(
        col(AccountSubscriber.account_id) == person.viewer.account_id, col(AccountSubscriber.subscriber_id).in_(mine)
    )
    async with transaction(Viewer.system()) as session:
        await session.exec(held)


async def become_subscriber(person: Person, utility: Utility) -> None:
    async with transaction(Viewer.system()) as session:
        account = await session.get(Account, person.viewer.account_id)
        await factories.link(session, account, await factories.create_subscriber(session, utility))
