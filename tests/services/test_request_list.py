"""Lists of requests: a subscriber's own, the staff's by what is due, and what is said to wait on both homes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import Account, RequestStatus
from portail_app.reading import reader_of
from portail_app.services.request_counts import RequestsWaiting, count_for_staff, count_for_subscriber
from portail_app.services.request_desk import assign_request
from portail_app.services.request_list import Handler, Progress, RequestQuery, list_requests, list_subjects
from portail_app.services.request_threads import answer_request
from portail_app.services.request_turns import Turn
from portail_app.viewer import Viewer
from tests import factories
from tests.factories import NOW, TODAY, send_request

LATER = TODAY + timedelta(days=30)


async def numbers(session, viewer, **asked) -> list[str]:
    return [row.number for row in (await list_requests(session, viewer, RequestQuery(**asked))).rows]


async def test_a_subscriber_sees_their_own_the_newest_first(session, alice, bruno):
    first, second = await send_request(session, alice), await send_request(session, alice)
    his = await send_request(session, bruno)
    assert await numbers(session, alice) == [second.number, first.number]
    assert await numbers(session, bruno) == [his.number]
    assert await numbers(session, Viewer.nobody()) == []


async def test_who_handles_it_is_told_to_staff_and_not_to_the_subscriber(session, alice, chloe):
    """What a page does not show is sent to the browser all the same: an agent's own address."""
    agent = await session.get_one(Account, chloe.account_id)
    agent.name = ""
    sent = await send_request(session, alice)
    await assign_request(session, chloe, sent.number, chloe.account_id, LATER, NOW)

    ((hers,), (theirs,)) = [(await list_requests(session, viewer, RequestQuery())).rows for viewer in (alice, chloe)]
    assert (hers.handler, theirs.handler) == ("", "chloe@example.fr")


async def test_staff_see_those_of_their_utilities_what_is_due_first(session, alice, bruno, chloe):
    leak = await send_request(session, alice)
    other = await send_request(session, bruno)
    await assign_request(session, chloe, leak.number, None, LATER, NOW)
    assert await numbers(session, chloe, by_due_date=True) == [other.number, leak.number]
    assert await numbers(session, await stranger(session)) == []
    assert await list_subjects(session, chloe) == ("Fuite",)


async def test_a_colleagues_own_subscription_shows_no_other_subscriber(session, alice, bruno, chloe):
    hers = await send_request(session, alice)
    await send_request(session, bruno)
    both = replace(alice, ranks=chloe.ranks)
    assert await numbers(session, both.as_subscriber()) == [hers.number]


async def test_staff_filter_by_handler_status_and_delay(session, alice, chloe):
    mine, nobodys = await send_request(session, alice), await send_request(session, alice)
    await assign_request(session, chloe, mine.number, chloe.account_id, LATER, NOW)
    closed = await send_request(session, alice)
    await answer_request(session, chloe, closed.number, Turn("", "cle-1", RequestStatus.RESOLVED), NOW)

    assert await numbers(session, chloe, handler=Handler.MINE) == [mine.number]
    assert await numbers(session, chloe, handler=Handler.NOBODY, progress=Progress.OPEN) == [nobodys.number]
    assert await numbers(session, chloe, progress=Progress.RESOLVED) == [closed.number]
    assert await numbers(session, chloe, overdue_on=date(2026, 12, 1)) == [nobodys.number]
    assert len(await numbers(session, chloe, progress=Progress.ALL)) == 3


@pytest.mark.parametrize("search", ["%", "_", "\\", "'; DROP TABLE request; --"])
async def test_what_is_searched_is_a_text_and_nothing_else(session, alice, chloe, search):
    await send_request(session, alice)
    assert await numbers(session, chloe, search=search) == []


async def test_both_homes_say_what_waits(session, alice, bruno, chloe):
    answered, left = await send_request(session, alice), await send_request(session, alice)
    await assign_request(session, chloe, left.number, chloe.account_id, TODAY - timedelta(days=1), NOW)
    await answer_request(session, chloe, answered.number, Turn("Dites-moi", "cle-1", RequestStatus.WAITING), NOW)

    hers, his = [await count_for_subscriber(await reader_of(session), viewer) for viewer in (alice, bruno)]
    assert (hers.count, hers.waiting, his.count) == (2, 1, 0)
    staffs = await count_for_staff(session, chloe, TODAY)
    assert (staffs.count, staffs.mine, staffs.overdue) == (1, 1, 1)


async def test_what_waits_for_the_subscriber_is_nobodys_work_meanwhile(session, alice, chloe):
    sent = await send_request(session, alice)
    await assign_request(session, chloe, sent.number, chloe.account_id, TODAY, NOW)
    assert await count_for_staff(session, chloe, TODAY) == RequestsWaiting(count=1, mine=1, overdue=0)
    await answer_request(session, chloe, sent.number, Turn("Dites-moi", "cle-1", RequestStatus.WAITING), NOW)
    assert await count_for_staff(session, chloe, TODAY) == RequestsWaiting()
    assert (await count_for_staff(session, chloe, TODAY + timedelta(days=1))).overdue == 1
    await answer_request(session, chloe, sent.number, Turn("", "cle-2", RequestStatus.RESOLVED), NOW)
    assert await count_for_staff(session, chloe, TODAY + timedelta(days=1)) == RequestsWaiting()


async def stranger(session) -> Viewer:
    account = await factories.create_account(session, "denis@example.fr")
    await factories.appoint(session, account, await factories.create_utility(session))
    return (await factories.sign_in(session, account))[0]
