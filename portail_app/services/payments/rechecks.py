"""Staff want a payment asked about again, when its own schedule is over or too slow."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, StaffRank
from portail_app.errors import Invalid
from portail_app.services import audit
from portail_app.services.payments.attempts import find_attempt
from portail_app.services.payments.schedule import RESULT_READABLE_FOR
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer


async def ask_again(session: AsyncSession, viewer: Viewer, reference: str, now: datetime) -> int:
    """Staff want a payment checked now, up to a year after it began: the attempt whose check is then due."""
    attempt = await find_attempt(session, viewer, reference)
    require_rank(viewer, attempt.utility_id, StaffRank.MANAGER)
    if attempt.id is None or attempt.opened_at is None or attempt.state is AttemptState.PAID:
        raise Invalid("Ce paiement n’a rien à vérifier auprès de PayFiP.")
    if now - attempt.opened_at > RESULT_READABLE_FOR:
        raise Invalid("PayFiP ne garde le résultat d’un paiement qu’un an.")
    attempt.next_check_at = now
    audit.record(session, viewer, "Paiement vérifié de nouveau", attempt.reference, utility_id=attempt.utility_id)
    await session.flush()
    return attempt.id
