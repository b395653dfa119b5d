"""Paid payments, and what the treasury's statement says of them."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, PaymentAllocation, PaymentAttempt, PaymentMode, Receipt, StatementLine, Utility
from portail_app.services.reconciliation import Fold, ReconciliationQuery, list_reconciled
from portail_app.viewer import Viewer
from tests.factories import TODAY, create_invoice, save

PAID_ON = date(2026, 11, 20)
BEFORE, AFTER = PAID_ON - timedelta(days=1), PAID_ON + timedelta(days=1)


async def create_receipt(
    session: AsyncSession, owner: Viewer, reference: str, day: date = PAID_ON, *, authorisation: str = "", **values
) -> Receipt:
    """Alice has paid 243,11 € at noon of that day, unless told otherwise; the refdet is that of an earlier try too."""
    invoice = await create_invoice(session, owner, number=f"2026-020-{reference}")
    defaults = {
        "reference": f"PORTAIL{reference}",
        "utility_id": invoice.utility_id,
        "account_id": owner.account_id,
        "state": AttemptState.PAID,
        "amount_cents": 24311,
        "refdet": f"2026020{reference}",
        "client": "004200",
        "mode": PaymentMode.TEST,
        "fiscal_year": 2026,
        "subject": "Facture",
        "payer_email": "alice@example.fr",
    }
    attempt = await save(session, PaymentAttempt(**{**defaults, **values}))
    covered = {"attempt_id": attempt.id, "invoice_id": invoice.id, "amount_cents": attempt.amount_cents}
    await save(session, PaymentAllocation(invoice_number=invoice.number, **covered))
    return await save(
        session,
        Receipt(
            attempt_id=attempt.id,
            number=f"R{attempt.id}",
            amount_cents=attempt.amount_cents,
            paid_at=datetime(day.year, day.month, day.day, 11, tzinfo=UTC),
            authorisation=authorisation,
        ),
    )


async def create_line(
    session: AsyncSession, utility: Utility, reference: str, day: date = PAID_ON, **values
) -> StatementLine:
    defaults = {"amount_cents": 24311, **values}
    return await save(session, StatementLine(utility_id=utility.id, reference=reference, paid_on=day, **defaults))


async def told(session: AsyncSession, viewer: Viewer, fold: Fold = Fold.ALL, **query) -> list[tuple]:
    """How each payment agrees, and its amount on either side; the lines that only cover a day are left out."""
    page = await list_reconciled(session, viewer, ReconciliationQuery(fold, **query), TODAY)
    return [(one.agreement, one.here_cents, one.there_cents) for one in page.payments if "BORNE" not in one.reference]


async def cover(session: AsyncSession, utility: Utility) -> None:
    """The statement has lines before and after the day."""
    for day in (BEFORE, AFTER):
        await create_line(session, utility, f"BORNE{day.day}", day)
