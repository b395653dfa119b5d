"""« Mes documents » open in a browser: what staff publish, file and withdraw is seen as it happens, on any worker."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import psycopg
import pytest

from models import FolderKind
from portail_app.database import transaction
from portail_app.services.files import Owner, record_file
from portail_app.services.folder_desk import make_folder
from portail_app.services.publishing import publish, publish_here
from portail_app.services.readers import Readers
from portail_app.services.withdrawals import withdraw_document, withdraw_publication
from portail_app.states.clock import now
from tests.backend import backend
from tests.documents import folder_of, upload
from tests.live_tabs import Tab, tab


@pytest.fixture(scope="module")
async def servers(database: str) -> AsyncIterator[list[str]]:
    """Two workers of the same portal."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(backend(database)) for _ in range(2)]


@pytest.fixture
async def folder_id(town) -> int:
    async with transaction(town.alice.viewer) as session:
        return (await folder_of(session, town.alice.viewer, FolderKind.CONTRACT)).id


async def test_a_document_comes_and_goes_on_the_open_pages_of_every_worker(servers, town, folder_id):
    async with folder(servers[0], town.alice, folder_id) as one, folder(servers[1], town.alice, folder_id) as other:
        document = await publish_to(town, folder_id, "plan.pdf")
        for page in (one, other):
            await page.wait_for("papers", names(["plan.pdf"]))
        async with transaction(town.chloe.viewer) as session:
            await withdraw_document(session, town.chloe.viewer, document.id, "Erreur")
        for page in (one, other):
            await page.wait_for("papers", names([]))


async def test_a_publication_leaves_the_pages_of_everybody(servers, town, folder_id):
    async with transaction(town.bruno.viewer) as session:
        his = (await folder_of(session, town.bruno.viewer, FolderKind.CONTRACT)).id
    async with folder(servers[0], town.alice, folder_id) as hers, folder(servers[1], town.bruno, his) as theirs:
        async with transaction(town.chloe.viewer) as session:
            file = await record_file(session, town.chloe.viewer, upload("avis.pdf"), Owner(town.utility.id), now())
            everybody = Readers(town.utility.id)
            await publish(session, town.chloe.viewer, file.id, everybody, FolderKind.CONTRACT, now())
        for page in (hers, theirs):
            await page.wait_for("papers", names(["avis.pdf"]))
        async with transaction(town.chloe.viewer) as session:
            await withdraw_publication(session, town.chloe.viewer, file.id, "Erreur")
        for page in (hers, theirs):
            await page.wait_for("papers", names([]))


async def test_the_neighbours_page_is_not_even_woken(servers, town, folder_id):
    async with transaction(town.bruno.viewer) as session:
        his = (await folder_of(session, town.bruno.viewer, FolderKind.CONTRACT)).id
    async with folder(servers[0], town.alice, folder_id) as hers, folder(servers[0], town.bruno, his) as theirs:
        told = len(theirs.deltas)
        await publish_to(town, folder_id, "plan.pdf")
        await hers.wait_for("papers", names(["plan.pdf"]))
        assert len(theirs.deltas) == told
        assert not [frame for frame in theirs.frames if "plan.pdf" in frame]


async def test_a_folder_that_staff_make_appears_in_the_open_tree(servers, town, folder_id):
    async with folder(servers[0], town.alice, folder_id) as hers:
        async with transaction(town.chloe.viewer) as session:
            made = await make_folder(session, town.chloe.viewer, folder_id, "Travaux")
        await hers.wait_for("branches", lambda shown: [branch["has_folders"] for branch in shown].count(True) == 2)
        await hers.navigate(f"/documents?dossier={made.id}")
        await hers.wait_for("place", lambda place: place["label"] == "Travaux")


async def test_a_worker_that_lost_the_databases_ear_catches_up(servers, town, folder_id, database):
    async with folder(servers[0], town.alice, folder_id) as hers:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        await publish_to(town, folder_id, "plan.pdf")
        await hers.wait_for("papers", names(["plan.pdf"]), 10)


@asynccontextmanager
async def folder(server: str, person, folder_id: int) -> AsyncIterator[Tab]:
    async with tab(server, person.cookie, f"/documents?dossier={folder_id}") as opened:
        await opened.wait_for("place", lambda place: place and place["id"] == str(folder_id))
        yield opened


def names(expected: list[str]):
    return lambda papers: [paper["name"] for paper in papers or ()] == expected


async def publish_to(town, folder_id: int, name: str):
    async with transaction(town.chloe.viewer) as session:
        return await publish_here(session, town.chloe.viewer, folder_id, upload(name), now())
