"""What must be true once everything has settled, whatever went wrong on the way."""

from collections import Counter, defaultdict

from models import AttemptState, Invoice, InvoiceStatus, PaymentAllocation, PaymentAttempt
from portail_app.database import transaction
from portail_app.services.payables import read_payables
from tests.paying.desk import SYSTEM, Desk

MINUTES = (1.1, 2, 3, 4, 6, 4, 10, 30, 60)


async def let_two_hours_pass(desk: Desk) -> None:
    for minutes in MINUTES:
        desk.advance(minutes)
        await desk.sweep()


async def check_every_invoice(desk: Desk, invoices: list[Invoice]) -> int:
    """What PayFiP took is settled once, with its receipt and its mail; what it did not take can be paid now. How many
    were taken."""
    taken = {payment["refdet"] for payment in desk.payfip.state()["payments"].values() if payment["resultrans"] == "P"}
    attempts = await _attempts_by_invoice(desk)
    receipts = Counter(receipt.attempt_id for receipt in await desk.receipts())
    obstacles = await _obstacles(desk, invoices)
    by_id = {invoice.id: invoice for invoice in await desk.rows(Invoice)}
    for invoice in invoices:
        is_taken = invoice.number.replace("-", "") in taken
        _check_invoice(by_id[invoice.id], attempts[invoice.id], receipts, is_taken=is_taken)
        assert ("déjà réglée" in obstacles[invoice.id]) if is_taken else obstacles[invoice.id] == ""
    assert set(receipts.values()) <= {1}
    assert len(await desk.mails()) == len(receipts)
    return len(receipts)


def _check_invoice(invoice: Invoice, attempts: list[PaymentAttempt], receipts: Counter, *, is_taken: bool) -> None:
    assert (invoice.status is InvoiceStatus.PAID) == is_taken
    assert invoice.paid_cents == (invoice.amount_cents if is_taken else 0)
    paid = [attempt for attempt in attempts if attempt.state is AttemptState.PAID]
    assert [receipts[attempt.id] for attempt in paid] == [1] * is_taken


async def _attempts_by_invoice(desk: Desk) -> dict[int, list[PaymentAttempt]]:
    attempts = {attempt.id: attempt for attempt in await desk.rows(PaymentAttempt)}
    by_invoice = defaultdict(list)
    for allocation in await desk.rows(PaymentAllocation):
        by_invoice[allocation.invoice_id].append(attempts[allocation.attempt_id])
    return by_invoice


async def _obstacles(desk: Desk, invoices: list[Invoice]) -> dict[int, str]:
    ids = [invoice.id for invoice in invoices]
    async with transaction(SYSTEM) as session:
        found = await read_payables(session, desk.town.alice.viewer, ids, desk.now)
    return {payable.invoice.id: payable.obstacle for payable in found}
