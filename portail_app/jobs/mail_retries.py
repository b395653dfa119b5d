"""When a mail that was not sent is tried again: its row says, or at once where only the portal was at fault."""

from asyncio import CancelledError
from datetime import datetime

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from portail_app.errors import Unavailable

SECONDS_OF_PATIENCE = 10  # with a database that is away, or a worker that was told to stop: the mail is as it was


class NotSent(Exception):
    """Noted in the mail's row already; says when to try again, or never."""

    def __init__(self, retry_at: datetime | None) -> None:
        super().__init__(f"retry at {retry_at}")
        self.retry_at = retry_at


class WhenTheMailSays(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, NotSent) and exception.retry_at is not None:
            return RetryDecision(retry_at=exception.retry_at)
        if isinstance(exception, Unavailable | CancelledError):
            return RetryDecision(retry_in={"seconds": SECONDS_OF_PATIENCE})
        return None
