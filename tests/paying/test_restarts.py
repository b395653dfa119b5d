"""The database restarted under load: whoever pays is told to try again, and pays once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import psycopg

from models import Invoice
from portail_app.database import database_url, transaction
from portail_app.errors import NotPayable, Unavailable
from portail_app.services.payables import list_payables
from portail_app.services.payments.attempts import find_attempt
from tests.factories import create_invoice
from tests.paying.desk import SYSTEM, Desk
from tests.paying.outcome import check_every_invoice, let_two_hours_pass

PAYMENTS = 12


@dataclass
class Patience:
    """A payer who presses again when told that the service is unavailable."""

    desk: Desk
    refusals: list[BaseException] = field(default_factory=list)

    async def until_done(self, step, *given):
        for _ in range(200):
            try:
                return await step(*given)
            except Unavailable as trouble:
                self.refusals.append(trouble)
                await asyncio.sleep(0.05)
        raise AssertionError("nothing works any more")

    async def pay(self, invoice: Invoice) -> None:
        attempt = await self.until_done(self.prepare_or_resume, invoice)
        idop = await self.until_done(self.desk.leave, attempt)
        await asyncio.to_thread(self.desk.payfip.pay, idop)
        await self.until_done(self.desk.check, attempt)

    async def prepare_or_resume(self, invoice: Invoice):
        """A connection lost at the commit leaves a doubt: the payment may have begun, and is then resumed."""
        with suppress(NotPayable):
            return await self.desk.prepare(invoice)
        alice = self.desk.town.alice.viewer
        async with transaction(alice) as session:
            listed = await list_payables(session, alice, self.desk.now)
            (reference,) = [payable.resume for payable in listed if payable.invoice.id == invoice.id]
            return await find_attempt(session, alice, reference)


@asynccontextmanager
async def restarting_database() -> AsyncIterator[list[int]]:
    """Every connection is cut, again and again, as by a server that stops: how many, each time."""
    cut: list[int] = []
    task = asyncio.create_task(_cut_often(cut))
    try:
        yield cut
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _cut_often(cut: list[int]) -> None:
    async with await psycopg.AsyncConnection.connect(database_url(), autocommit=True) as connection:
        for _ in range(60):
            await asyncio.sleep(0.05)
            found = await connection.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            (count,) = await found.fetchone()
            cut.append(count)


async def test_payments_made_while_the_database_restarts_are_paid_once(desk):
    desk.payfip.behave(notification="lost")
    async with transaction(SYSTEM) as session:
        invoices = [await create_invoice(session, desk.town.alice.viewer) for _ in range(PAYMENTS)]
    payer = Patience(desk)

    async with restarting_database() as cut:
        await asyncio.gather(*(payer.pay(invoice) for invoice in invoices))
    await payer.until_done(let_two_hours_pass, desk)

    assert sum(cut) > 5
    assert payer.refusals
    assert await check_every_invoice(desk, invoices) == PAYMENTS
