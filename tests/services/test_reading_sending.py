"""Sending a reading at the edges: the first day and the last, the length of a comment, two people at once."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models import ContractParty, Meter, Reading, ReadingKind, SentReading, SentReadingState
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound
from portail_app.reading import reader_of
from portail_app.services.contracts import find_tenure
from portail_app.services.reading_checks import SentDraft, check_reading
from portail_app.services.reading_desk import count_waiting_readings, list_review
from portail_app.services.reading_review import accept_reading, refuse_reading
from portail_app.services.reading_sending import ALREADY_WAITING, LONGEST_COMMENT, Doubtful
from portail_app.services.sent_readings import MOST_SHOWN, find_sent, list_sent, withdraw_reading
from tests.at_once import begun
from tests.factories import NOW, TODAY, save
from tests.services.staff import damien_of_elsewhere
from tests.supplies import create_supply, read, send

DAY = timedelta(days=1)


@pytest.fixture
async def supply(session, alice):
    hers = await create_supply(session, alice)
    await read(session, hers.meter)
    return hers


@pytest.mark.parametrize(
    ("time", "is_hers"),
    [
        ({"since": TODAY}, True),
        ({"since": TODAY + DAY}, False),
        ({"until": TODAY}, True),
        ({"until": TODAY - DAY}, False),
        ({"started_on": TODAY}, True),
        ({"ended_on": TODAY - DAY}, False),
    ],
)
async def test_the_first_day_and_the_last_are_hers_to_read_on(session, alice, time, is_hers):
    supply = await create_supply(session, alice, **time)

    if is_hers:
        assert (await send(session, alice, supply)).state is SentReadingState.WAITING
    else:
        with pytest.raises(Invalid, match="pas le vôtre") as refused:
            await send(session, alice, supply)
        assert refused.value.field == "read_on"


async def test_a_newcomer_is_judged_by_the_index_that_was_left_and_not_by_how_the_former_one_lived(session, bruno):
    """A cubic metre a day before: a hundred litres a day since are no surprise."""
    supply = await create_supply(session, bruno, since=date(2026, 7, 1))
    await read(session, supply.meter, ("2025-06-30", 0), ("2025-12-31", 184), ("2026-06-30", 365))
    reader = await reader_of(session)

    verdict = await check_reading(reader, bruno, supply.contract.number, SentDraft(380_000, TODAY), TODAY)

    assert (verdict.doubt, verdict.litres, verdict.since) == ("", 15_000, date(2026, 6, 30))


async def test_after_a_replacement_the_new_meter_is_the_one_that_is_read(session, alice, supply):
    supply.meter.removed_on, supply.meter.removed_index_litres = date(2026, 8, 1), 470_000
    where = {"utility_id": supply.point.utility_id, "delivery_point_id": supply.point.id}
    newer = await save(session, Meter(serial="NEUF", installed_on=date(2026, 8, 1), **where))

    sent = await send(session, alice, supply, 35)

    assert (sent.meter_id, sent.doubt) == (newer.id, "")


async def test_a_comment_of_a_thousand_characters_is_kept(session, alice, supply):
    assert (await send(session, alice, supply, comment="x" * LONGEST_COMMENT)).comment == "x" * LONGEST_COMMENT


async def test_what_is_refused_or_doubted_leaves_nothing(session, alice, supply):
    with pytest.raises(Doubtful):
        await send(session, alice, supply, 600)
    with pytest.raises(Invalid):
        await send(session, alice, supply, comment="x" * (LONGEST_COMMENT + 1))
    with pytest.raises(Invalid):
        await send(session, alice, supply, read_on=TODAY + DAY)

    assert (await session.exec(select(SentReading))).all() == []


async def test_who_lives_there_too_is_told_that_one_waits_and_sends_none_over_it(session, alice, bruno, supply):
    (bruno_id,) = bruno.subscriber_ids
    party = {"contract_id": supply.contract.id, "subscriber_id": bruno_id, "role": "occupant"}
    await save(session, ContractParty(**party))
    hers = await send(session, alice, supply)

    with pytest.raises(Invalid, match="Une autre personne a déjà transmis une relève"):
        await send(session, bruno, supply)

    assert (await session.exec(select(SentReading.sent_by))).all() == [alice.account_id]
    with pytest.raises(NotFound):
        await find_sent(session, bruno, hers.id)


async def test_the_same_index_of_another_day_is_another_reading(session, alice, supply):
    await send(session, alice, supply)

    with pytest.raises(Invalid, match=ALREADY_WAITING):
        await send(session, alice, supply, read_on=TODAY - DAY)


async def test_what_was_refused_is_sent_again_and_both_are_told_of(session, alice, chloe, supply):
    first = await send(session, alice, supply)
    await refuse_reading(session, chloe, first.id, "Photo illisible.", NOW)
    second = await send(session, alice, supply)
    reader = await reader_of(session)

    shown = await list_sent(reader, alice, await find_tenure(reader, alice, supply.contract.number))

    assert [(one.id, one.state) for one in shown] == [
        (second.id, SentReadingState.WAITING),
        (first.id, SentReadingState.REFUSED),
    ]


async def test_she_sees_the_five_that_she_sent_last(session, alice, supply):
    sent = []
    for past in range(MOST_SHOWN + 1):
        sent.append(await send(session, alice, supply, read_on=TODAY - past * DAY))
        await withdraw_reading(session, alice, sent[-1].id, NOW)
    reader = await reader_of(session)

    shown = await list_sent(reader, alice, await find_tenure(reader, alice, supply.contract.number))

    assert [one.id for one in shown] == [one.id for one in reversed(sent)][:MOST_SHOWN]


async def test_staff_of_elsewhere_neither_find_nor_count_what_was_sent(session, alice, chloe, supply):
    sent = await send(session, alice, supply)
    damien = await damien_of_elsewhere(session)

    with pytest.raises(NotFound):
        await find_sent(session, damien, sent.id)
    assert [await count_waiting_readings(session, who) for who in (chloe, damien)] == [1, 0]


async def test_staff_see_what_has_waited_longest_first_then_what_was_decided_last(session, alice, chloe):
    supplies = [await create_supply(session, alice) for _ in range(4)]
    sent = [await send(session, alice, supply, 10 + place) for place, supply in enumerate(supplies)]
    for decided in sent[:2]:
        await accept_reading(session, chloe, decided.id, NOW)

    assert [row.index_litres for row in await list_review(session, chloe)] == [12_000, 13_000, 11_000, 10_000]
    assert len(await list_review(session, chloe, limit=3)) == 3


async def test_staff_judge_by_the_newest_reading_of_the_meter(session, alice, chloe, supply):
    await send(session, alice, supply)

    (row,) = await list_review(session, chloe)

    assert (row.last_read_on, row.last_index_litres) == (date(2026, 6, 30), 461_000)
    assert (row.serial, row.contract, row.has_photo) == (supply.meter.serial, supply.contract.number, False)


async def test_an_import_that_brought_the_same_index_meanwhile_changes_nothing_to_what_is_accepted(
    session, alice, chloe, supply
):
    sent = await send(session, alice, supply)
    imported = Reading(meter_id=supply.meter.id, read_on=TODAY, index_litres=509_000, kind=ReadingKind.READ)
    await save(session, imported)

    kept = await accept_reading(session, chloe, sent.id, NOW)

    assert (kept.id, kept.kind, sent.state) == (imported.id, ReadingKind.READ, SentReadingState.ACCEPTED)


async def test_an_index_is_corrected_to_nothing_where_the_meter_shows_nothing(session, alice, chloe, supply):
    sent = await send(session, alice, supply)

    kept = await accept_reading(session, chloe, sent.id, NOW, instead_litres=0)

    assert (kept.index_litres, sent.corrected_index_litres) == (0, 0)


async def test_a_withdrawal_while_staff_accept_is_told_that_they_answered(town):
    async with transaction(town.alice.viewer) as session:
        supply = await create_supply(session, town.alice.viewer)
        sent = await send(session, town.alice.viewer, supply)

    async def withdraw() -> None:
        async with transaction(town.alice.viewer) as other:
            seen = await find_sent(other, town.alice.viewer, sent.id)
            assert seen.state is SentReadingState.WAITING
            await withdraw_reading(other, town.alice.viewer, sent.id, NOW)

    async with transaction(town.chloe.viewer) as session:
        await accept_reading(session, town.chloe.viewer, sent.id, NOW)
        withdrawing = await begun(withdraw())

    with pytest.raises(Invalid, match="le service a répondu"):
        await withdrawing


async def test_two_readings_of_a_meter_at_once_are_one_that_waits_and_one_that_is_told_so(town):
    async with transaction(town.alice.viewer) as session:
        supply = await create_supply(session, town.alice.viewer)

    async def send_other() -> None:
        async with transaction(town.alice.viewer) as other:
            await send(other, town.alice.viewer, supply, 510)

    async with transaction(town.alice.viewer) as session:
        await send(session, town.alice.viewer, supply, 509)
        sending = await begun(send_other())

    with pytest.raises(Invalid, match="attend déjà"):
        await sending
