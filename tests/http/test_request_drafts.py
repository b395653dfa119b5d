"""What a page sends while somebody types: kept for them alone, whatever is sent."""

import json

import pytest
from httpx import AsyncClient
from starlette.applications import Starlette

from portail_app.database import transaction
from portail_app.http.request_drafts import routes
from portail_app.services.request_drafts import MOST_PLACES, close_draft, find_draft
from portail_app.states.clock import now
from tests.http.client import open_browser

PLACE = "type:fuite:12"
TYPED = {"key": "la-cle-du-formulaire", "description": "Sous l’év"}


async def test_what_is_typed_is_kept_for_its_account_alone(town):
    async with browser(town.alice) as alices:
        assert (await send(alices, TYPED)).status_code == 204
        await send(alices, {**TYPED, "description": "Sous l’évier."})
    assert (await kept(town.alice))["description"] == "Sous l’évier."
    assert await kept(town.bruno) == {}


async def test_nobody_keeps_anything(town):
    async with browser() as anybody:
        assert (await send(anybody, TYPED)).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        '"x"',
        "{",
        '{"a": 1}',
        '{"a": {"b": "c"}}',
        '{"a": "\\ud800"}',
        "[" * 100_000,
        json.dumps({f"champ-{n}": "x" for n in range(100)}),
        json.dumps({"text": "x" * 100_000}),
        json.dumps({"text": "x" * 1_000_000}),
        b"\xff\xfe",
    ],
)
async def test_what_is_no_form_of_ours_is_refused_and_the_former_words_stay(town, body):
    async with browser(town.alice) as alices:
        await send(alices, TYPED)
        answer = await alices.post(f"/brouillons/{PLACE}", content=body)
    assert answer.status_code == 400
    assert await kept(town.alice) == TYPED


@pytest.mark.parametrize("place", ["x", "../../etc/passwd", "type:fuite:12:13", "TYPE:FUITE", "type:" + "x" * 200])
async def test_a_place_that_is_none_of_ours_is_refused(town, place):
    async with browser(town.alice) as alices:
        answer = await alices.post(f"/brouillons/{place}", json=TYPED)
    assert answer.status_code in (400, 404)


async def test_a_nul_is_left_out_and_the_rest_kept(town):
    async with browser(town.alice) as alices:
        await send(alices, {**TYPED, "description": "a\0b"})
    assert (await kept(town.alice))["description"] == "ab"


async def test_the_last_word_of_a_form_that_was_sent_is_not_kept(town):
    """It may arrive after the sending, by another way."""
    async with browser(town.alice) as alices:
        await send(alices, TYPED)
        async with transaction(town.alice.viewer) as session:
            await close_draft(session, town.alice.viewer, PLACE, TYPED["key"], now())
        assert (await send(alices, TYPED)).status_code == 204
        assert await kept(town.alice) == {}
        await send(alices, {**TYPED, "key": "une-autre-cle-de-formulaire"})
    assert (await kept(town.alice))["description"] == TYPED["description"]


async def test_nobody_fills_the_database_with_drafts(town):
    async with browser(town.alice) as alices:
        answers = [
            (await alices.post(f"/brouillons/type:a:{n}", json=TYPED)).status_code for n in range(MOST_PLACES + 1)
        ]
    assert answers == [204] * MOST_PLACES + [400]


async def test_another_site_keeps_nothing_in_her_name(town):
    async with browser(town.alice) as alices:
        answer = await alices.post(f"/brouillons/{PLACE}", json=TYPED, headers={"Origin": "https://ailleurs.example"})
    assert answer.status_code == 403


def browser(person=None) -> AsyncClient:
    cookies = {"portail_session": person.token} if person else {}
    return open_browser(Starlette(routes=routes), **cookies)


async def send(client, typed):
    return await client.post(f"/brouillons/{PLACE}", json=typed)


async def kept(person) -> dict[str, str]:
    async with transaction(person.viewer) as session:
        return dict((await find_draft(session, person.viewer, PLACE)).typed)
