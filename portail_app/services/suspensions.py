"""Suspensions of online payment: staff stop and resume it for a utility, and no payment slips past."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import PaymentSuspension, StaffRank, Utility
from portail_app.errors import Invalid, NotFound, NotPayable
from portail_app.services import audit
from portail_app.services.paging import FIRST_PAGE, Page, Sought, read_page
from portail_app.services.payability import SUSPENDED
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

LONGEST = timedelta(days=366)
LONGEST_REASON = 300


async def suspend_payments(
    session: AsyncSession, viewer: Viewer, utility_id: int, reason: str, until: datetime | None, now: datetime
) -> PaymentSuspension:
    """Takes the place of the suspension that holds, if one does. Subscribers read the reason."""
    account_id = require_rank(viewer, utility_id, StaffRank.MANAGER)
    _check_wording(reason, until, now)
    await _lock(session, utility_id, alone=True)
    for former in await list_current(session, now, [utility_id]):
        _end(former, account_id, now)
    suspension = PaymentSuspension(
        utility_id=utility_id, reason=reason.strip(), suspended_at=now, suspended_by=account_id, until=until
    )
    session.add(suspension)
    details = {"motif": suspension.reason, "jusqu’au": until.isoformat() if until else None}
    audit.record(session, viewer, "Paiement suspendu", "Paiement en ligne", utility_id=utility_id, details=details)
    await session.flush()
    return suspension


async def resume_payments(session: AsyncSession, viewer: Viewer, utility_id: int, now: datetime) -> None:
    account_id = require_rank(viewer, utility_id, StaffRank.MANAGER)
    await _lock(session, utility_id, alone=True)
    current = await list_current(session, now, [utility_id])
    if not current:
        raise Invalid("Le paiement n’est pas suspendu.")
    for suspension in current:
        _end(suspension, account_id, now)
    audit.record(session, viewer, "Paiement repris", "Paiement en ligne", utility_id=utility_id)
    await session.flush()


async def check_not_suspended(session: AsyncSession, utility_id: int, now: datetime) -> None:
    """To call inside the transaction that commits a payment attempt: what was suspended before is refused, and a
    suspension that comes during that transaction waits for it. Raises NotPayable."""
    await _lock(session, utility_id, alone=False)
    if await list_current(session, now, [utility_id]):
        raise NotPayable(SUSPENDED)


async def list_current(
    session: AsyncSession, now: datetime, utility_ids: Iterable[int] | None = None
) -> list[PaymentSuspension]:
    """Those that hold now, at most one a utility; of every utility where `utility_ids` is None."""
    holding = select(PaymentSuspension).where(
        col(PaymentSuspension.resumed_at).is_(None),
        or_(col(PaymentSuspension.until).is_(None), col(PaymentSuspension.until) > now),
    )
    if utility_ids is not None:
        holding = holding.where(col(PaymentSuspension.utility_id).in_(list(utility_ids)))
    return list((await session.exec(holding)).all())


async def list_history(session: AsyncSession, viewer: Viewer, sought: Sought = FIRST_PAGE) -> Page[PaymentSuspension]:
    """For staff, the newest first."""
    known = select(PaymentSuspension).where(col(PaymentSuspension.utility_id).in_(viewer.staffed_utility_ids))
    return await read_page(session, known.order_by(col(PaymentSuspension.id).desc()), sought)


def _check_wording(reason: str, until: datetime | None, now: datetime) -> None:
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Indiquez un motif, de {LONGEST_REASON} caractères au plus.", field="reason")
    if until is not None and not now < until <= now + LONGEST:
        raise Invalid("La date de reprise doit être à venir, dans l’année.", field="until")


async def _lock(session: AsyncSession, utility_id: int, *, alone: bool) -> None:
    """Staff who suspend or resume hold the utility alone; payments hold it together, until they commit."""
    row = select(Utility.id).where(Utility.id == utility_id)
    locked = row.with_for_update(key_share=True) if alone else row.with_for_update(read=True)
    if (await session.exec(locked)).one_or_none() is None:
        raise NotFound("Collectivité")


def _end(suspension: PaymentSuspension, account_id: int, now: datetime) -> None:
    suspension.resumed_at = now
    suspension.resumed_by = account_id
