"""The letters of reading campaigns, a chunk after the other: what a crash leaves is written at the next turn."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import transaction
from portail_app.jobs.app import app
from portail_app.services.campaign_letters import write_invitations, write_reminders
from portail_app.services.campaigns import QUEUE, TASK
from portail_app.viewer import Viewer


@app.periodic(cron="*/10 7-20 * * *")
@app.task(name=TASK, queue=QUEUE, queueing_lock=TASK, lock=TASK)
async def write_regularly(timestamp: int = 0) -> None:
    await write_letters(datetime.now(UTC))


async def write_letters(now: datetime) -> int:
    """How many contracts were written about."""
    invited = await _go_through(lambda session: write_invitations(session, now))
    return invited + await _go_through(lambda session: write_reminders(session, now))


async def _go_through(write: Callable[[AsyncSession], Awaitable[int]]) -> int:
    total = 0
    while True:
        async with transaction(Viewer.system()) as session:
            written = await write(session)
        total += written
        if not written:
            return total
