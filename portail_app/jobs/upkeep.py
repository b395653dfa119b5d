"""The worker's own housekeeping: what a dead worker left is done again, what is over is forgotten."""

from datetime import UTC, datetime, timedelta

from procrastinate import JobContext
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from portail_app.database import transaction
from portail_app.jobs.app import app
from portail_app.jobs.exports import remove_expired_files
from portail_app.services.retention import KeptFor, forget_what_is_over
from portail_app.settings import settings
from portail_app.viewer import Viewer

DEAD_AFTER_SECONDS = 30


@app.periodic(cron="* * * * *")
@app.task(name="upkeep.retry_stalled", queueing_lock="upkeep.retry_stalled", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """A worker that was killed left its jobs "doing": whoever has not been heard for half a minute is dead. A job whose
    twin waits already is over."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER_SECONDS):
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            await manager.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="17 3 * * *")
@app.task(name="upkeep.forget", queueing_lock="upkeep.forget", pass_context=True)
async def forget_daily(context: JobContext, timestamp: int) -> None:
    kept = KeptFor(timedelta(settings().payment_answers_days), timedelta(settings().refused_photos_days))
    async with transaction(Viewer.system()) as session:
        await forget_what_is_over(session, datetime.now(UTC), kept)
    await remove_expired_files(datetime.now(UTC))
    await context.app.job_manager.delete_old_jobs(nb_hours=7 * 24, include_failed=True)
