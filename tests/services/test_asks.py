"""What is asked of a subscriber on their home page: until it is answered, decided or over."""

from datetime import date, timedelta

import pytest

from models import LeakAlert, LeakKind
from portail_app.reading import reader_of
from portail_app.services.asks import Ask, AskKind, list_asks
from portail_app.services.campaign_letters import write_invitations
from portail_app.services.leaks.areas import AreaMeans
from portail_app.services.leaks.certificates import send_certificate
from portail_app.services.leaks.decisions import close_leak
from portail_app.services.leaks.detection import detect_leaks
from tests.dwellings import create_dwelling, read_at, read_half_years
from tests.factories import NOW, TODAY, save
from tests.services.leaks.files import draft as certificate
from tests.services.leaks.files import kept
from tests.services.leaks.test_detection import USUAL
from tests.services.test_campaigns import launch


@pytest.fixture
async def home(session, cast, alice):
    return await create_dwelling(session, cast.utility, alice)


@pytest.fixture
async def leak(session, home):
    await read_half_years(session, home, *USUAL, 180)
    (alert,) = (await detect_leaks(session, NOW, AreaMeans())).alerts
    return alert


async def asks(session, viewer, today=TODAY):
    return await list_asks(await reader_of(session), viewer, today)


async def test_a_leak_is_told_with_its_figures_and_the_last_day_to_answer(session, home, leak, alice):
    assert await asks(session, alice) == (
        Ask(AskKind.VOLUME, leak.id, home.contract.number, date(2026, 12, 22), 180_000, 60_000),
    )


async def test_a_neighbour_is_asked_nothing(session, leak, cast, chloe, bruno, home):
    await launch(session, chloe, cast)

    assert await asks(session, bruno) == ()
    assert await asks(session, chloe) == ()


@pytest.mark.parametrize(("day", "is_asked"), [(date(2026, 12, 22), True), (date(2026, 12, 23), False)])
async def test_it_is_told_until_the_last_day(session, leak, alice, day, is_asked):
    assert bool(await asks(session, alice, day)) is is_asked


async def test_a_certificate_or_a_decision_answers(session, leak, alice):
    await send_certificate(session, alice, leak.id, certificate(), kept(), NOW)

    assert await asks(session, alice) == ()


async def test_a_closed_alert_is_no_more_told(session, leak, alice, chloe):
    await close_leak(session, chloe, leak.id, "Erreur de relève.", NOW, TODAY)

    assert await asks(session, alice) == ()


async def test_a_warning_of_telemetry_is_told_for_some_days(session, leak, alice):
    leak.kind, leak.period_end = LeakKind.CONTINUOUS, TODAY - timedelta(days=10)
    await session.flush()

    (ask,) = await asks(session, alice)
    assert (ask.kind, ask.until) == (AskKind.TELEMETRY, TODAY - timedelta(days=10))
    assert await asks(session, alice, TODAY + timedelta(days=1)) == ()


async def test_one_leak_is_told_once_though_telemetry_saw_it_too(session, home, leak, alice):
    seen = LeakAlert(**{**leak.model_dump(exclude={"id"}), "kind": LeakKind.CONTINUOUS, "period_end": TODAY})
    await save(session, seen)

    assert [ask.kind for ask in await asks(session, alice)] == [AskKind.VOLUME]


async def test_a_campaign_asks_for_a_reading_until_there_is_one(session, home, cast, alice, chloe):
    campaign = await launch(session, chloe, cast)
    await write_invitations(session, NOW)
    assert await asks(session, alice) == (Ask(AskKind.READING, campaign.id, home.contract.number, date(2026, 12, 20)),)
    assert await asks(session, alice, date(2026, 12, 21)) == ()

    await read_at(session, home, "2026-11-25", 500)

    assert await asks(session, alice) == ()


async def test_what_is_urgent_comes_first(session, leak, cast, alice, chloe):
    await launch(session, chloe, cast)

    assert [ask.kind for ask in await asks(session, alice)] == [AskKind.VOLUME, AskKind.READING]
