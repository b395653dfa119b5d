"""Documents over HTTP: sent into a folder of one's own, read by whom it concerns."""

import pytest
from sqlmodel import select

from models import Document, FolderKind
from portail_app.database import transaction
from portail_app.viewer import Viewer
from tests import files
from tests.documents import folder_of


@pytest.fixture
async def folder(town):
    async with transaction(town.alice.viewer) as session:
        return await folder_of(session, town.alice.viewer, FolderKind.SENT)


async def send(portal, person, folder_id, content=None, name="bail.pdf"):
    headers = {"cookie": person.cookie if person else ""}
    path = f"/documents/dossiers/{folder_id}/fichiers"
    return await portal.post(path, params={"nom": name}, content=content or files.pdf(), headers=headers)


async def documents():
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(Document))).all())


async def test_what_alice_sends_is_hers_and_the_staffs_to_read(portal, town, folder):
    answer = await send(portal, town.alice, folder.id, name="../../Relevé\0 d’identité.exe")
    path = f"/telecharger/documents/{answer.json()['id']}"

    assert answer.json()["name"] == "Relevé d’identité.exe.pdf"
    for person in (town.alice, town.chloe):
        read = await portal.get(path, headers={"cookie": person.cookie})
        assert (read.status_code, read.content) == (200, files.pdf())
    for cookie in (town.bruno.cookie, ""):
        refused = await portal.get(path, headers={"cookie": cookie})
        assert (refused.status_code, "introuvable" in refused.text) == (404, True)


async def test_a_folder_of_somebody_else_and_a_missing_one_are_the_same_refusal(portal, town, folder):
    for folder_id in (folder.id, 999_999, 2**31 + 5):
        answer = await send(portal, town.bruno, folder_id)
        assert (answer.status_code, answer.json()) == (404, {"sentence": "Dossier introuvable."})
    assert await documents() == []


async def test_nobody_and_staff_put_nothing_into_a_subscribers_folder(portal, town, folder):
    assert (await send(portal, None, folder.id)).status_code == 401
    assert (await send(portal, town.chloe, folder.id)).status_code == 404
    assert await documents() == []


async def test_a_refused_body_is_not_even_read(portal, town, folder):
    async def endless():
        raise AssertionError("the body was read")
        yield b""

    answer = await send(portal, town.bruno, folder.id, endless())
    assert answer.status_code == 404


async def test_the_same_file_twice_is_one_document(portal, town, folder):
    first, second = [await send(portal, town.alice, folder.id) for _ in range(2)]

    assert first.json() == second.json()
    assert len(await documents()) == 1


async def test_what_staff_send_to_publish_is_read_by_nobody_yet(portal, town):
    headers = {"cookie": town.chloe.cookie}
    answer = await portal.post("/agent/fichiers", params={"nom": "a.pdf"}, content=files.pdf(), headers=headers)

    assert answer.status_code == 201
    assert await documents() == []


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("nobody", 401)])
async def test_only_staff_send_what_is_published(portal, town, who, status):
    headers = {"cookie": town.alice.cookie if who == "alice" else ""}
    answer = await portal.post("/agent/fichiers", params={"nom": "a.pdf"}, content=files.pdf(), headers=headers)

    assert answer.status_code == status
