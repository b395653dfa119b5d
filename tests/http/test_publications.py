"""What staff send over HTTP: to be published next, or at once into a folder of one subscriber; and who has looked."""

import pytest
from sqlmodel import select

from models import AccessRecord, Document, FolderKind
from portail_app.database import transaction
from portail_app.viewer import Viewer
from tests import files
from tests.documents import folder_of


@pytest.fixture
async def folder(town):
    async with transaction(town.alice.viewer) as session:
        return await folder_of(session, town.alice.viewer, FolderKind.CONTRACT)


async def publish(portal, person, folder_id, content=None):
    path, headers = f"/agent/dossiers/{folder_id}/fichiers", {"cookie": person.cookie if person else ""}
    return await portal.post(path, params={"nom": "plan.pdf"}, content=content or files.pdf(), headers=headers)


async def all_of(entity):
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(entity))).all())


async def test_staff_put_a_file_into_a_folder_and_its_subscriber_reads_it(portal, town, folder):
    answer = await publish(portal, town.chloe, folder.id)
    path = f"/telecharger/documents/{answer.json()['id']}"

    assert (answer.status_code, answer.json()["name"]) == (201, "plan.pdf")
    assert (await portal.get(path, headers={"cookie": town.alice.cookie})).content == files.pdf()
    assert (await portal.get(path, headers={"cookie": town.bruno.cookie})).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("alice", 403), ("bruno", 404), ("nobody", 401)])
async def test_nobody_else_does_and_nothing_of_it_is_read(portal, town, folder, who, status):
    async def endless():
        raise AssertionError("the body was read")
        yield b""

    answer = await publish(portal, getattr(town, who, None), folder.id, endless())

    assert answer.status_code == status
    assert answer.json()["sentence"]
    assert await all_of(Document) == []


@pytest.mark.parametrize("number", [999_999, 2**31 + 5])
async def test_a_folder_that_is_none_is_said(portal, town, number):
    answer = await publish(portal, town.chloe, number)

    assert (answer.status_code, answer.json()) == (404, {"sentence": "Dossier introuvable."})


async def test_what_staff_take_away_is_written_for_its_subscriber_and_what_she_reads_is_not(portal, town, folder):
    path = f"/telecharger/documents/{(await publish(portal, town.chloe, folder.id)).json()['id']}"
    await portal.get(path, headers={"cookie": town.alice.cookie})
    assert await all_of(AccessRecord) == []

    await portal.get(path, headers={"cookie": town.chloe.cookie})
    (look,) = await all_of(AccessRecord)
    assert (look.account_id, look.subject) == (town.chloe.viewer.account_id, "Document « plan.pdf »")
    assert {look.subscriber_id} == town.alice.viewer.subscriber_ids
