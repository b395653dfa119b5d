"""Making a copy of all one's data, piece by piece onto the disk: what a dead worker left is begun again."""

import asyncio
import logging
from datetime import UTC, datetime

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from models import Account
from portail_app.database import transaction
from portail_app.errors import Unavailable
from portail_app.jobs.app import app
from portail_app.services import export_building, export_parts, exports
from portail_app.services.holds import holder_of
from portail_app.viewer import Viewer

SECONDS_OF_PATIENCE = 10
log = logging.getLogger(__name__)


class WhenThePortalIsBack(BaseRetryStrategy):
    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Unavailable | asyncio.CancelledError):
            return RetryDecision(retry_in={"seconds": SECONDS_OF_PATIENCE})
        return None


@app.task(name=exports.BUILD_TASK, queue=exports.QUEUE, retry=WhenThePortalIsBack())
async def build_export(export_id: int) -> None:
    """Done twice, the second time does nothing. What fails is said to have failed, and may be asked for again."""
    async with transaction(Viewer.system()) as session:
        account = await export_building.find_unbuilt(session, export_id)
    if account is None:
        return
    try:
        await _build(export_id, account)
    except (Unavailable, asyncio.CancelledError):
        raise
    except Exception:
        log.exception("Export %s could not be made", export_id)
        async with transaction(Viewer.system()) as session:
            await export_building.fail_export(session, export_id, datetime.now(UTC))


async def remove_expired_files(now: datetime) -> None:
    async with transaction(Viewer.system()) as session:
        over = await exports.remove_expired(session, now)
    for name in over:
        exports.export_files().remove(name)


async def _build(export_id: int, account: Account) -> None:
    async with transaction(Viewer.system()) as session:
        owner = await holder_of(session, account)
        parts = await export_parts.list_parts(session, owner)
        await export_building.begin_building(session, export_id, len(parts))
    with exports.export_files().writing(export_id) as archive:
        await asyncio.to_thread(archive.bundle.writestr, "LISEZ-MOI.txt", export_parts.README)
        for number, part in enumerate(parts, start=1):
            async with transaction(owner) as session:
                await part(session, archive)
                await export_building.note_progress(session, export_id, number)
    async with transaction(owner) as session:
        made = (archive.name, archive.size_bytes, datetime.now(UTC))
        is_wanted = await export_building.finish_export(session, export_id, *made)
    if not is_wanted:
        exports.export_files().remove(archive.name)
