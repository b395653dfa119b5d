"""The database away while a document is sent, or taken away: words, and nothing half-done on either side."""

import asyncio
import hashlib
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from models import FolderKind
from portail_app.database import execute_sql
from portail_app.errors import Unavailable
from portail_app.services.files import Owner, record_file
from portail_app.services.withdrawals import take_back
from portail_app.settings import settings
from portail_app.troubles import unavailable_in_trouble
from tests import files
from tests.documents import folder_of, sent, upload
from tests.factories import NOW
from tests.luck.visitors import PATIENCE_SECONDS

PAUSE_SECONDS = 0.5


@pytest.fixture(scope="session")
async def folder_id(desk, people) -> int:
    async with desk() as session:
        return (await folder_of(session, people.alice.viewer, FolderKind.SENT)).id


async def test_a_file_is_kept_though_the_database_restarts_while_it_arrives(portal, people, postgres, folder_id):
    content = files.pdf(b"% restarted " + bytes(3_000_000))
    answer = await send(portal, people.alice, folder_id, content, lambda: asyncio.to_thread(postgres.restart))

    assert answer.status_code == 201
    assert names(postgres, content) == ["piece.pdf"]
    back = await read(portal, people.alice, answer.json()["id"])
    assert (back.status_code, back.content) == (200, content)


async def test_while_it_is_away_the_file_is_refused_in_words_and_sent_again_it_is_kept(
    portal, people, postgres, folder_id
):
    content = files.pdf(b"% away " + bytes(3_000_000))
    answer = await send(portal, people.alice, folder_id, content, lambda: asyncio.to_thread(postgres.stop))
    try:
        assert answer.status_code == 503
        assert answer.json() == {"sentence": Unavailable.sentence}
    finally:
        postgres.start()
    assert names(postgres, content) == []
    assert spooled() == []

    again = await send(portal, people.alice, folder_id, content)
    assert again.status_code == 201
    assert names(postgres, content) == ["piece.pdf"]


async def test_a_file_whose_connection_is_cut_while_its_row_is_written_has_none(desk, people, postgres):
    alice = people.alice.viewer
    (subscriber_id,), (utility_id,) = alice.subscriber_ids, alice.subscribed_utility_ids
    owner = Owner(utility_id, subscriber_id)
    with pytest.raises(Unavailable):
        await cut_after(desk, postgres, lambda session: record_file(session, alice, upload("coupe.pdf"), owner, NOW))

    assert postgres.run("SELECT count(*) FROM stored_file WHERE name = 'coupe.pdf'") == [(0,)]


async def test_what_is_taken_back_as_the_connection_is_cut_is_still_there_whole(desk, people, postgres):
    alice = people.alice.viewer
    async with desk() as session:
        document_id = (await sent(session, alice, "reste.pdf")).id
    with pytest.raises(Unavailable):
        await cut_after(desk, postgres, lambda session: take_back(session, alice, document_id))

    kept = "SELECT count(*) FROM document JOIN stored_file f ON f.id = file_id WHERE document.id = %s"
    forgotten = "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'files.forget' AND args ->> 'key' = %s"
    assert postgres.run(kept, document_id) == [(1,)]
    assert postgres.run(forgotten, upload("reste.pdf").key) == [(0,)]

    async with desk() as session:
        await take_back(session, alice, document_id)
    assert postgres.run(kept, document_id) == [(0,)]
    assert postgres.run(forgotten, upload("reste.pdf").key) == [(1,)]


async def send(portal, person, folder_id, content, midway=None) -> httpx.Response:
    """In two halves, with something that happens in between."""

    async def halves():
        yield content[: len(content) // 2]
        if midway is not None:
            await asyncio.sleep(PAUSE_SECONDS)  # the first half has come in
            await midway()
        yield content[len(content) // 2 :]

    async with httpx.AsyncClient(base_url=f"http://{portal}", timeout=PATIENCE_SECONDS) as client:
        path, headers = f"/documents/dossiers/{folder_id}/fichiers", {"cookie": person.cookie}
        return await client.post(path, params={"nom": "piece.pdf"}, content=halves(), headers=headers)


async def read(portal, person, document_id) -> httpx.Response:
    async with httpx.AsyncClient(base_url=f"http://{portal}", timeout=PATIENCE_SECONDS) as client:
        return await client.get(f"/telecharger/documents/{document_id}", headers={"cookie": person.cookie})


async def cut_after(desk, postgres, act) -> None:
    """The server ends the connection once that is done and before it is committed, as it does when it is stopped."""
    with unavailable_in_trouble():
        async with desk() as session:
            await act(session)
            (pid,) = (await execute_sql(session, text("SELECT pg_backend_pid()"))).one()
            postgres.run("SELECT pg_terminate_backend(%s, 5000)", pid)


def names(postgres, content: bytes) -> list[str]:
    key = hashlib.sha256(content).hexdigest()
    found = "SELECT f.name FROM document JOIN stored_file f ON f.id = file_id WHERE f.key = %s"
    return [name for (name,) in postgres.run(found, key)]


def spooled() -> list[Path]:
    """What has arrived and was never kept, of the portal of these tests."""
    return list((settings().data_folder / "files" / "arrivals").glob("*"))
