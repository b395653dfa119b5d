"""« Historique des accès »."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AccessRecord, Account, AccountSubscriber, Hold
from portail_app.services.accesses import list_accesses, record_staff_look
from portail_app.services.retention import ACCESSES_KEPT_FOR, KeptFor, forget_what_is_over
from portail_app.services.sessions import Browser, open_session
from tests.factories import NOW

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


async def come_in(session, viewer, at=NOW):
    await open_session(session, viewer.account_id, Browser(FIREFOX, "192.0.2.7"), at, remember=False)
    await session.flush()


def subscriber_of(viewer):
    (subscriber_id,) = viewer.subscriber_ids
    return subscriber_id


async def delegate(session, viewer, subscriber_id, hold=Hold.MAY_SEE):
    session.add(AccountSubscriber(account_id=viewer.account_id, subscriber_id=subscriber_id, hold=hold))
    await session.flush()


async def test_a_sign_in_is_written_with_its_browser_and_address(session, alice):
    await come_in(session, alice)
    (line,) = await list_accesses(session, alice)
    assert (line.kind, line.is_me, line.browser, line.address) == ("connexion", True, "Firefox, Windows", "192.0.2.7")


async def test_the_newest_comes_first(session, alice):
    await come_in(session, alice)
    await come_in(session, alice, NOW + timedelta(days=1))
    assert [line.at for line in await list_accesses(session, alice)] == [NOW + timedelta(days=1), NOW]


async def test_a_neighbours_sign_ins_are_not_shown(session, alice, bruno):
    await come_in(session, bruno)
    assert await list_accesses(session, alice) == []


async def test_an_agent_who_looked_is_named_to_the_holder_alone(session, cast, alice, bruno, chloe):
    await record_staff_look(session, chloe, subscriber_of(alice), "Demande D2026-00012", NOW)
    (line,) = await list_accesses(session, alice)
    assert (line.kind, line.who, line.subject) == ("consultation", "Chloé Durand", "Demande D2026-00012")
    await delegate(session, bruno, subscriber_of(alice))
    assert await list_accesses(session, bruno) == []


async def test_an_agent_without_a_name_keeps_their_address_to_themselves(session, alice, chloe):
    (await session.get_one(Account, chloe.account_id)).name = ""
    await record_staff_look(session, chloe, subscriber_of(alice), "Demande D2026-00012", NOW)
    (line,) = await list_accesses(session, alice)
    assert line.who == "Un agent"


async def test_the_same_look_within_the_hour_counts_once(session, alice, chloe):
    for minutes in (0, 10, 59, 61):
        await record_staff_look(
            session, chloe, subscriber_of(alice), "Fiche de l’abonné", NOW + timedelta(minutes=minutes)
        )
    await record_staff_look(session, chloe, subscriber_of(alice), "Autre chose", NOW)
    assert len((await session.exec(select(AccessRecord))).all()) == 3


async def test_who_is_no_agent_leaves_no_look(session, alice, bruno):
    await record_staff_look(session, bruno, subscriber_of(alice), "x", NOW)
    assert await list_accesses(session, alice) == []


async def test_a_delegates_sign_in_is_shown_without_where_from(session, alice, bruno):
    await delegate(session, bruno, subscriber_of(alice))
    await come_in(session, bruno)
    (line,) = await list_accesses(session, alice)
    assert (line.who, line.is_me, line.browser, line.address) == ("Bruno Petit", False, "", "")


async def test_a_delegate_is_not_shown_the_holders_sign_ins(session, alice, bruno):
    await delegate(session, bruno, subscriber_of(alice))
    await come_in(session, alice)
    assert await list_accesses(session, bruno) == []


@pytest.mark.parametrize(("age", "left"), [(timedelta(0), 1), (timedelta(seconds=1), 0)])
async def test_it_is_kept_a_year(session, alice, age, left):
    await come_in(session, alice)
    await forget_what_is_over(session, NOW + ACCESSES_KEPT_FOR + age, KeptFor(timedelta(days=400), timedelta(days=90)))
    assert len(await list_accesses(session, alice)) == left
