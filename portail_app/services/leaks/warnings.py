"""Tells of a leak by mail, in the transaction that records it: every address once, and how many were written to."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, DeliveryPoint, LeakAlert, MailEvent, Utility
from portail_app.mails import leaks as words
from portail_app.mails.access import Sender
from portail_app.reading import reader_of
from portail_app.services.contract_people import find_addressees
from portail_app.services.leaks.alerts import address_of
from portail_app.services.mails import write_mail
from portail_app.settings import settings


async def warn(session: AsyncSession, alerts: Sequence[LeakAlert], today: date) -> None:
    if not alerts:
        return
    contract_ids = {alert.contract_id for alert in alerts}
    addressees = await find_addressees(await reader_of(session), contract_ids, today)
    places = await _read_places(session, contract_ids)
    for alert in alerts:
        place, sender = places[alert.contract_id]
        recipients = addressees.get(alert.contract_id, [])
        written = 0
        for recipient in recipients:
            mail_id = await write_mail(
                session,
                event_key=f"fuite-{alert.id}-{recipient.email}"[:120],
                utility_id=alert.utility_id,
                recipient=recipient.email,
                subject=words.SUBJECTS[alert.kind],
                text=words.warning(alert, place, sender),
                event=MailEvent.LEAK,
            )
            written += mail_id is not None  # who refuses such mails is told on paper
        alert.mailed_to = written
    await session.flush()


async def _read_places(session: AsyncSession, contract_ids: set[int]) -> dict[int, tuple[words.Place, Sender]]:
    known = (
        select(Contract, DeliveryPoint, Utility)
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
        .join(Utility, col(Utility.id) == col(Contract.utility_id))
        .where(col(Contract.id).in_(contract_ids))
    )
    return {
        contract.id or 0: (
            words.Place(contract.number, address_of(point)),
            Sender(utility.name, settings().url),
        )
        for contract, point, utility in await session.exec(known)
    }
