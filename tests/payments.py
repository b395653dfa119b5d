"""Payments for tests: attempts in any state, and a viewer who may only see."""

from dataclasses import replace
from itertools import count

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Invoice, Mail, MailBody, PaymentAllocation, PaymentAttempt, PaymentMode
from portail_app.gateways.payfip import PaymentDetail
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


def answer(attempt: PaymentAttempt, **values) -> PaymentDetail:
    """What PayFiP says of that attempt, paid by card at 10:30 in Paris, unless told otherwise."""
    told = {
        "idop": attempt.idop or "11111111-2222-3333-4444-555555555555",
        "numcli": attempt.client,
        "exer": "20",
        "refdet": attempt.refdet,
        "objet": attempt.subject,
        "amount_cents": attempt.amount_cents,
        "mel": attempt.payer_email,
        "saisie": attempt.mode.value,
        "resultrans": "P",
        "numauto": "112233445566-tip",
        "transacted_at": NOW,
        "raw_xml": "<resultat/>",
    }
    return PaymentDetail(**{**told, **values})


async def written_mails(session: AsyncSession) -> list[tuple[Mail, str]]:
    """Each with its text, in the order in which they were written."""
    wanted = select(Mail, MailBody.text).join(MailBody, col(MailBody.mail_id) == Mail.id).order_by(col(Mail.id))
    return list((await session.exec(wanted)).all())
