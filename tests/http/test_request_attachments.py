"""Files that are sent with a request: kept with the draft, read by both sides once sent, and by nobody else."""

import pytest
from sqlmodel import func, select
from starlette.applications import Starlette

from models import StoredFile
from portail_app.database import transaction
from portail_app.http.request_attachments import routes
from portail_app.services.request_attachments import MOST_AT_ONCE
from portail_app.services.request_threads import answer_request, read_thread, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.states.clock import now
from portail_app.viewer import Viewer
from tests import factories, files
from tests.http.client import open_browser

PHOTO = files.png()


@pytest.fixture
async def number(town) -> str:
    async with transaction(town.alice.viewer) as session:
        return (await factories.send_request(session, town.alice.viewer)).number


async def test_what_was_added_to_a_form_is_the_requests_once_it_is_sent(town):
    added = await add(town.alice, form_of(town), "compteur.png")
    assert (added.status_code, added.json()["name"]) == (201, "compteur.png")
    number = await send(town)

    for person in (town.alice, town.chloe):
        async with transaction(person.viewer) as session:
            (piece,) = (await read_thread(session, person.viewer, number)).pieces
        assert piece.name == "compteur.png"
        assert (await download(person, piece.id)).content == PHOTO


async def test_a_file_of_a_draft_is_read_by_nobody_but_who_added_it(town):
    added = (await add(town.alice, form_of(town), "compteur.png")).json()
    assert (await download(town.alice, added["id"])).status_code == 200
    for person in (town.bruno, town.chloe):
        assert (await download(person, added["id"])).status_code == 404
    assert (await download(None, added["id"])).status_code == 401


async def test_files_go_with_the_message_that_they_were_added_to(town, number):
    await add(town.chloe, f"fil:{number}", "devis.png")
    async with transaction(town.chloe.viewer) as session:
        await answer_request(session, town.chloe.viewer, number, Turn("Voici le devis.", "cle-1-de-chloe"), now())
    await add(town.alice, f"fil:{number}", "accord.png")
    async with transaction(town.alice.viewer) as session:
        await write_to_service(session, town.alice.viewer, number, Turn("", "cle-2-d-alice"), now())
        thread = await read_thread(session, town.alice.viewer, number)

    assert [(line.text, [piece.name for piece in line.pieces]) for line in thread.lines] == [
        ("Voici le devis.", ["devis.png"]),
        ("", ["accord.png"]),
    ]
    for line in thread.lines:
        assert (await download(town.alice, line.pieces[0].id)).status_code == 200
        assert (await download(town.bruno, line.pieces[0].id)).status_code == 404


async def test_files_alone_sent_twice_are_one_message(town, number):
    await add(town.alice, f"fil:{number}", "accord.png")
    async with transaction(town.alice.viewer) as session:
        for _ in range(2):
            await write_to_service(session, town.alice.viewer, number, Turn("", "cle-d-alice"), now())
        assert len((await read_thread(session, town.alice.viewer, number)).lines) == 1


@pytest.mark.parametrize(
    "place",
    [
        *("type:fuite:999999", "type:fuite:x", "fil:D2026-99999", "note:{number}", "x", "fil:", "fil:{number}%00"),
        *("type:fuite:²", "type:fuite:99999999999999999999", f"type:{'x' * 90}:{{his}}", "type:fuite\u202e:{his}"),
    ],
)
async def test_nothing_is_added_where_one_may_not_write(town, number, place):
    (his,) = town.bruno.viewer.subscriber_ids
    answer = await add(town.bruno, place.format(number=number, his=his), "compteur.png")
    assert answer.status_code == 404
    assert await all_files() == 0


async def test_the_neighbour_adds_nothing_to_her_draft_nor_to_her_thread(town, number):
    for place in (form_of(town), f"fil:{number}"):
        assert (await add(town.bruno, place, "compteur.png")).status_code == 404
    assert (await add(None, form_of(town), "compteur.png")).status_code == 401
    assert await all_files() == 0


async def test_what_is_no_file_for_a_request_leaves_nothing(town):
    for name, content in (("photo.png", b"MZ" + bytes(500)), ("page.html", b"<script>1</script>"), ("vide.pdf", b"")):
        assert (await add(town.alice, form_of(town), name, content)).status_code in (413, 422)
    assert await all_files() == 0


async def test_only_so_many_at_once(town):
    answers = [(await add(town.alice, form_of(town), f"{n}.png")).status_code for n in range(MOST_AT_ONCE + 1)]
    assert answers == [201] * MOST_AT_ONCE + [422]
    assert await all_files() == MOST_AT_ONCE


def form_of(town) -> str:
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    return f"type:fuite:{subscriber_id}"


def browser(person):
    cookies = {"portail_session": person.token} if person else {}
    return open_browser(Starlette(routes=routes), **cookies)


async def add(person, place: str, name: str, content: bytes = PHOTO):
    async with browser(person) as client:
        return await client.post(f"/pieces-jointes/{place}", params={"nom": name}, content=content)


async def download(person, attachment_id: int):
    async with browser(person) as client:
        return await client.get(f"/telecharger/pieces-jointes/{attachment_id}")


async def send(town) -> str:
    async with transaction(town.alice.viewer) as session:
        return (await factories.send_request(session, town.alice.viewer)).number


async def all_files() -> int:
    async with transaction(Viewer.system()) as session:
        return (await session.exec(select(func.count()).select_from(StoredFile))).one()
