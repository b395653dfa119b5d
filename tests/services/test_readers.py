"""Staff find a subscriber by what they know of them, in their own utilities only."""

import pytest

from portail_app.errors import Forbidden, NotFound
from portail_app.services import readers
from portail_app.services.readers import find_subscriber, search_subscribers
from tests.factories import create_subscriber
from tests.services.staff import damien_of_elsewhere


@pytest.fixture
async def claire(session, cast):
    values = {"address": "7 rue des Lilas", "city": "Clermont-sur-Lys", "number": "200_07"}
    return await create_subscriber(session, cast.utility, name="Claire 100 % Moreau", **values)


@pytest.mark.parametrize("words", ["claire", "MOREAU clai", "lilas 7", "200_07", "100 %", "clermont moreau"])
async def test_each_word_is_somewhere_in_number_name_or_address(session, chloe, claire, words):
    (found,) = await search_subscribers(session, chloe, words)

    assert (found.id, found.place) == (claire.id, "7 rue des Lilas, Clermont-sur-Lys")


@pytest.mark.parametrize("words", ["", "   ", "claire absente", "%_%", "200x07"])
async def test_what_is_not_there_finds_nobody(session, chloe, claire, words):
    assert await search_subscribers(session, chloe, words) == []


async def test_many_are_cut_short_in_the_order_of_names(session, cast, chloe, monkeypatch):
    monkeypatch.setattr(readers, "MOST_FOUND", 2)
    for name in ("Zoé Commun", "Anne Commun", "Marc Commun"):
        await create_subscriber(session, cast.utility, name=name)

    assert [one.name for one in await search_subscribers(session, chloe, "commun")] == ["Anne Commun", "Marc Commun"]


async def test_another_town_and_subscribers_find_nobody(session, alice, claire):
    damien = await damien_of_elsewhere(session)

    assert await search_subscribers(session, damien, "claire") == []
    with pytest.raises(NotFound, match="Abonné introuvable"):
        await find_subscriber(session, damien, claire.id)
    for asked in (search_subscribers(session, alice, "claire"), find_subscriber(session, alice, claire.id)):
        with pytest.raises(Forbidden):
            await asked
