"""Payment attempts: who may read which, and the one that is abandoned."""

from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models import AttemptState, PaymentAllocation, PaymentAttempt
from portail_app.errors import NotFound
from portail_app.viewer import Viewer

UNFINISHED = (AttemptState.PREPARED, AttemptState.PENDING)


async def find_attempt(session: AsyncSession, viewer: Viewer, reference: str) -> PaymentAttempt:
    """As the database has it now, not as this session may have read it before."""
    if not reference.isalnum():
        raise NotFound("Paiement")
    wanted = _readable_by(viewer).where(PaymentAttempt.reference == reference)
    attempt = (await session.exec(wanted, execution_options={"populate_existing": True})).one_or_none()
    if attempt is None:
        raise NotFound("Paiement")
    return attempt


async def list_allocations(session: AsyncSession, attempt: PaymentAttempt) -> list[PaymentAllocation]:
    wanted = select(PaymentAllocation).where(PaymentAllocation.attempt_id == attempt.id)
    return list((await session.exec(wanted.order_by(col(PaymentAllocation.id)))).all())


async def abandon_attempt(session: AsyncSession, viewer: Viewer, reference: str) -> None:
    """Frees its invoices for another payment. PayFiP is still asked: what is paid late revives it."""
    attempt = await find_attempt(session, viewer, reference)
    if attempt.account_id != viewer.account_id:
        raise NotFound("Paiement")
    await session.exec(
        update(PaymentAttempt)
        .where(col(PaymentAttempt.id) == attempt.id, col(PaymentAttempt.state).in_(UNFINISHED))
        .values(state=AttemptState.CANCELLED)
    )


async def make_due(session: AsyncSession, now: datetime, *, idop: str = "", reference: str = "") -> int | None:
    """The attempt of that idOp or reference whose check is now due; None where there is none, or it was due already.
    For the portal's own work: whoever notifies proves nothing."""
    named = col(PaymentAttempt.idop) == idop if idop else col(PaymentAttempt.reference) == reference
    appointment = col(PaymentAttempt.next_check_at)
    hinted = (
        update(PaymentAttempt)
        .where(named, col(PaymentAttempt.idop).is_not(None), col(PaymentAttempt.state).in_(_CHECKED))
        .where(appointment.is_(None) | (appointment > now))
        .values(next_check_at=now)
        .returning(col(PaymentAttempt.id))
    )
    return (await session.exec(hinted)).scalar_one_or_none()


async def claim_due_attempts(session: AsyncSession, now: datetime, lease_until: datetime, most: int) -> list[int]:
    """Takes the attempts whose check is due until `lease_until`: another worker skips them, a crash gives them back."""
    due = (
        select(PaymentAttempt.id)
        .where(col(PaymentAttempt.state).in_(_CHECKED), col(PaymentAttempt.next_check_at) <= now)
        .order_by(col(PaymentAttempt.next_check_at))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    claimed = (
        update(PaymentAttempt)
        .where(col(PaymentAttempt.id).in_(due))
        .values(next_check_at=lease_until)
        .returning(col(PaymentAttempt.id))
    )
    return [attempt_id for attempt_id in (await session.exec(claimed)).scalars() if attempt_id is not None]


_CHECKED = [state for state in AttemptState if state is not AttemptState.PAID]


def _readable_by(viewer: Viewer) -> SelectOfScalar[PaymentAttempt]:
    if viewer.is_system:
        return select(PaymentAttempt)
    mine = col(PaymentAttempt.account_id) == (viewer.account_id or 0)
    return select(PaymentAttempt).where(mine | col(PaymentAttempt.utility_id).in_(viewer.staffed_utility_ids))
