"""When somebody's home is empty is known to who is served there now, and to nobody else."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from models import ContractParty, Hold, LeakKind, Mail, PartyRole
from portail_app.errors import Forbidden, NotFound
from portail_app.reading import reader_of
from portail_app.services.contracts import find_tenure
from portail_app.services.leaks.episodes import detect_episodes
from portail_app.services.leaks.watches import WatchDraft, find_watch, find_watched, keep_watch
from tests.dwellings import Dwelling, count_days, create_dwelling
from tests.factories import NOW, TODAY, create_account, create_subscriber, let_in, link, save, sign_in

AWAY = WatchDraft(True, None, date(2026, 12, 20), date(2027, 1, 4))
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
async def home(session, cast, alice) -> Dwelling:
    dwelling = await create_dwelling(session, cast.utility, alice)
    dwelling.meter.is_telemetered = True
    await session.flush()
    return dwelling


async def join(session, home, viewer, **time):
    (subscriber_id,) = viewer.subscriber_ids
    party = {"contract_id": home.contract.id, "subscriber_id": subscriber_id, "role": PartyRole.OCCUPANT}
    await save(session, ContractParty(**party, **time))


async def watch_of(session, viewer, home):
    return await find_watch(session, await find_watched(session, viewer, home.contract.number, TODAY), TODAY)


@pytest.mark.parametrize("time", [{"until": YESTERDAY}, {"since": TODAY + timedelta(days=1)}])
async def test_who_has_left_or_is_not_there_yet_neither_reads_nor_changes_it(session, alice, bruno, home, time):
    await join(session, home, bruno, **time)
    await keep_watch(session, alice, home.contract.number, AWAY, NOW)

    assert (await find_tenure(await reader_of(session), bruno, home.contract.number)).contract.id == home.contract.id
    for refused in (
        find_watched(session, bruno, home.contract.number, TODAY),
        keep_watch(session, bruno, home.contract.number, AWAY, NOW),
    ):
        with pytest.raises(NotFound):
            await refused
    assert (await watch_of(session, alice, home)).changed_by == alice.account_id


async def test_a_contract_that_has_ended_watches_nothing(session, cast, alice):
    left = await create_dwelling(session, cast.utility, alice, ended_on=YESTERDAY)
    left.meter.is_telemetered = True
    await session.flush()
    with pytest.raises(NotFound):
        await keep_watch(session, alice, left.contract.number, AWAY, NOW)


async def test_who_comes_after_does_not_read_what_was_asked_before(session, alice, bruno, home):
    await keep_watch(session, alice, home.contract.number, AWAY, NOW - timedelta(days=3))
    await join(session, home, bruno, since=YESTERDAY)

    assert await watch_of(session, bruno, home) is None
    await keep_watch(session, bruno, home.contract.number, AWAY, NOW)
    assert (await watch_of(session, bruno, home)).changed_by == bruno.account_id


@pytest.mark.parametrize(("hold", "may"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_a_delegate_who_may_only_see_changes_nothing(session, alice, home, hold, may):
    delegate = await let_in(session, alice, hold)
    if may:
        assert (await keep_watch(session, delegate, home.contract.number, AWAY, NOW)).away_from == AWAY.away_from
    else:
        with pytest.raises(Forbidden, match="consulter"):
            await keep_watch(session, delegate, home.contract.number, AWAY, NOW)


MONTH_AWAY = WatchDraft(False, 200, TODAY - timedelta(days=10), TODAY + timedelta(days=20))
WEEK_AGO = NOW - timedelta(days=7)


@pytest.fixture
async def rented(session, cast, alice, bruno) -> Dwelling:
    """Alice pays for it; Bruno, who lived there until yesterday, is away for a month and watches neither flow nor more
    than 200 L a day."""
    dwelling = await create_dwelling(session, cast.utility, alice)
    dwelling.meter.is_telemetered = True
    await join(session, dwelling, bruno, until=YESTERDAY)
    await keep_watch(session, bruno, dwelling.contract.number, MONTH_AWAY, WEEK_AGO)
    return dwelling


async def seen_today(session, home, *day: int) -> list[LeakKind]:
    await count_days(session, home, TODAY.isoformat(), day)
    return [alert.kind for alert in (await detect_episodes(session, NOW)).alerts]


async def test_who_moves_in_is_not_warned_by_the_absence_nor_the_threshold_of_who_left(session, cast, rented):
    newcomer = await newcomer_in(session, cast, rented, since=TODAY)

    assert await seen_today(session, rented, 300, 0) == []
    assert await watch_of(session, newcomer, rented) is None
    assert (await session.exec(select(Mail))).all() == []


async def test_who_moves_in_is_warned_of_water_that_never_stops_though_who_left_did_not_want_to(session, cast, rented):
    await newcomer_in(session, cast, rented, since=YESTERDAY)

    assert await seen_today(session, rented, 2_000, 80) == [LeakKind.CONTINUOUS]


async def test_who_pays_all_along_sees_that_they_have_to_choose_again_and_then_are_warned(session, alice, cast, rented):
    assert (await watch_of(session, alice, rented)).most_litres_a_day == 200
    await newcomer_in(session, cast, rented, since=YESTERDAY)
    assert await watch_of(session, alice, rented) is None

    await keep_watch(session, alice, rented.contract.number, MONTH_AWAY, NOW)
    assert await seen_today(session, rented, 300, 0) == [LeakKind.EMPTY_HOME, LeakKind.THRESHOLD]


@pytest.mark.parametrize(
    ("role", "since"),
    [
        (PartyRole.OCCUPANT, TODAY + timedelta(days=1)),
        (PartyRole.OCCUPANT, WEEK_AGO.date()),
        (PartyRole.OCCUPANT, None),
        (PartyRole.OWNER, TODAY),
    ],
)
async def test_what_was_asked_stands_until_somebody_comes_who_lives_there_or_pays(session, cast, rented, role, since):
    await newcomer_in(session, cast, rented, role=role, since=since)

    assert await seen_today(session, rented, 300, 0) == [LeakKind.EMPTY_HOME, LeakKind.THRESHOLD]


async def test_what_is_asked_in_the_first_hour_of_the_day_of_moving_in_is_of_that_day_in_paris(session, cast, rented):
    midnight = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    newcomer = await newcomer_in(session, cast, rented, since=TODAY)

    await keep_watch(session, newcomer, rented.contract.number, MONTH_AWAY, midnight)

    assert (await watch_of(session, newcomer, rented)).changed_by == newcomer.account_id


async def newcomer_in(session, cast, home, role=PartyRole.OCCUPANT, **time):
    """Damien, who comes to live there."""
    subscriber = await create_subscriber(session, cast.utility, name="Damien Roussel")
    account = await create_account(session, "damien@example.fr")
    await link(session, account, subscriber)
    viewer, _ = await sign_in(session, account)
    await save(session, ContractParty(contract_id=home.contract.id, subscriber_id=subscriber.id, role=role, **time))
    return viewer
