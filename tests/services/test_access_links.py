"""Links to choose a password."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from models import AccessLink, LinkKind
from portail_app.database import transaction
from portail_app.errors import LinkRefused
from portail_app.services.access_links import (
    EMAIL_LINKS,
    PASSWORD_LINKS,
    end_links,
    find_any_link,
    find_link,
    use_link,
    write_link,
)
from portail_app.viewer import Viewer
from tests.factories import NOW

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


async def test_a_link_says_whose_it_is(session, alice):
    link = await send(session, alice)
    found, account = await find_link(session, link.token, NOW)
    assert (found.kind, account.email) == (LinkKind.RENEWAL, "alice@example.fr")


async def test_only_its_hash_is_kept(session, alice):
    link = await send(session, alice)
    (row,) = (await session.exec(select(AccessLink))).all()
    assert len(link.token) >= 43  # 256 bits
    assert link.token.encode() not in row.token_hash


async def test_a_link_serves_once(session, alice):
    link = await send(session, alice)
    await use_link(session, link.token, NOW)
    with pytest.raises(LinkRefused, match="déjà servi"):
        await use_link(session, link.token, NOW)


async def test_a_link_ends_and_says_when(session, alice):
    link = await send(session, alice)
    with pytest.raises(LinkRefused, match="depuis le 22/11/2026 à\u00a011:30"):
        await find_link(session, link.token, NOW + HOUR)
    with pytest.raises(LinkRefused, match="n’est plus valide"):
        await use_link(session, link.token, NOW + HOUR)


async def test_a_link_is_good_until_its_last_second(session, alice):
    link = await send(session, alice)
    await find_link(session, link.token, NOW + HOUR - SECOND)
    await use_link(session, link.token, NOW + HOUR - SECOND)


@pytest.mark.parametrize("kind", LinkKind)
async def test_a_link_serves_for_what_it_was_sent_for_and_for_nothing_else(session, alice, kind):
    """Who is only to prove an address chooses no password by it, nor the other way round."""
    link = await send(session, alice, kind)
    right, wrong = (EMAIL_LINKS, PASSWORD_LINKS) if kind is LinkKind.EMAIL else (PASSWORD_LINKS, EMAIL_LINKS)
    for look in (
        find_any_link(session, link.token, wrong),
        find_link(session, link.token, NOW, wrong),
        use_link(session, link.token, NOW, wrong),
    ):
        with pytest.raises(LinkRefused, match="n’est pas valable"):
            await look
    assert (await use_link(session, link.token, NOW, right))[0].used_at == NOW


async def test_a_link_of_any_kind_dies_with_the_one_that_was_used(session, alice):
    password, address = await send(session, alice), await send(session, alice, LinkKind.EMAIL)
    await use_link(session, password.token, NOW)
    with pytest.raises(LinkRefused, match="un autre a servi"):
        await use_link(session, address.token, NOW, EMAIL_LINKS)


async def test_a_link_that_was_refused_is_not_used_up_by_it(session, alice):
    link = await send(session, alice)
    with pytest.raises(LinkRefused):
        await use_link(session, link.token, NOW, EMAIL_LINKS)
    await use_link(session, link.token, NOW)


async def test_when_a_link_served_is_not_rewritten_by_those_that_end_later(session, alice):
    first = await send(session, alice)
    await use_link(session, first.token, NOW)
    await end_links(session, alice.account_id, NOW + HOUR)
    assert (await session.exec(select(AccessLink.used_at))).all() == [NOW]


async def test_asking_again_leaves_the_first_link_good(session, alice):
    first, second = await send(session, alice), await send(session, alice)
    await find_link(session, second.token, NOW)
    await use_link(session, first.token, NOW)


async def test_a_link_dies_when_another_is_used(session, alice):
    first, second = await send(session, alice), await send(session, alice)
    await use_link(session, second.token, NOW)
    with pytest.raises(LinkRefused, match="un autre a servi"):
        await use_link(session, first.token, NOW)


async def test_a_neighbours_link_is_left_alone(session, alice, bruno):
    hers, his = await send(session, alice), await send(session, bruno)
    await use_link(session, hers.token, NOW)
    await use_link(session, his.token, NOW)


@pytest.mark.parametrize("invented", ["", "faux", "\x00", "A" * 5000])
async def test_an_invented_link_is_refused(session, alice, invented):
    await send(session, alice)
    for look in (find_any_link(session, invented), find_link(session, invented, NOW), use_link(session, invented, NOW)):
        with pytest.raises(LinkRefused, match="n’est pas valable"):
            await look


@pytest.mark.parametrize("same", [True, False])
async def test_of_two_uses_at_once_one_wins(town, same):
    async with transaction(Viewer.system()) as session:
        one = await send(session, town.alice.viewer)
        other = one if same else await send(session, town.alice.viewer)

    outcomes = await asyncio.gather(use(one), use(other), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["LinkRefused", "NoneType"]


async def use(link):
    async with transaction(Viewer.system()) as session:
        await use_link(session, link.token, NOW)
        await asyncio.sleep(0.05)


async def send(session, viewer, kind=LinkKind.RENEWAL):
    return await write_link(session, viewer.account_id, kind, NOW, NOW + HOUR)
