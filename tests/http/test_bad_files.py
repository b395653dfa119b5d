"""What people send that is not a document, or sent badly: a sentence of French, and the store as it was before."""

import asyncio
import hashlib

import psycopg
import pytest
from sqlmodel import func, select

from models import Document, FolderKind, StoredFile
from portail_app.database import transaction
from portail_app.file_names import LONGEST
from portail_app.services.folders import find_folder
from portail_app.settings import settings
from portail_app.states.documents import DocumentsState
from portail_app.viewer import Viewer
from tests import files
from tests.documents import folder_of
from tests.stores import contents, rows, swept
from tests.tabs import open_tab

MANY = 10_000
SCRIPTED = files.pdf(b"7 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj")
HIDDEN = files.pdf(files.packed(b"<< /S /#4aavaScript /JS (app.alert(1)) >>"), version=b"1.5")
LOCKED = files.pdf(b"9 0 obj << /Encrypt 3 0 R >> endobj")
MACRO = files.docx(**{"word__vbaProject.bin": b"macro"})
TORN = files.docx()[:120]


@pytest.fixture
async def folder(town):
    async with transaction(town.alice.viewer) as session:
        return await folder_of(session, town.alice.viewer, FolderKind.SENT)


async def send(portal, person, folder, content, name="facture.pdf"):
    path = f"/documents/dossiers/{folder.id}/fichiers"
    return await portal.post(path, params={"nom": name}, content=content, headers={"cookie": person.cookie})


async def names():
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(StoredFile.name).order_by(StoredFile.id))).all())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(files.bomb(), "occuperait beaucoup trop de place une fois ouvert", id="a zip bomb"),
        pytest.param(SCRIPTED, "Ce PDF contient un programme", id="a PDF with a script"),
        pytest.param(HIDDEN, "Ce PDF contient un programme", id="a PDF with a script, packed and written otherwise"),
        pytest.param(LOCKED, "Ce PDF est protégé", id="a locked PDF"),
        pytest.param(files.PAGE, "Ce type de fichier n’est pas accepté", id="an HTML page"),
        pytest.param(files.DRAWING, "Ce type de fichier n’est pas accepté", id="an SVG with a script"),
        pytest.param(files.PROGRAM, "Ce type de fichier n’est pas accepté", id="a renamed program"),
        pytest.param(MACRO, "Ce document contient des macros", id="a document with macros"),
        pytest.param(TORN, "Ce type de fichier n’est pas accepté", id="a document cut in two"),
        pytest.param(b"", "Ce fichier est vide", id="an empty file"),
    ],
)
async def test_a_bad_file_is_said_and_the_store_is_as_before(portal, town, folder, content, sentence):
    await send(portal, town.alice, folder, files.pdf(b"% the one that stays"), "bail.pdf")
    before = await swept()  # of what other tests have left
    answer = await send(portal, town.alice, folder, content)

    assert answer.status_code == 422
    assert sentence in answer.json()["sentence"]
    assert await contents() == before == await swept()
    assert await names() == ["bail.pdf"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\alice\\Bail.PDF", "Bail.pdf"),
        ("facture\u202efdp.exe", "facturefdp.exe.pdf"),
        ("\u2066\u200fbail\u2069.pdf", "bail.pdf"),
        ("bail\0.pdf", "bail.pdf"),
        ("\0\u202e", "document.pdf"),
        ("", "document.pdf"),
        ("é" * 300 + ".pdf", "é" * (LONGEST - 4) + ".pdf"),
        ('<img src=x onerror="alert(1)">.pdf', "img src=x onerror= alert(1).pdf"),
        ("حساب.pdf", "حساب.pdf"),
    ],
)
async def test_a_name_is_shown_made_harmless_and_is_no_path(portal, town, folder, name, kept):
    content = files.pdf(name.encode("utf-8"))
    answer = await send(portal, town.alice, folder, content, name)
    back = await portal.get(f"/telecharger/documents/{answer.json()['id']}", headers={"cookie": town.alice.cookie})

    assert (answer.status_code, answer.json()["name"], await names()) == (201, kept, [kept])
    assert back.content == content
    assert "\n" not in back.headers["content-disposition"]
    assert hashlib.sha256(content).hexdigest() in await contents()


async def test_the_same_file_from_many_tabs_at_once_is_one_document(portal, town, folder):
    content = files.pdf(b"% the same")
    answers = await asyncio.gather(*(send(portal, town.alice, folder, content) for _ in range(6)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await names() == ["facture.pdf"]
    assert await rows() == [hashlib.sha256(content).hexdigest()]


async def test_the_last_room_is_given_once_however_many_ask_for_it_at_once(portal, town, folder, monkeypatch):
    monkeypatch.setenv("QUOTA_FILES", "3")
    settings.cache_clear()
    answers = await asyncio.gather(*(send(portal, town.alice, folder, files.pdf(b"%% %d" % n)) for n in range(8)))
    monkeypatch.undo()
    settings.cache_clear()

    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [422] * 5
    assert all("plein" in answer.json()["sentence"] for answer in answers if answer.status_code == 422)
    assert len(await names()) == 3
    assert sorted((await swept()).keys()) == await rows()


async def test_ten_thousand_small_files_are_counted_and_their_tree_still_opens(
    portal, town, folder, database, monkeypatch
):
    await fill(folder, MANY - 2, database)
    monkeypatch.setenv("QUOTA_FILES", str(MANY))
    settings.cache_clear()
    answers = [await send(portal, town.alice, folder, files.pdf(b"%% %d" % n)) for n in range(3)]
    monkeypatch.undo()
    settings.cache_clear()

    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert "Votre espace est plein" in answers[2].json()["sentence"]
    async with transaction(Viewer.system()) as session:
        assert (await session.exec(select(func.count(Document.id)))).one() == MANY
        assert (await find_folder(session, town.alice.viewer, folder.id)).id == folder.id
    tab = await open_tab(DocumentsState, town.alice, "/documents", dossier=str(folder.id), page="200")
    await tab.load()
    assert (len(tab.papers), tab.place["range"]) == (50, f"Documents {MANY - 49} à {MANY} sur {MANY}")
    assert tab.place["next"] == ""


async def fill(folder, count, database):
    """So many small files in one folder, as many rows as if each had been sent."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(MANY_FILES, vars(folder) | {"count": count})
        connection.execute("ANALYZE stored_file, document")  # the server does, a minute later


MANY_FILES = """
    WITH sent AS (
        INSERT INTO stored_file (utility_id, subscriber_id, key, name, media_type, size_bytes, stored_at)
        SELECT %(utility_id)s, %(subscriber_id)s, md5(n::text) || md5(n::text), n || '.pdf', 'application/pdf', 9, now()
        FROM generate_series(1, %(count)s) n RETURNING id)
    INSERT INTO document (utility_id, subscriber_id, folder_id, file_id, is_deposit, placed_at)
    SELECT %(utility_id)s, %(subscriber_id)s, %(id)s, id, true, now() FROM sent
"""
