"""What was paid online in the demonstration, what the treasury's statement says of it, and a statement to send."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    Account,
    AttemptState,
    Invoice,
    PaymentAllocation,
    PaymentAttempt,
    Receipt,
    StaffRank,
    StatementLine,
    Utility,
)
from portail_app.services.difference_explanations import explain_difference
from portail_app.services.holds import holder_of
from portail_app.viewer import Viewer

AGREED, DIFFERENT, TO_COME = timedelta(days=6), timedelta(days=5), timedelta(days=2)
RETAINED_CENTS = 100
EXPLANATION = "Un euro retenu par erreur par la banque, rendu le lendemain : vu avec la trésorerie."
HEADER = "collectivite;reference_paiement;date_paiement;montant;autorisation"
STATEMENT = "releve-a-importer.csv"


async def pay_in_the_demonstration(session: AsyncSession, payer: Account, agent: Account, now: datetime) -> list[str]:
    """Once. Of three bills paid online one agrees with the statement, one does not, which Chloé has explained, and one
    waits for the next: the lines of that statement, to be sent by hand; none where all is there already."""
    if (await session.exec(select(StatementLine.id).limit(1))).first() is not None:
        return []
    bills = await _find_paid_bills(session, payer)
    if len(bills) < 3:
        return []
    agreed, different, waiting = [
        await _settle(session, payer, bill, now - ago)
        for bill, ago in zip(bills, (AGREED, DIFFERENT, TO_COME), strict=True)
    ]
    _write_line(session, agreed, now - AGREED)
    line = _write_line(session, different, now - DIFFERENT, less=RETAINED_CENTS)
    await session.flush()
    chloe = Viewer(agent.id, ranks={different.utility_id: StaffRank.MANAGER})
    await explain_difference(session, chloe, line.id, None, EXPLANATION, now - timedelta(days=1))
    utility = await session.get_one(Utility, waiting.utility_id)
    return list(_statement(utility, agreed, now - AGREED)) + list(_rest(utility, waiting, now - TO_COME))


def write_statement(folder: Path, lines: list[str]) -> None:
    """Beside the other files, where an import of the folder does not meet it."""
    if lines:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / STATEMENT).write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")


async def _find_paid_bills(session: AsyncSession, payer: Account) -> list[Invoice]:
    viewer = await holder_of(session, payer)
    paid = select(Invoice).where(
        col(Invoice.subscriber_id).in_(viewer.subscriber_ids),
        Invoice.amount_cents > RETAINED_CENTS,
        Invoice.billed_paid_cents >= Invoice.amount_cents,
        col(Invoice.debited_on).is_(None),
    )
    return list((await session.exec(paid.order_by(col(Invoice.issued_on).desc()).limit(3))).all())


async def _settle(session: AsyncSession, payer: Account, bill: Invoice, at: datetime) -> PaymentAttempt:
    utility = await session.get_one(Utility, bill.utility_id)
    refdet = "".join(filter(str.isdigit, bill.number))
    attempt = PaymentAttempt(
        reference=f"DEMO{refdet}",
        utility_id=bill.utility_id,
        account_id=payer.id or 0,
        state=AttemptState.PAID,
        amount_cents=bill.amount_cents,
        refdet=refdet,
        client=utility.payfip_client or "",
        mode=utility.payfip_mode,
        fiscal_year=bill.issued_on.year,
        subject=f"Facture {bill.number}",
        payer_email=payer.email,
        created_at=at,
        settled_at=at,
    )
    session.add(attempt)
    await session.flush()
    _cover(session, attempt, bill, at)
    await session.flush()
    return attempt


def _cover(session: AsyncSession, attempt: PaymentAttempt, bill: Invoice, at: datetime) -> None:
    assert attempt.id is not None
    assert bill.id is not None
    cents = attempt.amount_cents
    allocated = PaymentAllocation(
        attempt_id=attempt.id, invoice_id=bill.id, invoice_number=bill.number, amount_cents=cents
    )
    receipt = Receipt(
        attempt_id=attempt.id,
        number=f"R-{attempt.refdet}",
        amount_cents=cents,
        paid_at=at,
        authorisation=_authorisation(attempt),
    )
    session.add_all([allocated, receipt])


def _write_line(session: AsyncSession, attempt: PaymentAttempt, at: datetime, *, less: int = 0) -> StatementLine:
    line = StatementLine(
        utility_id=attempt.utility_id,
        reference=attempt.refdet,
        paid_on=at.date(),
        amount_cents=attempt.amount_cents - less,
        authorisation=_authorisation(attempt),
    )
    session.add(line)
    return line


def _statement(utility: Utility, attempt: PaymentAttempt, at: datetime) -> Iterator[str]:
    amount = f"{attempt.amount_cents / 100:.2f}".replace(".", ",")
    yield f"{utility.code};{attempt.refdet};{at:%d/%m/%Y};{amount};{_authorisation(attempt)}"


def _rest(utility: Utility, attempt: PaymentAttempt, at: datetime) -> Iterator[str]:
    """Also a payment that the portal does not know, and a line that is refused."""
    yield from _statement(utility, attempt, at)
    yield f"{utility.code};VIREMENT-118;{at:%d/%m/%Y};42,00;"
    yield f"{utility.code};{attempt.refdet};{at:%d/%m/%Y};douze euros;"


def _authorisation(attempt: PaymentAttempt) -> str:
    return f"{(attempt.id or 0) * 7919 % 1_000_000:06d}-tip"
