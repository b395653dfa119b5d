"""One reading a day of a meter; of what a subscriber sends, one waits, and its state follows from what was done."""

from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from models import DailyVolume, Reading, ReadingKind, SentReading, SentReadingState
from tests.dwellings import create_dwelling, read_at
from tests.factories import NOW, save

DONE = ("withdrawn_at", "accepted_at", "refused_at")


@pytest.mark.parametrize(
    ("done", "state"),
    [
        ((), SentReadingState.WAITING),
        (("accepted_at",), SentReadingState.ACCEPTED),
        (("refused_at",), SentReadingState.REFUSED),
        (("withdrawn_at",), SentReadingState.WITHDRAWN),
    ],
)
def test_the_state_of_what_was_sent_is_what_was_last_done_to_it(done, state):
    sent = SentReading(**dict.fromkeys(done, NOW))

    assert sent.state is state
    assert sent.model_dump()["state"] is state


@pytest.mark.parametrize(("key", "has_photo"), [(None, False), ("0" * 64, True)])
def test_a_page_knows_that_there_is_a_photo_and_neither_where_it_is_nor_who_decided(key, has_photo):
    shown = SentReading(index_litres=1, read_on=date(2026, 11, 20), photo_key=key, decided_by=7).model_dump()

    assert shown["has_photo"] is has_photo
    assert not {"photo_key", "decided_by"} & shown.keys()


@pytest.fixture
async def home(session, cast, alice):
    return await create_dwelling(session, cast.utility, alice)


async def test_a_meter_has_one_reading_a_day_whatever_their_kinds(session, home):
    await read_at(session, home, "2026-06-30", 100, ReadingKind.ESTIMATED)
    await read_at(session, home, "2026-07-01", 100)

    with pytest.raises(IntegrityError, match="uq_reading_meter_id_read_on"):
        await read_at(session, home, "2026-06-30", 101)


async def test_a_day_of_telemetry_is_counted_once(session, home):
    day = {"meter_id": home.meter.id, "day": date(2026, 6, 30), "volume_litres": 300}
    await save(session, DailyVolume(**day))
    session.expunge_all()

    with pytest.raises(IntegrityError, match="pk_daily_volume"):
        await save(session, DailyVolume(**day))


async def test_of_a_meter_one_sent_reading_waits(session, home, alice):
    await save(session, sent_of(home, alice))

    with pytest.raises(IntegrityError, match="uq_sent_reading_waiting"):
        await save(session, sent_of(home, alice, index_litres=2, read_on=date(2026, 11, 21)))


@pytest.mark.parametrize("done", DONE)
async def test_once_it_is_decided_or_withdrawn_another_may_wait(session, home, alice, done):
    for past in range(2):
        await save(session, sent_of(home, alice, **{done: NOW - timedelta(days=past)}))

    assert (await save(session, sent_of(home, alice))).state is SentReadingState.WAITING


async def test_a_reading_is_one_that_was_read_unless_told_otherwise(session, home):
    reading = Reading(meter_id=home.meter.id, read_on=date(2026, 6, 30), index_litres=0)
    await save(session, reading)
    await session.refresh(reading)

    assert (reading.kind, reading.received_at, reading.comment) == (ReadingKind.READ, None, "")


def sent_of(home, viewer, **values) -> SentReading:
    usual = {"index_litres": 1, "read_on": date(2026, 11, 20), "sent_at": NOW, "sent_by": viewer.account_id}
    place = {"utility_id": home.contract.utility_id, "contract_id": home.contract.id, "meter_id": home.meter.id}
    return SentReading(**{**usual, **place, **values})
