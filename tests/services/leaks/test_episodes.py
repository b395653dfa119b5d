"""Telemetry over contracts: each episode is told once, grows while it lasts, and only new days are looked at."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from models import LeakAlert, LeakKind, LeakWatch, Mail, Meter
from portail_app.errors import Invalid, NotFound
from portail_app.services.leaks.episodes import detect_episodes
from portail_app.services.leaks.watches import WatchDraft, find_watch, find_watched, keep_watch
from tests.dwellings import Dwelling, count_days, create_dwelling
from tests.factories import NOW, TODAY, save

QUIET = (300, 0)
FLOWING = (2_000, 70)
NOTHING_ASKED = {"warns_of_flow": True, "most_litres_a_day": None, "away_from": None, "away_until": None}


@pytest.fixture
async def home(session, cast, alice) -> Dwelling:
    dwelling = await create_dwelling(session, cast.utility, alice)
    dwelling.meter.is_telemetered = True
    await session.flush()
    return dwelling


async def detect(session, now=NOW):
    return (await detect_episodes(session, now)).alerts


async def ask(session, viewer, dwelling, **values):
    draft = WatchDraft(**{**NOTHING_ASKED, **values})
    return await keep_watch(session, viewer, dwelling.contract.number, draft, NOW)


async def watch_of(session, viewer, dwelling):
    return await find_watch(session, await find_watched(session, viewer, dwelling.contract.number, TODAY), TODAY)


async def subjects(session):
    return (await session.exec(select(Mail.subject).where(Mail.event_key.startswith("fuite-")))).all()


async def test_water_that_never_stops_is_told_once_and_grows(session, home):
    await count_days(session, home, "2026-11-19", QUIET, FLOWING, FLOWING)
    (alert,) = await detect(session)
    told = (alert.kind, alert.period_start, alert.period_end, alert.litres)

    await count_days(session, home, "2026-11-22", FLOWING)
    again = await detect(session, NOW + timedelta(days=1))

    assert told == (LeakKind.CONTINUOUS, date(2026, 11, 20), date(2026, 11, 21), 4_000)
    assert again == []
    assert (alert.period_end, alert.litres) == (date(2026, 11, 22), 6_000)
    assert await subjects(session) == ["De l’eau coule chez vous sans s’arrêter"]


async def test_an_episode_longer_than_what_is_read_is_still_one(session, home):
    await count_days(session, home, "2026-11-20", *[FLOWING] * 2)
    await detect(session)
    for week in range(1, 9):
        await count_days(session, home, (date(2026, 11, 15) + timedelta(days=7 * week)).isoformat(), *[FLOWING] * 7)
        await detect(session, NOW + timedelta(days=7 * week))

    (alert,) = (await session.exec(select(LeakAlert))).all()

    assert alert.litres == 58 * 2_000


async def test_an_episode_that_nobody_looked_at_for_a_month_is_still_one(session, home):
    """It was told until 21 November; on 23 December the days from 22 November on are read."""
    await count_days(session, home, "2026-11-20", *[FLOWING] * 2)
    await detect(session)
    await count_days(session, home, "2026-11-22", *[FLOWING] * 31)

    assert await detect(session, NOW + timedelta(days=31)) == []
    assert (await session.exec(select(LeakAlert.litres))).all() == [33 * 2_000]


async def test_two_episodes_are_told_twice(session, home):
    await count_days(session, home, "2026-11-19", FLOWING, QUIET, FLOWING)

    assert [alert.period_start.day for alert in await detect(session)] == [19, 21]


async def test_days_that_were_looked_at_are_not_looked_at_again(session, home):
    await count_days(session, home, "2026-11-20", QUIET, FLOWING)
    await detect(session)

    assert (await detect_episodes(session, NOW)).looked_at == 0


async def test_what_ended_before_the_first_look_is_no_news(session, home):
    await count_days(session, home, "2026-11-10", FLOWING, FLOWING, *[QUIET] * 9)

    assert await detect(session) == []


@pytest.mark.parametrize(("flowed_on", "is_news"), [("2026-11-18", False), ("2026-11-19", True)])
async def test_at_the_first_look_what_ended_three_days_before_is_no_news(session, home, flowed_on, is_news):
    await count_days(session, home, flowed_on, FLOWING)
    await count_days(session, home, "2026-11-21", QUIET)

    assert len(await detect(session)) == is_news


async def test_a_meter_that_is_not_telemetered_or_a_former_occupants_day_warns_nobody(session, home, cast, bruno):
    home.contract.started_on = date(2026, 11, 21)
    other = await create_dwelling(session, cast.utility, bruno)
    for dwelling in (home, other):
        await count_days(session, dwelling, "2026-11-20", FLOWING, QUIET)

    assert await detect(session) == []


async def test_a_threshold_and_an_absence_are_warned_of_once_asked_for(session, home, alice):
    await ask(session, alice, home, most_litres_a_day=500, away_from=date(2026, 11, 19), away_until=date(2026, 11, 30))
    await count_days(session, home, "2026-11-19", (900, 0), (0, 0), (40, 0))

    found = await detect(session)

    assert [(alert.kind, alert.period_start.day, alert.litres) for alert in found] == [
        (LeakKind.EMPTY_HOME, 21, 40),
        (LeakKind.THRESHOLD, 19, 900),
    ]


async def test_who_does_not_want_to_know_of_flow_is_not_told(session, home, alice):
    await ask(session, alice, home, warns_of_flow=False)
    await count_days(session, home, "2026-11-20", FLOWING, FLOWING)

    assert await detect(session) == []


async def test_what_is_asked_takes_the_place_of_what_was(session, home, alice):
    await ask(session, alice, home, most_litres_a_day=500)
    await ask(session, alice, home, away_from=date(2026, 12, 1))

    watch = await watch_of(session, alice, home)

    assert (watch.most_litres_a_day, watch.away_from, watch.changed_by) == (None, date(2026, 12, 1), alice.account_id)
    assert len((await session.exec(select(LeakWatch))).all()) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"most_litres_a_day": 0}, "most_litres_a_day"),
        ({"most_litres_a_day": 100_001}, "most_litres_a_day"),
        ({"away_until": date(2026, 12, 1)}, "away_from"),
        ({"away_from": date(2026, 12, 1), "away_until": date(2026, 11, 30)}, "away_until"),
        ({"away_from": date(2026, 12, 1), "away_until": date(2029, 12, 1)}, "away_until"),
    ],
)
async def test_what_cannot_be_meant_is_refused_at_its_field(session, home, alice, values, field):
    with pytest.raises(Invalid) as refused:
        await ask(session, alice, home, **values)

    assert refused.value.field == field
    assert await watch_of(session, alice, home) is None


async def test_a_neighbour_asks_nothing_and_an_old_meter_cannot_warn(session, home, cast, alice, bruno):
    with pytest.raises(NotFound):
        await ask(session, bruno, home)
    old = await create_dwelling(session, cast.utility, alice)
    with pytest.raises(Invalid, match="télérelevé"):
        await ask(session, alice, old)


@pytest.mark.parametrize(
    ("contract", "is_told"),
    [
        ({"started_on": date(2026, 11, 21)}, True),
        ({"started_on": date(2026, 11, 22)}, False),
        ({"ended_on": date(2026, 11, 21)}, True),
        ({"ended_on": date(2026, 11, 20)}, False),
        ({"service": "Location de bureaux"}, False),
    ],
)
async def test_a_day_is_told_to_the_contract_of_that_day_and_of_water(session, home, contract, is_told):
    for name, value in contract.items():
        setattr(home.contract, name, value)
    await session.flush()
    await count_days(session, home, "2026-11-21", FLOWING)

    assert [alert.litres for alert in await detect(session)] == [2_000] * is_told


async def test_the_first_day_of_a_newcomer_is_theirs_and_the_days_before_are_not(session, home):
    home.contract.started_on = date(2026, 11, 20)
    await count_days(session, home, "2026-11-18", *[FLOWING] * 4)

    (alert,) = await detect(session)

    assert (alert.period_start, alert.period_end, alert.litres) == (date(2026, 11, 20), date(2026, 11, 21), 4_000)


async def test_days_that_a_meter_counted_before_it_was_telemetered_no_more_are_not_looked_at(session, home):
    home.meter.is_telemetered = False
    await count_days(session, home, "2026-11-21", FLOWING)

    assert (await detect_episodes(session, NOW)).looked_at == 0


async def test_two_meters_of_a_home_are_counted_together(session, home, alice):
    """300 L through each: 600 together, above the 500 that were asked for."""
    where = {"utility_id": home.point.utility_id, "delivery_point_id": home.point.id}
    garden = Meter(serial="JARDIN", installed_on=date(2020, 1, 1), is_telemetered=True, **where)
    await save(session, garden)
    await ask(session, alice, home, most_litres_a_day=500)
    for meter in (home.meter, garden):
        await count_days(session, replace(home, meter=meter), "2026-11-21", QUIET)

    assert [(alert.kind, alert.litres) for alert in await detect(session)] == [(LeakKind.THRESHOLD, 600)]


async def test_a_flow_and_a_threshold_that_are_passed_day_after_day_each_grow_their_own_alert(session, home, alice):
    await ask(session, alice, home, most_litres_a_day=500)
    await count_days(session, home, "2026-11-20", FLOWING, (900, 0))
    await detect(session)
    await count_days(session, home, "2026-11-22", (900, 0))

    assert await detect(session, NOW + timedelta(days=1)) == []
    found = (await session.exec(select(LeakAlert).order_by(LeakAlert.id))).all()
    assert [(alert.kind, alert.period_end.day, alert.litres) for alert in found] == [
        (LeakKind.CONTINUOUS, 20, 2_000),
        (LeakKind.THRESHOLD, 22, 3_800),
    ]


async def test_where_the_telemetered_meter_was_removed_nothing_more_can_be_asked(session, home, alice):
    home.meter.removed_on = date(2026, 11, 1)
    await session.flush()

    with pytest.raises(Invalid, match="télérelevé"):
        await ask(session, alice, home)


@pytest.mark.parametrize(
    "values",
    [
        {"most_litres_a_day": 1},
        {"most_litres_a_day": 100_000},
        {"away_from": date(2026, 12, 1), "away_until": date(2026, 12, 1)},
        {"away_from": date(2026, 12, 1), "away_until": date(2028, 11, 30)},
    ],
)
async def test_what_is_at_the_edge_of_what_can_be_meant_is_kept(session, home, alice, values):
    await ask(session, alice, home, **values)

    watch = await watch_of(session, alice, home)
    assert {name: getattr(watch, name) for name in values} == values
