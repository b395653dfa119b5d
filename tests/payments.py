"""Payments for tests: attempts in any state, and a viewer who may only see."""

from dataclasses import replace
from itertools import count

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, PaymentAllocation, PaymentAttempt, PaymentMode
from portail_app.viewer import Viewer
from tests.factories import NOW, save

_references = count(1)


def see_only(viewer: Viewer) -> Viewer:
    """The same person, with the hold of a delegate who may not pay."""
    return replace(viewer, payable_subscriber_ids=frozenset())


async def create_attempt(session: AsyncSession, payer: Viewer, *invoices: Invoice, **values) -> PaymentAttempt:
    """An attempt of what these invoices owe, prepared a moment ago unless told otherwise."""
    defaults = {
        "reference": f"ATTEMPT{next(_references):05d}",
        "utility_id": invoices[0].utility_id,
        "account_id": payer.account_id,
        "amount_cents": sum(invoice.balance_cents for invoice in invoices),
        "refdet": invoices[0].number.replace("-", ""),
        "client": "004200",
        "mode": PaymentMode.TEST,
        "fiscal_year": 2026,
        "subject": "Facture",
        "payer_email": payer.email,
        "created_at": NOW,
    }
    attempt = await save(session, PaymentAttempt(**{**defaults, **values}))
    for invoice in invoices:
        await save(
            session,
            PaymentAllocation(
                attempt_id=attempt.id,
                invoice_id=invoice.id,
                invoice_number=invoice.number,
                amount_cents=invoice.balance_cents,
            ),
        )
    return attempt
