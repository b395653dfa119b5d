"""A file on its way in and out again, over HTTP, through a route as any noun may have one."""

import hashlib
import os
import resource

import httpx
import pytest
from sqlmodel import select
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from models import StoredFile
from portail_app.database import transaction
from portail_app.errors import DiskFull, NotSignedIn
from portail_app.gateways.storage import storage
from portail_app.http.downloads import send_file
from portail_app.http.guard import Guard
from portail_app.http.refusals import answering, refusing
from portail_app.http.uploads import receiving
from portail_app.services.files import Owner, find_unused, record_file
from portail_app.settings import settings
from portail_app.states.viewers import viewers
from portail_app.viewer import Viewer
from tests import files
from tests.factories import NOW
from tests.http.client import ORIGIN

LARGE = files.pdf(b"% " + os.urandom(4_000_000).hex().encode())


@answering
async def put_in(request):
    viewer = await viewers.find(request.headers.get("cookie", ""))
    if not viewer.is_signed_in:
        raise NotSignedIn
    (utility_id,), (subscriber_id,) = viewer.subscribed_utility_ids, viewer.subscriber_ids
    async with receiving(request) as upload, transaction(viewer) as session:
        file = await record_file(session, viewer, upload, Owner(utility_id, subscriber_id), NOW)
    return JSONResponse({"name": file.name}, 201)


@refusing
async def take_out(request):
    async with transaction(Viewer.system()) as session:
        file = await session.get_one(StoredFile, request.path_params["id"])
    return await send_file(request, file.key, file.name, file.media_type)


@pytest.fixture
async def portal():
    app = Starlette(
        routes=[Route("/essai", put_in, methods=["POST"]), Route("/essai/{id:int}", take_out, methods=["GET"])]
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(Guard(app)), base_url=ORIGIN) as client:
        yield client


@pytest.fixture
def limited(monkeypatch):
    """Settings of this test only."""

    def limit(**values):
        for name, value in values.items():
            monkeypatch.setenv(name, str(value))
        settings.cache_clear()

    yield limit
    monkeypatch.undo()
    settings.cache_clear()


async def send(portal, person, content, name="piece.pdf", **headers):
    headers = {"cookie": person.cookie if person else "", **headers}
    return await portal.post("/essai", params={"nom": name}, content=content, headers=headers)


async def stored():
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(StoredFile).order_by(StoredFile.id))).all())


async def test_what_is_sent_is_kept_and_comes_back_under_its_name(portal, town):
    answer = await send(portal, town.alice, LARGE, "Relevé d’identité.pdf")
    (file,) = await stored()
    back = await portal.get(f"/essai/{file.id}")

    assert answer.status_code == 201
    assert answer.json() == {"name": "Relevé d’identité.pdf"}
    assert (file.size_bytes, file.media_type) == (len(LARGE), "application/pdf")
    assert back.content == LARGE
    assert back.headers["content-type"] == "application/pdf"
    assert back.headers["content-disposition"] == (
        "attachment; filename*=UTF-8''Relev%C3%A9%20d%E2%80%99identit%C3%A9.pdf"
    )


async def test_what_comes_back_can_run_nothing_and_is_kept_by_no_cache(portal, town):
    await send(portal, town.alice, files.pdf())
    headers = (await portal.get(f"/essai/{(await stored())[0].id}")).headers

    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "private, no-store"


async def test_who_asks_what_there_is_is_told_and_sent_nothing(portal, town):
    await send(portal, town.alice, files.pdf())
    path = f"/essai/{(await stored())[0].id}"
    whole, part = await portal.head(path), await portal.head(path, headers={"Range": "bytes=1-3"})

    assert (whole.status_code, whole.content, whole.headers["content-length"]) == (200, b"", str(len(files.pdf())))
    assert (part.status_code, part.content, part.headers["content-length"]) == (206, b"", "3")
    assert whole.headers["etag"] == f'"{(await stored())[0].key}"'


async def test_a_file_whose_content_is_lost_is_not_found(portal, town):
    await send(portal, town.alice, files.pdf(b"% lost"))
    (file,) = await stored()
    await storage().remove(file.key)
    answer = await portal.get(f"/essai/{file.id}")
    assert (answer.status_code, "Fichier introuvable." in answer.text) == (404, True)


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=3000000-", 3_000_000, None),
        ("bytes=-5", -5, None),
        ("bytes=5-99999999999", 5, None),
    ],
)
async def test_a_download_goes_on_where_it_stopped(portal, town, asked, start, end):
    await send(portal, town.alice, LARGE)
    answer = await portal.get(f"/essai/{(await stored())[0].id}", headers={"Range": asked})
    wanted = LARGE[start:end]

    assert answer.status_code == 206
    assert answer.content == wanted
    first = start % len(LARGE)
    assert answer.headers["content-range"] == f"bytes {first}-{first + len(wanted) - 1}/{len(LARGE)}"


