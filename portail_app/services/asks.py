"""What is asked of a subscriber now, about their contracts: to look for a leak, to read a meter."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Date, Integer, String, and_, bindparam, case, literal, not_, null, select, union_all
from sqlmodel import col

from models import CampaignContract, Contract, LeakAlert, LeakKind, ReadingCampaign
from portail_app.reading import Prepared, Reader
from portail_app.services import contracts
from portail_app.services.campaign_progress import has_answered
from portail_app.services.leaks import alerts
from portail_app.viewer import Scope, Viewer

DAYS_TOLD = timedelta(days=10)
"""How long a warning of telemetry stays once its last day is over."""


class AskKind(StrEnum):
    VOLUME = "volume_anormal"
    TELEMETRY = "telereleve"
    READING = "releve"


@dataclass(frozen=True, slots=True)
class Ask:
    """`until` is the last day to answer; of telemetry, the last day on which it was seen. `id` is the alert's or the
    campaign's."""

    kind: AskKind
    id: int
    contract: str
    until: date
    litres: int | None = None
    mean_litres: int | None = None


async def list_asks(reader: Reader, viewer: Viewer, today: date) -> tuple[Ask, ...]:
    """Of the viewer's own contracts, also for who is staff besides; the most urgent first. One leak is told once: what
    telemetry saw of it is left to its page. A meter is to be read by who may send what it shows."""
    found = await reader.rows(_ASKS, **viewer.bounds, today=today, told_since=today - DAYS_TOLD)
    asks = [Ask(AskKind(kind), *rest) for kind, *rest in found]
    leaking = {ask.contract for ask in asks if ask.kind is AskKind.VOLUME}
    return tuple(ask for ask in asks if ask.kind is not AskKind.TELEMETRY or ask.contract not in leaking)


_TODAY = bindparam("today", type_=Date)
_IS_VOLUME = col(LeakAlert.kind) == LeakKind.VOLUME
_LEAKS = (
    select(
        case((_IS_VOLUME, AskKind.VOLUME.value), else_=AskKind.TELEMETRY.value).label("kind"),
        col(LeakAlert.id),
        col(Contract.number),
        case((_IS_VOLUME, col(LeakAlert.answer_until)), else_=col(LeakAlert.period_end)).label("until"),
        col(LeakAlert.litres),
        col(LeakAlert.mean_litres),
    )
    .join(Contract, col(Contract.id) == col(LeakAlert.contract_id))
    .where(
        alerts.READABLE[Scope.SUBSCRIBER],
        col(LeakAlert.certified_at).is_(None),
        col(LeakAlert.closed_at).is_(None),
        col(LeakAlert.refused_at).is_(None),
        case(
            (_IS_VOLUME, col(LeakAlert.answer_until) >= _TODAY),
            else_=col(LeakAlert.period_end) >= bindparam("told_since", type_=Date),
        ),
    )
)
_READINGS: Any = (
    select(
        literal(AskKind.READING.value, String).label("kind"),
        col(ReadingCampaign.id),
        col(Contract.number),
        col(ReadingCampaign.closes_on).label("until"),
        null().cast(Integer),
        null().cast(Integer),
    )
    .select_from(CampaignContract)
    .join(ReadingCampaign, col(ReadingCampaign.id) == col(CampaignContract.campaign_id))
    .join(Contract, col(Contract.id) == col(CampaignContract.contract_id))
    .where(
        contracts.ACTED_FOR,
        and_(col(ReadingCampaign.opens_on) <= _TODAY, col(ReadingCampaign.closes_on) >= _TODAY),
        col(ReadingCampaign.stopped_at).is_(None),
        not_(has_answered()),
    )
)
_RANKED = union_all(_LEAKS, _READINGS).subquery()
_ASKS = Prepared(select(_RANKED).order_by(_RANKED.c.kind.desc(), _RANKED.c.until, _RANKED.c.number))
