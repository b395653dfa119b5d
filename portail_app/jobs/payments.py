"""Payments are asked about until their result is known: at their hours, and whenever something hints at one."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import transaction
from portail_app.gateways.payfip import PayFiPClient, PayFiPFailure, PaymentDetail
from portail_app.gateways.payfip_access import payfip_client
from portail_app.jobs.app import app, defer
from portail_app.services.payments.attempts import claim_due_attempts, make_due
from portail_app.services.payments.checks import find_question, record_answer
from portail_app.viewer import Viewer

AT_ONCE = 5
MOST_A_SWEEP = 100
LEASE = timedelta(minutes=10)  # longer than a sweep whose every call times out
QUEUE = "payments"

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="payments.sweep", queue=QUEUE, queueing_lock="payments.sweep")
async def sweep_every_minute(timestamp: int) -> None:
    await sweep_payments(datetime.now(UTC))


@app.task(name="payments.check", queue=QUEUE)
async def check_at_once(attempt_id: int) -> None:
    await check_payment(attempt_id, datetime.now(UTC))


async def defer_check(session: AsyncSession, attempt_id: int) -> None:
    name = f"payments.check {attempt_id}"
    await defer(session, "payments.check", {"attempt_id": attempt_id}, queue=QUEUE, once=name)


async def hint_at_result(now: datetime, *, idop: str = "", reference: str = "") -> None:
    """Somebody says that this payment may have a result: it is asked for at once, by a job, or by the next sweep."""
    async with transaction(Viewer.system()) as session:
        attempt_id = await make_due(session, now, idop=idop, reference=reference)
        if attempt_id is not None:
            await defer_check(session, attempt_id)


async def sweep_payments(now: datetime) -> int:
    """Check the payments whose hour has come, a few at a time; how many. What a crash leaves comes back later."""
    async with transaction(Viewer.system()) as session:
        due = await claim_due_attempts(session, now, now + LEASE, MOST_A_SWEEP)
    if due:
        async with payfip_client() as payfip:
            turns = asyncio.Semaphore(AT_ONCE)
            await asyncio.gather(*(_check_in_turn(turns, payfip, attempt_id, now) for attempt_id in due))
    return len(due)


async def check_payment(attempt_id: int, now: datetime, *, unless_within: timedelta = timedelta(0)) -> None:
    """Ask PayFiP about one payment and act on what it says; nothing is done where the result is known already, or
    was asked for within that time."""
    async with payfip_client() as payfip:
        await _check(payfip, attempt_id, now, unless_within)


async def _check_in_turn(turns: asyncio.Semaphore, payfip: PayFiPClient, attempt_id: int, now: datetime) -> None:
    """One that fails does not keep the others from being checked."""
    async with turns:
        try:
            await _check(payfip, attempt_id, now, timedelta(0))
        except Exception:
            log.exception("Payment %s could not be checked", attempt_id)


async def _check(payfip: PayFiPClient, attempt_id: int, now: datetime, unless_within: timedelta) -> None:
    async with transaction(Viewer.system()) as session:
        idop = await find_question(session, attempt_id, now, unless_within)
    if idop is None:
        return
    answer = await _ask(payfip, idop)
    async with transaction(Viewer.system()) as session:
        await record_answer(session, attempt_id, answer, now)


async def _ask(payfip: PayFiPClient, idop: str) -> PaymentDetail | PayFiPFailure:
    try:
        return await payfip.read_payment(idop)
    except PayFiPFailure as failure:
        return failure
