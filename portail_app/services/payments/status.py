"""Where a payment stands for who pays: what the page shows, and what can be done there."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import AttemptState, PaymentAllocation, PaymentAttempt, Receipt, Utility
from portail_app.services.payments.attempts import UNFINISHED, find_attempt, list_allocations
from portail_app.services.payments.opening import find_opening_obstacle
from portail_app.services.payments.receipts import find_receipt
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """`obstacle` is why it cannot leave for PayFiP; empty where it can, for the first time or again."""

    attempt: PaymentAttempt
    allocations: tuple[PaymentAllocation, ...]
    receipt: Receipt | None
    obstacle: str
    opens_popup: bool

    @property
    def may_change(self) -> bool:
        """Whether the page has something to wait for."""
        return self.attempt.state in UNFINISHED


async def read_status(session: AsyncSession, viewer: Viewer, reference: str, now: datetime) -> PaymentStatus:
    attempt = await find_attempt(session, viewer, reference)
    utility = await session.get_one(Utility, attempt.utility_id)
    is_unfinished = attempt.state in UNFINISHED
    return PaymentStatus(
        attempt=_shown(attempt),
        allocations=tuple(await list_allocations(session, attempt)),
        receipt=await find_receipt(session, attempt) if attempt.state is AttemptState.PAID else None,
        obstacle=await find_opening_obstacle(session, viewer, attempt, now) if is_unfinished else "",
        opens_popup=utility.payfip_opens_popup,
    )


def _shown(attempt: PaymentAttempt) -> PaymentAttempt:
    """Without the words for staff: what a page holds and does not show is sent to its browser all the same."""
    return PaymentAttempt.model_construct(None, **attempt.model_dump() | {"trouble": ""})
