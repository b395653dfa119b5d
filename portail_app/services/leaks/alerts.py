"""Leak alerts: who reads which, and what is written under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, bindparam, exists, or_, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, ContractParty, DeliveryPoint, LeakAlert, LeakCertificate, LeakKind, PartyRole, Subscriber
from portail_app.errors import NotFound
from portail_app.viewer import Scope, Viewer

READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(LeakAlert.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: exists().where(
        col(ContractParty.contract_id) == col(LeakAlert.contract_id),
        col(ContractParty.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer))),
        or_(col(ContractParty.role) == PartyRole.PAYER, col(ContractParty.role) == PartyRole.OCCUPANT),
        or_(col(ContractParty.since).is_(None), col(ContractParty.since) <= col(LeakAlert.period_end)),
        or_(col(ContractParty.until).is_(None), col(ContractParty.until) >= col(LeakAlert.period_start)),
    ),
}
"""The one rule of who reads which alert: the payers and occupants of its period, as for readings."""


@dataclass(frozen=True, slots=True)
class PlacedAlert:
    """An alert with where it leaks."""

    alert: LeakAlert
    contract: str
    address: str


async def find_alert(session: AsyncSession, viewer: Viewer, alert_id: int, *, to_write: bool = False) -> LeakAlert:
    """`to_write` holds it until the transaction ends: two decisions never cross."""
    wanted = select(LeakAlert).where(READABLE[viewer.scope], LeakAlert.id == alert_id).params(**viewer.bounds)
    found = (await session.exec(wanted.with_for_update(of=LeakAlert) if to_write else wanted)).one_or_none()
    if found is None:
        raise NotFound("Alerte fuite")
    return found


async def find_placed(session: AsyncSession, viewer: Viewer, alert_id: int) -> PlacedAlert:
    found = (await session.exec(_placed(viewer).where(LeakAlert.id == alert_id))).one_or_none()
    if found is None:
        raise NotFound("Alerte fuite")
    return _of_row(*found)


async def list_of_contract(session: AsyncSession, viewer: Viewer, number: str) -> list[PlacedAlert]:
    """The newest first."""
    wanted = _placed(viewer).where(Contract.number == number)
    found = await session.exec(wanted.order_by(col(LeakAlert.period_end).desc(), col(LeakAlert.id).desc()))
    return [_of_row(*row) for row in found]


def choose_alert(placed: Sequence[PlacedAlert], wanted: int | None) -> PlacedAlert | None:
    """The one that is wanted, else the newest file that is not decided, else the newest."""
    named = [one for one in placed if one.alert.id == wanted]
    files = [one for one in placed if one.alert.kind is LeakKind.VOLUME and not one.alert.is_decided]
    return next(iter([*named, *files, *placed]), None)


async def list_certificates(session: AsyncSession, alert: LeakAlert) -> list[LeakCertificate]:
    """Of an alert that the viewer was allowed to find, in the order in which they came."""
    wanted = select(LeakCertificate).where(LeakCertificate.alert_id == alert.id).order_by(col(LeakCertificate.id))
    return list((await session.exec(wanted)).all())


async def find_payer(session: AsyncSession, alert: LeakAlert) -> Subscriber | None:
    """Who was billed at the end of the period."""
    payer = (
        select(Subscriber)
        .join(ContractParty, col(ContractParty.subscriber_id) == col(Subscriber.id))
        .where(ContractParty.contract_id == alert.contract_id, ContractParty.role == PartyRole.PAYER)
        .where((col(ContractParty.since) <= alert.period_end) | col(ContractParty.since).is_(None))
        .where((col(ContractParty.until) >= alert.period_end) | col(ContractParty.until).is_(None))
    )
    return (await session.exec(payer)).first()


def _placed(viewer: Viewer) -> Any:
    joined = (
        select(LeakAlert, Contract, DeliveryPoint)
        .join(Contract, col(Contract.id) == col(LeakAlert.contract_id))
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
    )
    return joined.where(READABLE[viewer.scope]).params(**viewer.bounds)


def _of_row(alert: LeakAlert, contract: Contract, point: DeliveryPoint) -> PlacedAlert:
    return PlacedAlert(alert, contract.number, address_of(point))


def address_of(point: DeliveryPoint) -> str:
    """In one line."""
    town = " ".join(filter(None, (point.postal_code, point.city)))
    return ", ".join(filter(None, (point.address, town)))
