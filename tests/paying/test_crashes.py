"""`kill -9` between any two steps of a payment: nothing is lost, nothing is paid twice."""

import asyncio
import os
import sys

from models import Invoice
from portail_app.database import transaction
from tests.factories import create_invoice
from tests.paying.desk import SYSTEM, Desk
from tests.paying.outcome import check_every_invoice, let_two_hours_pass

MOST_STEPS = 80


async def test_a_payment_killed_at_any_step_is_paid_once_or_not_at_all(desk):
    desk.payfip.behave(notification="lost")
    async with transaction(SYSTEM) as session:
        invoices = [await create_invoice(session, desk.town.alice.viewer) for _ in range(MOST_STEPS)]

    steps = await kill_at_every_step(desk, invoices)
    await let_two_hours_pass(desk)

    assert 25 < steps < MOST_STEPS
    paid = await check_every_invoice(desk, invoices[:steps])
    assert 5 < paid < steps - 5


async def kill_at_every_step(desk: Desk, invoices: list[Invoice]) -> int:
    arguments = [desk.town.alice.token, desk.now.isoformat(), *(str(invoice.id) for invoice in invoices)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.paying.killed", *arguments, stdout=asyncio.subprocess.PIPE, env=dict(os.environ)
    )
    said, _ = await process.communicate()
    return int(said)
