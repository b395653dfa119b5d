"""Contracts: who may follow which, and during which time."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Integer, String, any_, bindparam, case, exists, func, or_, select, true
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, ContractParty, DeliveryPoint, PartyRole
from portail_app.errors import NotFound
from portail_app.reading import Prepared, Reader, reader_of
from portail_app.services.rows import made, shown
from portail_app.viewer import Scope, Viewer

_FOLLOWED = (
    or_(col(ContractParty.role) == PartyRole.PAYER, col(ContractParty.role) == PartyRole.OCCUPANT),
    col(ContractParty.contract_id) == col(Contract.id),
)
_OWN = col(ContractParty.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer)))
_ACTED_FOR = col(ContractParty.subscriber_id) == any_(bindparam("acting_ids", type_=ARRAY(Integer)))
_FOLLOWING = (_OWN, *_FOLLOWED)
ACTED_FOR = exists().where(_ACTED_FOR, *_FOLLOWED)
"""In the name of whose payer or occupant the viewer may send things to the service."""
READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(Contract.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: exists().where(*_FOLLOWING),
}
"""The one rule of who reads which contract: payers and occupants, not an owner who is neither."""


@dataclass(frozen=True, slots=True)
class Tenure:
    """A contract, and the time of it that the viewer may see: theirs for a party, all of it for staff. `may_act` where
    they are more than a delegate who may only see."""

    contract: Contract
    point: DeliveryPoint
    since: date
    until: date | None
    may_act: bool


async def find_tenure(reader: Reader, viewer: Viewer, number: str) -> Tenure:
    found = await reader.rows(_statement(viewer.scope, is_one=True), number=number, **viewer.bounds)
    if not found:
        raise NotFound("Contrat")
    return _tenure(found[0])


async def list_tenures(reader: Reader, viewer: Viewer) -> list[Tenure]:
    """Open contracts first, the newest first."""
    found = await reader.rows(_statement(viewer.scope, is_one=False), **viewer.bounds)
    return [_tenure(row) for row in found]


async def find_tenure_within(session: AsyncSession, viewer: Viewer, number: str) -> Tenure:
    """Inside a transaction."""
    return await find_tenure(await reader_of(session), viewer, number)


@cache
def _statement(scope: Scope, *, is_one: bool) -> Prepared:
    columns = (*shown(Contract), *shown(DeliveryPoint), *_time(scope), ACTED_FOR)
    wanted = select(*columns).join_from(Contract, DeliveryPoint).where(READABLE[scope])
    if is_one:
        return Prepared(wanted.where(col(Contract.number) == bindparam("number", type_=String)).limit(1))
    newest = (col(Contract.ended_on).is_not(None), col(Contract.started_on).desc(), col(Contract.number))
    return Prepared(wanted.order_by(*newest))


def _time(scope: Scope) -> tuple[Any, Any]:
    """From when, and until when; PostgreSQL's `least` and `greatest` pass over what is not told."""
    started, ended = col(Contract.started_on), col(Contract.ended_on)
    if scope is not Scope.SUBSCRIBER:
        return started, ended
    since, until = col(ContractParty.since), col(ContractParty.until)
    first = select(func.min(func.coalesce(since, started))).where(*_FOLLOWING)
    last = select(case((func.bool_or(until.is_(None)), None), else_=func.max(until))).where(*_FOLLOWING)
    return (
        func.greatest(started, first.correlate(Contract).scalar_subquery()),
        func.least(ended, last.correlate(Contract).scalar_subquery()),
    )


def _tenure(row: tuple[Any, ...]) -> Tenure:
    contract, rest = made(Contract, row)
    point, (since, until, may_act) = made(DeliveryPoint, rest)
    return Tenure(contract, point, since, until, may_act)
