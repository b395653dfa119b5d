"""What staff see of leaks: the files that wait for them, those that wait for the subscriber, and what was decided."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, DeliveryPoint, LeakAlert, LeakKind
from portail_app.database import execute_sql
from portail_app.errors import Forbidden
from portail_app.services.leaks.alerts import PlacedAlert, address_of
from portail_app.viewer import Viewer

PAGE = 100
_DECIDED = or_(
    col(LeakAlert.accepted_at).is_not(None),
    col(LeakAlert.refused_at).is_not(None),
    col(LeakAlert.closed_at).is_not(None),
)
_LATEST_AT = func.coalesce(
    col(LeakAlert.accepted_at), col(LeakAlert.refused_at), col(LeakAlert.closed_at), col(LeakAlert.recorded_at)
)
_IS_FILE = col(LeakAlert.kind) == LeakKind.VOLUME
TO_DECIDE = and_(_IS_FILE, not_(_DECIDED), col(LeakAlert.certified_at).is_not(None))


class LeakTab(StrEnum):
    """By the words of the page's address."""

    TO_DECIDE = "a-decider"
    AWAITED = "attendues"
    UNTOLD = "sans-adresse"
    TELEMETRY = "telereleve"
    DECIDED = "decidees"


_OF_TAB: dict[LeakTab, ColumnElement[bool]] = {
    LeakTab.TO_DECIDE: TO_DECIDE,
    LeakTab.AWAITED: and_(_IS_FILE, not_(_DECIDED), col(LeakAlert.certified_at).is_(None)),
    LeakTab.UNTOLD: and_(_IS_FILE, not_(_DECIDED), col(LeakAlert.mailed_to) == 0),
    LeakTab.TELEMETRY: not_(_IS_FILE),
    LeakTab.DECIDED: and_(_IS_FILE, _DECIDED),
}


@dataclass(frozen=True, slots=True)
class LeakPage:
    """The rows of one tab, and how many each tab has."""

    rows: tuple[PlacedAlert, ...]
    counts: dict[str, int]


async def list_leaks(session: AsyncSession, viewer: Viewer, tab: LeakTab, *, search: str = "") -> LeakPage:
    """Of the viewer's utilities: the first to be due first, or what was decided last. A search is a part of a
    contract's number or of an address."""
    if not viewer.is_staff:
        raise Forbidden
    own = col(LeakAlert.utility_id).in_(viewer.staffed_utility_ids)
    counts = await _count(session, own)
    wanted = (
        select(LeakAlert, Contract, DeliveryPoint)
        .join(Contract, col(Contract.id) == col(LeakAlert.contract_id))
        .join(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
        .where(own, _OF_TAB[tab])
    )
    if search:
        wanted = wanted.where(_matches(search))
    is_latest_first = tab in (LeakTab.DECIDED, LeakTab.TELEMETRY)
    order = (_LATEST_AT.desc(), col(LeakAlert.id).desc()) if is_latest_first else (LeakAlert.answer_until, LeakAlert.id)
    found = await session.exec(wanted.order_by(*order).limit(PAGE))
    return LeakPage(
        tuple(PlacedAlert(alert, contract.number, address_of(point)) for alert, contract, point in found), counts
    )


async def _count(session: AsyncSession, own: ColumnElement[bool]) -> dict[str, int]:
    """By the word of each tab."""
    columns: Any = [func.count().filter(of_tab) for of_tab in _OF_TAB.values()]
    counted = (await execute_sql(session, select(*columns).where(own))).one()
    return {tab.value: count for tab, count in zip(_OF_TAB, counted, strict=True)}


def _matches(search: str) -> ColumnElement[bool]:
    return or_(
        col(Contract.number).icontains(search, autoescape=True),
        col(DeliveryPoint.address).icontains(search, autoescape=True),
        col(DeliveryPoint.city).icontains(search, autoescape=True),
    )
