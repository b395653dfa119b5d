"""How a payment stands: as it was last known, or once PayFiP has been asked."""

from datetime import timedelta

from models import AttemptState
from portail_app.database import transaction
from portail_app.jobs.payments import check_payment
from portail_app.services.payments.status import PaymentStatus, read_status
from portail_app.states.clock import now
from portail_app.viewer import Viewer

ASKED_AT_MOST_EVERY = timedelta(seconds=5)


async def read_payment(viewer: Viewer, reference: str) -> PaymentStatus:
    async with transaction(viewer) as session:
        return await read_status(session, viewer, reference, now())


async def ask_once(viewer: Viewer, reference: str) -> PaymentStatus:
    """The payment as it is once PayFiP has been asked, unless it was a moment ago."""
    status = await read_payment(viewer, reference)
    if status.attempt.state is not AttemptState.PENDING or status.attempt.id is None:
        return status
    await check_payment(status.attempt.id, now(), unless_within=ASKED_AT_MOST_EVERY)
    return await read_payment(viewer, reference)
