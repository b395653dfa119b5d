"""Telling readers of a published document, a few at a time: it may be for a whole town."""

from portail_app.database import transaction
from portail_app.jobs.app import app
from portail_app.services.announcements import ANNOUNCE_TASK, announce_some
from portail_app.viewer import Viewer


@app.task(name=ANNOUNCE_TASK)
async def announce_document(file_id: int) -> None:
    """Done again from the beginning where it is cut short: who has been told is not told twice."""
    last: int | None = 0
    while last is not None:
        async with transaction(Viewer.system()) as session:
            last = await announce_some(session, file_id, last)
