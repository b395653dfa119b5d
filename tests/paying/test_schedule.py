"""Who asks PayFiP, and when: the sweep, and staff."""

import asyncio
from datetime import timedelta

import pytest

from models import AttemptState, Receipt
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.formats import PARIS
from portail_app.jobs.payments import LEASE
from portail_app.services.payments.rechecks import ask_again
from portail_app.services.payments.schedule import next_check
from tests.factories import save
from tests.paying.desk import SYSTEM
from tests.payments import create_attempt


async def test_the_sweep_checks_what_is_due_and_only_that(desk):
    desk.payfip.behave(notification="lost")
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)

    assert await desk.sweep() == 0
    desk.advance(1.1)
    assert await desk.sweep() == 1
    assert (await desk.fresh(attempt)).state is AttemptState.PAID
    assert await desk.sweep() == 0


async def test_two_sweeps_at_once_share_the_work(desk):
    desk.payfip.behave(notification="lost")
    attempts = [await desk.begin(await desk.invoice()) for _ in range(6)]
    for _, idop in attempts:
        desk.payfip.pay(idop)
    desk.advance(1.1)

    checked = await asyncio.gather(*(desk.sweep() for _ in range(3)))

    assert sum(checked) == 6
    assert len(await desk.receipts()) == 6


async def test_a_payment_that_cannot_be_written_keeps_no_other_from_being_settled(desk):
    desk.payfip.behave(notification="lost")
    (stuck, stuck_idop), (other, other_idop) = [await desk.begin(await desk.invoice()) for _ in range(2)]
    for idop in (stuck_idop, other_idop):
        desk.payfip.pay(idop)
    number = f"R{desk.now.astimezone(PARIS).year}-{stuck.id:06d}"
    async with transaction(SYSTEM) as session:
        elsewhere = await create_attempt(session, desk.town.alice.viewer, await desk.invoice(), state=AttemptState.PAID)
        taken = Receipt(attempt_id=elsewhere.id, number=number, amount_cents=1, paid_at=desk.now)
        await save(session, taken)
    desk.advance(1.1)

    assert await desk.sweep() == 2
    assert (await desk.fresh(other)).state is AttemptState.PAID
    assert (await desk.fresh(stuck)).state is AttemptState.PENDING

    async with transaction(SYSTEM) as session:
        await session.delete(await session.get_one(Receipt, taken.id))
    desk.advance(LEASE / timedelta(minutes=1))
    await desk.sweep()
    assert (await desk.fresh(stuck)).state is AttemptState.PAID


async def test_a_lost_notification_is_made_up_for_by_the_schedule(desk):
    desk.payfip.behave(notification="lost")
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.behave(notification="lost", result_after_minutes=45)
    desk.payfip.pay(idop)
    for minute in (1.1, 2, 3, 4, 6, 4, 10, 30):
        desk.advance(minute)
        await desk.sweep()

    assert (await desk.fresh(attempt)).state is AttemptState.PAID


async def test_a_check_that_was_made_moves_the_appointment(desk):
    attempt, _ = await desk.begin(await desk.invoice())
    opened = (await desk.fresh(attempt)).opened_at
    desk.advance(1.1)

    await desk.sweep()

    moved = await desk.fresh(attempt)
    assert moved.next_check_at == next_check(opened, desk.now)
    assert moved.checks == 1


async def test_staff_may_have_a_payment_asked_about_for_a_year(desk):
    attempt, _ = await desk.begin(await desk.invoice())
    chloe = desk.town.chloe.viewer
    async with transaction(chloe) as session:
        await ask_again(session, chloe, attempt.reference, desk.now + timedelta(days=300))
        with pytest.raises(Invalid, match="un an"):
            await ask_again(session, chloe, attempt.reference, desk.now + timedelta(days=366))


async def test_a_subscriber_cannot_have_a_payment_asked_about_again(desk):
    attempt, _ = await desk.begin(await desk.invoice())

    for person, refusal in ((desk.town.alice, Forbidden), (desk.town.bruno, NotFound)):
        with pytest.raises(refusal):
            async with transaction(person.viewer) as session:
                await ask_again(session, person.viewer, attempt.reference, desk.now)
