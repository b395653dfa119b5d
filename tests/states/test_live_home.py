"""Accueil, open in a browser: what staff publish and withdraw is seen among the latest documents as it happens."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from models import FolderKind
from portail_app.database import transaction
from portail_app.services.publishing import publish_here
from portail_app.services.withdrawals import withdraw_document
from portail_app.states.clock import now
from tests.backend import backend
from tests.cast import Cast, Person
from tests.documents import folder_of, sent, upload
from tests.live_tabs import Tab, tab


@pytest.fixture(scope="module")
async def servers(database: str) -> AsyncIterator[list[str]]:
    """Two workers of the same portal."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(backend(database)) for _ in range(2)]


async def test_a_document_comes_and_goes_on_her_open_home_pages_of_every_worker(servers, town):
    async with home(servers[0], town.alice) as one, home(servers[1], town.alice) as other:
        document = await publish_to_alice(town, "reglement.pdf")
        for page in (one, other):
            await page.wait_for("home", shows(["reglement.pdf"]))
        async with transaction(town.chloe.viewer) as session:
            await withdraw_document(session, town.chloe.viewer, document.id, "Erreur")
        for page in (one, other):
            await page.wait_for("home", shows([]))


async def test_the_rest_of_the_page_stays_as_it_is(servers, town):
    async with home(servers[0], town.alice) as hers:
        before = {**hers.var("home"), "latest": None}
        await publish_to_alice(town, "reglement.pdf")
        await hers.wait_for("home", shows(["reglement.pdf"]))
        assert {**hers.var("home"), "latest": None} == before


async def test_the_neighbours_home_is_not_even_woken_and_what_she_sends_herself_changes_nothing(servers, town):
    async with home(servers[0], town.alice) as hers, home(servers[0], town.bruno) as his:
        told = len(his.deltas)
        async with transaction(town.alice.viewer) as session:
            await sent(session, town.alice.viewer, "bail.pdf")
        await publish_to_alice(town, "reglement.pdf")
        await hers.wait_for("home", shows(["reglement.pdf"]))
        assert len(his.deltas) == told
        assert not [frame for frame in hers.frames if "bail.pdf" in frame]


async def test_a_tab_that_left_the_home_page_and_came_back_is_told_again(servers, town):
    async with home(servers[0], town.alice) as hers:
        await hers.visit("/factures")
        await publish_to_alice(town, "avis.pdf")
        await hers.visit("/")
        await hers.wait_for("home", shows(["avis.pdf"]))
        await publish_to_alice(town, "reglement.pdf")
        await hers.wait_for("home", shows(["reglement.pdf", "avis.pdf"]))


@asynccontextmanager
async def home(server: str, person: Person) -> AsyncIterator[Tab]:
    async with tab(server, person.cookie, "/") as opened:
        await opened.wait_for("home", lambda shown: shown is not None)
        yield opened


def shows(names: list[str]):
    return lambda home: [paper["name"] for paper in home["latest"]] == names


async def publish_to_alice(town: Cast, name: str):
    async with transaction(town.chloe.viewer) as session:
        folder = await folder_of(session, town.alice.viewer, FolderKind.CONTRACT)
        return await publish_here(session, town.chloe.viewer, folder.id, upload(name), now())
