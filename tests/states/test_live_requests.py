"""A thread that is open in a browser: what the other side writes appears in it, on any worker, and notes never do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, date, datetime

import psycopg
import pytest

from models import AccessSession, RequestStatus
from portail_app.database import transaction
from portail_app.services.request_desk import assign_request
from portail_app.services.request_notes import add_note
from portail_app.services.request_threads import answer_request, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.states.clock import now
from portail_app.viewer import Viewer
from tests import factories
from tests.backend import backend
from tests.cast import Person
from tests.live_tabs import Tab, tab

NOTE = "Note que l’abonnée ne lit pas"


@pytest.fixture(scope="module")
async def servers(database: str) -> AsyncIterator[list[str]]:
    """Two workers of the same portal."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(backend(database)) for _ in range(2)]


@pytest.fixture
async def number(town) -> str:
    async with transaction(town.alice.viewer) as session:
        return (await factories.send_request(session, town.alice.viewer)).number


async def test_an_answer_appears_on_the_open_page_of_another_worker(servers, town, number):
    async with thread(servers[0], town.alice, number) as hers, desk(servers[1], town.chloe, number) as theirs:
        await answer(town, number, "Un agent passe jeudi.")
        await hers.wait_for("lines", says("Un agent passe jeudi."))
        await hers.wait_for("request", lambda request: request["status"] == "en_cours")

        async with transaction(town.alice.viewer) as session:
            await write_to_service(session, town.alice.viewer, number, Turn("Merci.", "cle-d-alice"), now())
        await theirs.wait_for("desk", lambda shown: "Merci." in [line["text"] for line in shown["lines"]])
        await hers.wait_for("lines", says("Merci."))


async def test_a_note_reaches_colleagues_and_never_the_subscribers_page(servers, town, number):
    async with thread(servers[0], town.alice, number) as hers, desk(servers[0], town.chloe, number) as theirs:
        async with transaction(town.chloe.viewer) as session:
            await add_note(session, town.chloe.viewer, number, NOTE, "cle-de-la-note", now())
        await theirs.wait_for("desk", lambda shown: shown["lines"] and shown["lines"][-1]["text"] == NOTE)
        await answer(town, number, "Après la note")
        await hers.wait_for("lines", says("Après la note"))
        assert not [frame for frame in hers.frames if NOTE in frame]


async def test_the_neighbour_on_her_address_is_told_nothing(servers, town, number):
    async with tab(servers[0], town.bruno.cookie, f"/demandes/{number}") as his:
        await his.wait_for("missing", "Demande introuvable.")
        async with thread(servers[0], town.alice, number) as hers:
            await answer(town, number, "Pour Alice")
            await hers.wait_for("lines", says("Pour Alice"))
        assert not [frame for frame in his.frames if "Pour Alice" in frame]


async def test_a_tab_that_went_elsewhere_is_told_of_the_request_that_it_shows(servers, town, number):
    async with transaction(town.alice.viewer) as session:
        other = (await factories.send_request(session, town.alice.viewer)).number
    async with thread(servers[0], town.alice, number) as hers:
        await hers.navigate(f"/demandes/{other}")
        await hers.wait_for("request", lambda request: request["number"] == other)
        await answer(town, number, "Sur la première")
        await answer(town, other, "Sur la seconde")
        await hers.wait_for("lines", says("Sur la seconde"))
        assert hers.var("request")["number"] == other


async def test_a_session_that_has_ended_is_told_no_more(servers, town, number):
    async with thread(servers[0], town.alice, number) as hers:
        async with transaction(Viewer.system()) as session:
            (await session.get(AccessSession, town.alice.viewer.session_id)).revoked_at = datetime.now(UTC)
        await answer(town, number, "Après la déconnexion")
        await hers.wait_for_frame("/connexion")
        assert not [frame for frame in hers.frames if "Après la déconnexion" in frame]


async def test_a_worker_that_lost_the_databases_ear_catches_up(servers, town, number, database):
    async with thread(servers[0], town.alice, number) as hers:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        await answer(town, number, "Pendant la coupure")
        await hers.wait_for("lines", says("Pendant la coupure"), 10)


async def test_agents_who_answer_at_once_see_both_ends_of_it(servers, town, number):
    async with desk(servers[0], town.chloe, number) as ones, desk(servers[1], town.chloe, number) as others:
        await asyncio.gather(*(answer(town, number, f"Réponse {turn}") for turn in range(3)))
        for page in (ones, others):
            await page.wait_for("desk", lambda shown: len(shown["lines"]) == 3)


def thread(server: str, person, number: str):
    return _open(server, person, f"/demandes/{number}", "request")


def desk(server: str, person, number: str):
    return _open(server, person, f"/agent/demandes/{number}", "desk")


