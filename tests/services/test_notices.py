"""Notices: published by staff, read once by each account."""

from datetime import timedelta

import pytest

from models import StaffRank
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.reading import reading
from portail_app.services import audit, notice_board, notices
from portail_app.services.paging import Sought
from portail_app.viewer import Viewer
from tests import factories
from tests.factories import NOW, TODAY
from tests.services.staff import staff_of

DAY = timedelta(days=1)


async def publish(session, cast, **values):
    draft = factories.draft_notice(cast.utility, **values)
    return await notices.publish_notice(session, cast.chloe.viewer, draft, NOW)


async def list_shown(session, viewer, day):
    return [notice for notice in await notice_board.list_from(session, day, viewer.utility_ids) if notice.shows_on(day)]


async def test_a_published_notice_is_shown_to_subscribers_and_staff(session, cast, alice, chloe):
    notice = await publish(session, cast)

    assert await list_shown(session, alice, TODAY) == [notice]
    assert await list_shown(session, chloe, TODAY) == [notice]
    assert (notice.published_by, notice.published_at) == (chloe.account_id, NOW)


async def test_a_notice_shows_from_its_first_day_to_its_last(session, cast, alice):
    await publish(session, cast, starts_on=TODAY, ends_on=TODAY + DAY)

    shown = [bool(await list_shown(session, alice, TODAY + n * DAY)) for n in (-1, 0, 1, 2)]
    assert shown == [False, True, True, False]


async def test_a_withdrawn_notice_is_shown_no_more_and_still_known_to_staff(session, cast, alice, chloe):
    notice = await publish(session, cast)
    await notices.withdraw_notice(session, chloe, notice.id, NOW)
    await notices.withdraw_notice(session, chloe, notice.id, NOW + DAY)

    assert await list_shown(session, alice, TODAY) == []
    assert [known.withdrawn_at for known in await notices.list_notices(session, chloe)] == [NOW]


async def test_whoever_closes_a_notice_is_remembered_and_the_neighbour_still_reads_it(town):
    alice, bruno = town.alice.viewer, town.bruno.viewer
    async with transaction(alice) as session:
        notice = await publish(session, town)
        await notice_board.close_notice(session, alice, notice.id, NOW)
        await notice_board.close_notice(session, alice, notice.id, NOW)

    async with reading(alice) as reader:
        assert await notice_board.list_closed_ids(reader, alice) == (notice.id,)
        assert await notice_board.list_closed_ids(reader, bruno) == ()


async def test_a_notice_of_another_utility_is_a_missing_one(session, cast):
    notice = await publish(session, cast)
    stranger = await staff_of(session, await factories.create_utility(session), StaffRank.ADMINISTRATOR)

    assert await list_shown(session, stranger, TODAY) == []
    for notice_id in (notice.id, 999_999):
        with pytest.raises(NotFound):
            await notice_board.close_notice(session, stranger, notice_id, NOW)
        with pytest.raises(NotFound):
            await notices.withdraw_notice(session, stranger, notice_id, NOW)


async def test_nobody_closes_nothing(session, cast):
    notice = await publish(session, cast)
    with pytest.raises(Forbidden):
        await notice_board.close_notice(session, Viewer.nobody(), notice.id, NOW)


async def test_only_a_manager_publishes_and_withdraws(session, cast, alice):
    notice = await publish(session, cast)
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)
    for refused in (alice, agent):
        with pytest.raises(Forbidden):
            await notices.publish_notice(session, refused, factories.draft_notice(cast.utility), NOW)
        with pytest.raises(Forbidden):
            await notices.withdraw_notice(session, refused, notice.id, NOW)


async def test_staff_of_another_utility_cannot_publish_here(session, cast):
    stranger = await staff_of(session, await factories.create_utility(session), StaffRank.ADMINISTRATOR)
    with pytest.raises(NotFound):
        await notices.publish_notice(session, stranger, factories.draft_notice(cast.utility), NOW)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": ""}, "body"),
        ({"body": "x" * 4_001}, "body"),
        ({"starts_on": TODAY, "ends_on": TODAY - DAY}, "ends_on"),
    ],
)
async def test_a_notice_needs_a_title_a_text_and_days_in_order(session, cast, chloe, wrong, field):
    with pytest.raises(Invalid) as refused:
        await publish(session, cast, **wrong)
    assert refused.value.field == field
    assert await notices.list_notices(session, chloe) == []


async def test_staff_search_their_notices_and_turn_their_pages(session, cast, chloe):
    for title in ("Coupure", "Fuite", "Coupure encore"):
        await publish(session, cast, title=title)

    assert [known.title for known in await notices.list_notices(session, chloe, Sought("coupure"))] == [
        "Coupure encore",
        "Coupure",
    ]
    page = await notices.list_notices(session, chloe, Sought(page=2, size=2))
    assert ([known.title for known in page], page.total) == (["Coupure"], 3)


async def test_publishing_and_withdrawing_are_in_the_audit_trail(session, cast, chloe):
    notice = await publish(session, cast, title="Coupure")
    await notices.withdraw_notice(session, chloe, notice.id, NOW)

    trail = [(line.entry.action, line.entry.subject) for line in await audit.list_entries(session, chloe)]
    assert trail == [("Avis retiré", "Coupure"), ("Avis publié", "Coupure")]
