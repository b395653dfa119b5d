"""Tells of a leak by mail, in the transaction that records it: every address once, and how many were written to."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, DeliveryPoint, LeakAlert, MailEvent, Utility
from portail_app.mails import leaks as words
from portail_app.mails.access import Sender
from portail_app.services.contract_mails import ContractMail, sender_of, write_to_people
from portail_app.services.leaks.alerts import address_of


async def warn(session: AsyncSession, alerts: Sequence[LeakAlert], today: date) -> None:
    if not alerts:
        return
    places = await _read_places(session, {alert.contract_id for alert in alerts})
    mails = [_mail(alert, *places[alert.contract_id]) for alert in alerts]
    for alert, written in zip(alerts, await write_to_people(session, mails, today), strict=True):
        alert.mailed_to = written
    await session.flush()


def _mail(alert: LeakAlert, place: words.Place, sender: Sender) -> ContractMail:
    return ContractMail(
        key=f"fuite-{alert.id}",
        utility_id=alert.utility_id,
        contract_id=alert.contract_id,
        subject=words.SUBJECTS[alert.kind],
        text=words.warning(alert, place, sender),
        event=MailEvent.LEAK,
    )


async def _read_places(session: AsyncSession, contract_ids: set[int]) -> dict[int, tuple[words.Place, Sender]]:
    known = (
        select(Contract, DeliveryPoint, Utility)
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
        .join(Utility, col(Utility.id) == col(Contract.utility_id))
        .where(col(Contract.id).in_(contract_ids))
    )
    return {
        contract.id or 0: (words.Place(contract.number, address_of(point)), sender_of(utility))
        for contract, point, utility in await session.exec(known)
    }