@asynccontextmanager
async def _open(server: str, person, path: str, var: str) -> AsyncIterator[Tab]:
    """A tab on that page, once its thread is there."""
    async with tab(server, person.cookie, path) as opened:
        await opened.wait_for(var, lambda value: value is not None)
        yield opened


def says(words: str):
    return lambda lines: bool(lines) and lines[-1]["text"] == words


async def answer(town, number: str, words: str) -> None:
    async with transaction(town.chloe.viewer) as session:
        await answer_request(session, town.chloe.viewer, number, Turn(words, f"cle {words}"), now())


async def test_her_list_follows_a_request_sent_from_another_device_and_its_answer(servers, town, number):
    async with _open(servers[0], town.alice, "/demandes", "requests") as hers:
        await hers.wait_for("requests", lists((number, "nouvelle")))
        async with transaction(town.alice.viewer) as session:
            other = (await factories.send_request(session, town.alice.viewer)).number
        await hers.wait_for("requests", lists((other, "nouvelle"), (number, "nouvelle")))
        await answer(town, number, "Un agent passe jeudi.")
        await hers.wait_for("requests", lists((other, "nouvelle"), (number, "en_cours")))


async def test_the_desks_list_follows_what_is_sent_given_and_closed(servers, town, number):
    async with _open(servers[1], town.chloe, "/agent/demandes", "requests") as theirs:
        await theirs.wait_for("requests", lists((number, "nouvelle")))
        async with transaction(town.bruno.viewer) as session:
            his = (await factories.send_request(session, town.bruno.viewer)).number
        await theirs.wait_for("requests", lists((number, "nouvelle"), (his, "nouvelle")))

        async with transaction(town.chloe.viewer) as session:
            due_on = date(2030, 1, 2)
            await assign_request(session, town.chloe.viewer, his, town.chloe.viewer.account_id, due_on, now())
        await theirs.wait_for("requests", lambda rows: rows[-1]["handler"] == "Chloé Durand")

        async with transaction(town.chloe.viewer) as session:
            closed = Turn("Fait.", "cle-de-la-fin", RequestStatus.RESOLVED)
            await answer_request(session, town.chloe.viewer, number, closed, now())
        await theirs.wait_for("requests", lists((his, "nouvelle")))


async def test_a_list_keeps_its_filters_as_it_follows(servers, town, number):
    async with _open(servers[0], town.chloe, "/agent/demandes?etat=en_cours", "requests") as theirs:
        await theirs.wait_for("requests", lists())
        async with transaction(town.bruno.viewer) as session:
            await factories.send_request(session, town.bruno.viewer)
        await answer(town, number, "En cours")
        await theirs.wait_for("requests", lists((number, "en_cours")))


async def test_a_neighbours_list_hears_nothing_of_hers(servers, town, number):
    async with transaction(town.bruno.viewer) as session:
        his = (await factories.send_request(session, town.bruno.viewer)).number
    async with _open(servers[0], town.bruno, "/demandes", "requests") as opened:
        await opened.wait_for("requests", lists((his, "nouvelle")))
        async with _open(servers[0], town.alice, "/demandes", "requests") as hers:
            await answer(town, number, "Pour Alice")
            await hers.wait_for("requests", lists((number, "en_cours")))
        assert not [frame for frame in opened.frames if number in frame]


async def test_staff_of_elsewhere_hear_nothing_of_it(servers, town, number):
    async with transaction(Viewer.system()) as session:
        other = await factories.create_utility(session, name="Syndicat d’ailleurs")
        account = await factories.create_account(session, "ines@example.fr", name="Inès")
        await factories.appoint(session, account, other)
        ines = Person(*await factories.sign_in(session, account))
    async with tab(servers[0], ines.cookie, "/agent/demandes") as theirs:
        await theirs.wait_for("is_loaded", True)
        async with _open(servers[0], town.chloe, "/agent/demandes", "requests") as ours:
            await answer(town, number, "Chez nous")
            await ours.wait_for("requests", lists((number, "en_cours")))
        assert not [frame for frame in theirs.frames if number in frame]


async def test_a_list_that_was_left_for_another_page_of_it_shows_the_other(servers, town, number):
    async with _open(servers[0], town.chloe, "/agent/demandes", "requests") as theirs:
        await theirs.wait_for("requests", lists((number, "nouvelle")))
        await theirs.navigate("/agent/demandes?etat=resolue")
        await theirs.wait_for("requests", lists())
        await answer(town, number, "Toujours en cours")
        async with transaction(town.chloe.viewer) as session:
            closed = Turn("Fait.", "cle-de-la-fin", RequestStatus.RESOLVED)
            await answer_request(session, town.chloe.viewer, number, closed, now())
        await theirs.wait_for("requests", lists((number, "resolue")))


def lists(*expected: tuple[str, str]):
    return lambda rows: rows is not None and [(row["number"], row["status"]) for row in rows] == list(expected)