@pytest.mark.parametrize("asked", ["bytes=0-1,5-6", "lines=1-2", "bytes=-", "bytes=a-b", "nonsense"])
async def test_a_range_that_is_not_one_gives_the_whole_file(portal, town, asked):
    await send(portal, town.alice, files.pdf())
    answer = await portal.get(f"/essai/{(await stored())[0].id}", headers={"Range": asked})

    assert (answer.status_code, answer.content) == (200, files.pdf())


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=9-3", "bytes=-0"])
async def test_a_range_outside_the_file_is_said_so(portal, town, asked):
    await send(portal, town.alice, files.pdf())
    answer = await portal.get(f"/essai/{(await stored())[0].id}", headers={"Range": asked})

    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(files.pdf())}"


async def test_a_range_of_another_version_gives_the_whole_of_this_one(portal, town):
    await send(portal, town.alice, files.pdf())
    headers = {"Range": "bytes=0-3", "If-Range": '"another"'}
    answer = await portal.get(f"/essai/{(await stored())[0].id}", headers=headers)

    assert (answer.status_code, answer.content) == (200, files.pdf())


async def test_a_file_that_is_too_large_is_refused_before_it_is_read(portal, town, limited):
    limited(FILE_MEGABYTES=1)
    told = await send(portal, town.alice, LARGE)
    untold = await send(portal, town.alice, pieces(LARGE))

    for answer in (told, untold):
        assert answer.status_code == 413
        assert answer.json()["sentence"].startswith("Ce fichier est trop gros : 1 Mo au plus.")
    assert await stored() == []
    assert list(storage().spool.iterdir()) == []


@pytest.mark.parametrize("content", [files.PROGRAM, files.PAGE, files.DRAWING, b"", files.bomb()])
async def test_what_is_refused_is_said_and_leaves_nothing(portal, town, content):
    before = [key async for key, _ in storage().list_kept()]
    answer = await send(portal, town.alice, content, "facture.pdf")

    assert answer.status_code == 422
    assert answer.json()["sentence"]
    assert await stored() == []
    assert [key async for key, _ in storage().list_kept()] == before


async def test_the_quota_is_in_bytes_and_in_files(portal, town, limited):
    limited(QUOTA_FILES=2, QUOTA_MEGABYTES=9)
    answers = [await send(portal, town.alice, files.pdf(str(n).encode())) for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 422]
    assert "plein" in answers[2].json()["sentence"]

    large = [await send(portal, town.bruno, LARGE) for _ in range(2)]
    assert [answer.status_code for answer in large] == [201, 422]


async def test_a_store_without_room_loses_nothing_and_keeps_nothing_half(portal, town, monkeypatch):
    async def refuse(store, arrival):
        raise DiskFull

    monkeypatch.setattr(type(storage()), "keep", refuse)
    answer = await send(portal, town.alice, LARGE)

    assert answer.status_code == 503
    assert "rien n’a été conservé à moitié" in answer.json()["sentence"]
    assert await stored() == []
    assert list(storage().spool.iterdir()) == []


async def test_a_disk_that_fills_while_a_file_arrives_is_said_and_works_again_with_room(portal, town):
    no_room = (1_000_000, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, no_room)
    try:
        answer = await send(portal, town.alice, LARGE)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert answer.status_code == 503
    assert "rien n’a été conservé à moitié" in answer.json()["sentence"]
    assert await stored() == []
    assert list(storage().spool.iterdir()) == []
    assert (await send(portal, town.alice, LARGE)).status_code == 201


async def test_a_stranger_and_another_site_send_nothing(portal, town):
    assert (await send(portal, None, files.pdf())).status_code == 401
    assert (await send(portal, town.alice, files.pdf(), Origin="https://ailleurs.example")).status_code == 403
    assert await stored() == []


async def test_content_that_no_row_names_is_known(portal, town):
    await send(portal, town.alice, files.pdf())
    (file,) = await stored()
    lonely = hashlib.sha256(b"lonely").hexdigest()
    async with transaction(Viewer.system()) as session:
        assert await find_unused(session, [file.key, lonely]) == {lonely}


async def pieces(content, size=65_536):
    for start in range(0, len(content), size):
        yield content[start : start + size]
