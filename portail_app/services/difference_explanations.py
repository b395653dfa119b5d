"""Staff say why a payment differs from the treasury's statement; what they said before is replaced."""

from datetime import datetime

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from models import DifferenceExplanation, StaffRank
from portail_app.errors import Invalid, NotFound
from portail_app.formats import euros
from portail_app.services import audit
from portail_app.services.permissions import require_rank
from portail_app.services.reconciliation import Fold, ReconciledPayment, find_reconciled
from portail_app.viewer import Viewer

LONGEST_REASON = 300
EXPLAINABLE = (Fold.OPEN, Fold.EXPLAINED)


async def explain_difference(
    session: AsyncSession, viewer: Viewer, line_id: int | None, receipt_id: int | None, reason: str, now: datetime
) -> DifferenceExplanation:
    """Of the payment that has that line or, without one, that receipt. Raises Invalid where nothing differs."""
    payment = await find_reconciled(session, viewer, line_id, receipt_id, now.date())
    if payment is None:
        raise NotFound("Paiement")
    account_id = require_rank(viewer, payment.utility_id, StaffRank.MANAGER)
    if payment.fold not in EXPLAINABLE:
        raise Invalid("Ce paiement n’a pas d’écart à expliquer.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Invalid(f"Indiquez un motif, de {LONGEST_REASON} caractères au plus.", field="motif")
    explanation = await _replace(session, payment, reason.strip(), account_id, now)
    _record(session, viewer, payment, explanation.reason)
    await session.flush()
    return explanation


async def _replace(
    session: AsyncSession, payment: ReconciledPayment, reason: str, account_id: int, now: datetime
) -> DifferenceExplanation:
    line_id, receipt_id = payment.line_id, payment.receipt_id if payment.line_id is None else None
    own = (
        col(DifferenceExplanation.line_id).is_not_distinct_from(line_id),
        col(DifferenceExplanation.receipt_id).is_not_distinct_from(receipt_id),
    )
    await session.exec(delete(DifferenceExplanation).where(*own))
    explanation = DifferenceExplanation(
        utility_id=payment.utility_id,
        line_id=line_id,
        receipt_id=receipt_id,
        difference_cents=payment.difference_cents,
        reason=reason,
        explained_at=now,
        explained_by=account_id,
    )
    session.add(explanation)
    return explanation


def _record(session: AsyncSession, viewer: Viewer, payment: ReconciledPayment, reason: str) -> None:
    details = {"jour": payment.day.isoformat(), "écart": euros(payment.difference_cents), "motif": reason}
    audit.record(session, viewer, "Écart expliqué", payment.reference, utility_id=payment.utility_id, details=details)
