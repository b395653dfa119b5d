"""At 23:30 UTC on 31 December it is the next year in Paris: what is written then is of the day that people live."""

from datetime import UTC, date, datetime, timedelta

import pytest

from models import ReadingKind
from portail_app.errors import Invalid
from portail_app.reading import reader_of
from portail_app.services.campaign_letters import write_invitations, write_reminders
from portail_app.services.campaign_query import CampaignDraft
from portail_app.services.campaigns import launch_campaign
from portail_app.services.consumption_charts import View, find_chart
from portail_app.services.contracts import find_tenure
from portail_app.services.leaks.areas import AreaMeans
from portail_app.services.leaks.certificates import CertificateRefused, send_certificate
from portail_app.services.leaks.detection import detect_leaks
from portail_app.services.leaks.episodes import detect_episodes
from portail_app.services.leaks.files import read_file
from portail_app.services.meter_history import find_history
from portail_app.services.reading_checks import SentDraft
from portail_app.services.reading_review import accept_reading
from portail_app.services.reading_sending import send_reading
from tests.dwellings import count_days, create_dwelling, read_at, read_half_years
from tests.services.leaks.files import draft, kept
from tests.services.leaks.test_detection import USUAL
from tests.supplies import create_supply, read

EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
STILL_EVE = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)
NEW_YEAR_IN_PARIS = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
SUMMER_NIGHT = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)  # 0:30 on 1 August, two hours ahead


@pytest.fixture
async def alert(session, cast, alice):
    dwelling = await create_dwelling(session, cast.utility, alice)
    await read_half_years(session, dwelling, *USUAL, 180)
    (found,) = (await detect_leaks(session, datetime(2026, 11, 30, 23, 30, tzinfo=UTC), AreaMeans())).alerts
    return found


async def test_the_month_to_answer_begins_with_the_day_in_paris(alert):
    assert alert.answer_until == NEW_YEAR  # told on 1 December, at half past midnight


@pytest.mark.parametrize(("now", "is_late"), [(STILL_EVE, False), (NEW_YEAR_IN_PARIS, False)])
async def test_a_certificate_on_the_last_day_is_in_time_by_the_clock_of_paris(session, alice, alert, now, is_late):
    await send_certificate(session, alice, alert.id, draft(repaired_on=date(2026, 12, 30)), kept(), now)

    assert (await read_file(session, alice, alert.id, NEW_YEAR)).is_late is is_late


async def test_a_certificate_half_an_hour_after_the_last_day_is_late(session, alice, alert):
    after = NEW_YEAR_IN_PARIS + timedelta(days=1)
    await send_certificate(session, alice, alert.id, draft(repaired_on=date(2026, 12, 30)), kept(), after)

    assert (await read_file(session, alice, alert.id, NEW_YEAR)).is_late


async def test_what_was_repaired_today_in_paris_is_not_to_come(session, alice, alert):
    with pytest.raises(CertificateRefused) as refused:
        await send_certificate(session, alice, alert.id, draft(repaired_on=NEW_YEAR), kept(), STILL_EVE)
    assert refused.value.word == "date"

    sent = await send_certificate(session, alice, alert.id, draft(repaired_on=NEW_YEAR), kept(), NEW_YEAR_IN_PARIS)
    assert (sent.repaired_on, sent.sent_at) == (NEW_YEAR, NEW_YEAR_IN_PARIS)


async def test_a_reading_of_new_years_night_is_of_the_new_year(session, alice, chloe):
    supply = await create_supply(session, alice)
    await read(session, supply.meter)
    new = SentDraft(521_000, NEW_YEAR)
    with pytest.raises(Invalid, match="à venir"):
        await send_reading(session, alice, supply.contract.number, new, STILL_EVE, EVE)
    sent = await send_reading(session, alice, supply.contract.number, new, NEW_YEAR_IN_PARIS, NEW_YEAR)

    kept_reading = await accept_reading(session, chloe, sent.id, NEW_YEAR_IN_PARIS)
    assert (kept_reading.read_on, kept_reading.received_at) == (NEW_YEAR, NEW_YEAR_IN_PARIS)


@pytest.mark.parametrize(("now", "invited"), [(STILL_EVE, 0), (NEW_YEAR_IN_PARIS, 1)])
async def test_a_campaign_opens_at_midnight_in_paris(session, cast, alice, chloe, now, invited):
    await create_dwelling(session, cast.utility, alice)
    asked = CampaignDraft(cast.utility.id, "Relève de janvier", NEW_YEAR, date(2027, 1, 31))
    await launch_campaign(session, chloe, asked, STILL_EVE, EVE)

    assert await write_invitations(session, now) == invited


async def test_a_campaign_closes_and_reminds_at_midnight_in_paris(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    asked = CampaignDraft(cast.utility.id, "Relève d’été", date(2026, 7, 1), date(2026, 8, 1), date(2026, 8, 1))
    july = datetime(2026, 7, 1, 9, tzinfo=UTC)
    await launch_campaign(session, chloe, asked, july, date(2026, 7, 1))
    assert await write_invitations(session, july) == 1

    assert await write_reminders(session, SUMMER_NIGHT - timedelta(hours=1)) == 0
    assert await write_reminders(session, SUMMER_NIGHT + timedelta(days=1)) == 0  # it has closed
    assert await write_reminders(session, SUMMER_NIGHT) == 1
    assert await write_reminders(session, SUMMER_NIGHT) == 0


async def test_a_new_day_of_telemetry_is_looked_at_in_the_night_that_brings_it(session, cast, alice):
    dwelling = await create_dwelling(session, cast.utility, alice)
    dwelling.meter.is_telemetered = True
    await session.flush()
    await count_days(session, dwelling, "2026-12-31", (400, 12), (400, 12))

    (alert,) = (await detect_episodes(session, STILL_EVE)).alerts
    assert (alert.period_start, alert.period_end) == (EVE, EVE)  # the second day is to come
    assert (await detect_episodes(session, NEW_YEAR_IN_PARIS)).alerts == []
    assert (alert.period_end, alert.litres) == (NEW_YEAR, 800)


async def test_a_reading_of_31_december_ends_the_year_that_the_graph_says(session, alice):
    supply = await create_supply(session, alice, meter={"is_telemetered": True})
    await read(session, supply.meter, ("2026-06-30", 461), ("2026-12-31", 521), kind=ReadingKind.TELEMETERED)
    reader = await reader_of(session)
    tenure = await find_tenure(reader, alice, supply.contract.number)
    told = await find_history(reader, tenure)

    chart = await find_chart(reader, tenure, told, View.PERIODS, "")
    assert (chart.bars[-1].start, chart.bars[-1].end, chart.known_on) == (date(2026, 7, 1), EVE, EVE)


async def test_a_leak_read_in_the_first_half_hour_is_told_with_the_month_of_the_new_year(session, cast, alice):
    dwelling = await create_dwelling(session, cast.utility, alice)
    await read_half_years(session, dwelling, *USUAL, 60)
    await read_at(session, dwelling, "2027-01-01", 1_000)

    (alert,) = (await detect_leaks(session, NEW_YEAR_IN_PARIS, AreaMeans())).alerts
    assert (alert.period_end, alert.answer_until) == (NEW_YEAR, date(2027, 2, 1))
