"""What waits for staff, in their utilities."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, LeakAlert, Mail, PaymentAttempt
from portail_app.errors import Forbidden
from portail_app.services.filing import IS_WAITING
from portail_app.services.leaks.desk import TO_DECIDE
from portail_app.services.payment_review import NEEDS_HUMAN
from portail_app.services.reading_desk import count_waiting_readings
from portail_app.services.reconciliation import count_unexplained
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Waiting:
    payments: int = 0
    mails: int = 0
    readings: int = 0
    leaks: int = 0
    differences: int = 0
    documents: int = 0


async def count_waiting(session: AsyncSession, viewer: Viewer, today: date) -> Waiting:
    """Payments that need a human, mails that failed and have not been sent since, readings to validate, leaks to
    decide of, differences with the treasury's statement that nobody has explained, and deposits not filed yet."""
    if not viewer.is_staff:
        raise Forbidden
    own = viewer.staffed_utility_ids
    payments = select(func.count()).where(col(PaymentAttempt.utility_id).in_(own), NEEDS_HUMAN)
    mails = select(func.count()).where(
        col(Mail.utility_id).in_(own), col(Mail.sent_at).is_(None), col(Mail.last_error) != ""
    )
    documents = select(func.count()).where(col(Document.utility_id).in_(own), IS_WAITING)
    leaks = select(func.count()).where(col(LeakAlert.utility_id).in_(own), TO_DECIDE)
    return Waiting(
        payments=(await session.exec(payments)).one(),
        mails=(await session.exec(mails)).one(),
        readings=await count_waiting_readings(session, viewer),
        leaks=(await session.exec(leaks)).one(),
        differences=await count_unexplained(session, viewer, today),
        documents=(await session.exec(documents)).one(),
    )
