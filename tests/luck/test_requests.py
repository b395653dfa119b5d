"""Bad luck while somebody writes: a file cut in the middle, a text too long for the page's connection, no database."""

import asyncio
import json

import httpx
import pytest
from sqlmodel import col, select

from models import Document, Request, RequestAttachment, StoredFile
from portail_app.errors import Unavailable
from portail_app.gateways.storage import storage
from portail_app.services.request_attachments import MOST_AT_ONCE
from tests import files
from tests.live_tabs import tab
from tests.security.handlers import named

FORM = "/demandes/nouvelle?type=autre"
TYPED = {"objet": "Pression faible", "description": "Depuis lundi."}


@pytest.fixture
def place(people) -> str:
    (subscriber_id,) = people.alice.viewer.subscriber_ids
    return f"type:autre:{subscriber_id}"


@pytest.fixture
async def browser(portal, people):
    headers = {"cookie": people.alice.cookie}
    async with httpx.AsyncClient(base_url=f"http://{portal}", headers=headers, timeout=30) as client:
        yield client


@pytest.fixture(autouse=True)
async def nothing_left(desk):
    """Neither of what is sent here, nor of the documents that were sent before."""
    await forget_files(desk)
    yield
    await forget_files(desk)


async def forget_files(desk):
    async with desk() as session:
        for kind in (RequestAttachment, Document, StoredFile):
            for row in await session.exec(select(kind)):
                await session.delete(row)
            await session.flush()


async def test_a_file_whose_sending_breaks_leaves_nothing_and_can_be_sent_again(portal, people, browser, desk, place):
    host, _, port = portal.partition(":")
    _, writer = await asyncio.open_connection(host, int(port))
    head = (
        f"POST /pieces-jointes/{place}?nom=photo.png HTTP/1.1\r\nHost: {portal}\r\nCookie: {people.alice.cookie}\r\n"
        "Content-Length: 5000000\r\n\r\n"
    )
    writer.write(head.encode() + files.png() + bytes(100_000))
    await writer.drain()
    await until(spooled)
    writer.close()
    await until(lambda: not spooled())
    assert await count(desk, StoredFile) == 0

    answer = await browser.post(f"/pieces-jointes/{place}", params={"nom": "photo.png"}, content=files.png())
    assert answer.status_code == 201
    assert await count(desk, RequestAttachment) == 1


async def test_of_several_files_the_one_that_is_refused_takes_none_away(browser, desk, place):
    sent = [
        ("un.png", files.png()),
        ("programme.pdf", b"MZ" + bytes(500)),
        ("deux.pdf", files.pdf()),
        ("vide.png", b""),
    ]
    answers = await asyncio.gather(
        *(browser.post(f"/pieces-jointes/{place}", params={"nom": name}, content=content) for name, content in sent)
    )
    assert [answer.status_code for answer in answers] == [201, 422, 201, 422]
    assert all("sentence" in answer.json() for answer in (answers[1], answers[3]))
    async with desk() as session:
        kept = await session.exec(select(StoredFile.name).order_by(col(StoredFile.name)))
        assert list(kept) == ["deux.pdf", "un.png"]


async def test_many_files_at_once_are_never_more_than_may_be(browser, desk, place):
    """Each is counted while the others arrive."""
    answers = [
        (await browser.post(f"/pieces-jointes/{place}", params={"nom": f"{n}.png"}, content=files.png())).status_code
        for n in range(MOST_AT_ONCE + 2)
    ]
    assert answers.count(201) == MOST_AT_ONCE
    assert await count(desk, RequestAttachment) == MOST_AT_ONCE


async def test_a_text_that_the_connection_carries_is_refused_in_words_and_the_page_goes_on(portal, people, desk):
    async with tab(portal, people.alice.cookie, FORM) as page:
        form = await opened(page)
        await page.send(named("NewRequestState.send"), FORM, form_data=filled(form, description="x" * 60_000))
        await page.wait_for("error", lambda words: words.startswith("Votre texte compte 60"))
        assert page.var("error_field") == "description"
        await page.send(named("NewRequestState.send"), FORM, form_data=filled(form))
        await page.wait_for_frame("/demandes/D")
    assert await count(desk, Request) == 1


async def test_a_megabyte_ends_its_own_connection_and_what_was_kept_is_still_there(portal, people, browser, place):
    async with tab(portal, people.alice.cookie, FORM) as page:
        form = await opened(page)
        words = {"description": "Ce qui était déjà gardé", "key": form["key"]}
        assert (await browser.post(f"/brouillons/{place}", json=words)).status_code == 204
        await page.send(named("NewRequestState.send"), FORM, form_data=filled(form, description="x" * 1_000_000))
        await asyncio.sleep(0.5)
    async with tab(portal, people.alice.cookie, FORM) as again:
        form = await opened(again)
        assert form["key"] == words["key"]
        assert [field["typed"] for field in form["fields"]][-1] == words["description"]
        await again.send(named("NewRequestState.clear"), FORM, **cleared(form))


async def test_a_megabyte_of_a_draft_is_refused_and_the_former_words_stay(browser, desk, place):
    assert (await browser.post(f"/brouillons/{place}", json={"description": "Avant"})).status_code == 204
    answer = await browser.post(f"/brouillons/{place}", content=json.dumps({"description": "x" * 1_000_000}))
    assert (answer.status_code, "Trop long" in answer.text) == (400, True)


async def test_without_a_database_words_wait_in_the_page_and_leave_once_it_is_back(
    portal, people, browser, postgres, desk, place
):
    before = await count(desk, Request)
    async with tab(portal, people.alice.cookie, FORM) as page:
        form = await opened(page)
        with postgres.stopped():
            await page.send(named("NewRequestState.send"), FORM, form_data=filled(form))
            await page.wait_for_frame("momentanément indisponible", 20)
            answer = await browser.post(f"/brouillons/{place}", json={**TYPED, "key": form["key"]})
            assert answer.status_code == 503
            answer = await browser.post(f"/pieces-jointes/{place}", params={"nom": "a.png"}, content=files.png())
            assert (answer.status_code, answer.json()["sentence"]) == (503, Unavailable.sentence)
        await until(lambda: browser_is_served(portal))
        for _ in range(2):
            await page.send(named("NewRequestState.send"), FORM, form_data=filled(form))
        await page.wait_for_frame("/demandes/D", 20)
    assert await count(desk, Request) == before + 1


async def opened(page) -> dict:
    await page.wait_for("form", lambda form: form is not None)
    return page.var("form")


def filled(form: dict, **typed: str) -> dict[str, str]:
    sent = {"type": form["code"], "subscriber_id": str(form["subscriber_id"]), "key": form["key"]}
    return {**sent, **TYPED, **typed}


def cleared(form: dict) -> dict[str, object]:
    return {"code": form["code"], "subscriber_id": form["subscriber_id"], "key": form["key"]}


def spooled() -> bool:
    """Whether something of a file that arrives lies aside."""
    folder = storage().spool
    return folder.exists() and any(folder.iterdir())


def browser_is_served(portal: str) -> bool:
    return httpx.get(f"http://{portal}/ping").status_code == 200


async def until(is_so, seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not is_so():
            await asyncio.sleep(0.05)


async def count(desk, kind) -> int:
    async with desk() as session:
        return len((await session.exec(select(kind))).all())
