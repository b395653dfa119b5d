"""Files on their way in: streamed to a private place, looked at, kept in the store; nothing is left of what fails.

A script posts the file as it is, and its name beside it (`?nom=`): no form's encoding to undo, and a browser says how
far it is. Check before who sends, and where to: nothing has been read yet. What is kept here and that no row names
afterwards is swept away by `jobs/files.py`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from starlette.requests import ClientDisconnect, Request

from portail_app.database import transaction
from portail_app.errors import Refusal, TooLarge, Unavailable
from portail_app.file_names import clean_name
from portail_app.gateways.inspection import Inspection, inspect
from portail_app.gateways.intake import keep_pieces
from portail_app.services.files import Upload, forget_content_later
from portail_app.settings import settings
from portail_app.viewer import Viewer

INTERRUPTED = "L’envoi a été interrompu. Le fichier n’a pas été enregistré."


@asynccontextmanager
async def receiving(request: Request, looking: Inspection = inspect) -> AsyncIterator[Upload]:
    """The body, in the store; in the block it is given its row. Raises TooLarge, FileRefused, NotKept, Unavailable.

    Where the block fails, the content leaves the store again, a little later: somebody else may be sending the same.
    """
    upload = await _receive(request, looking)
    try:
        yield upload
    except BaseException:
        await _forget_later(upload.key)
        raise


async def _receive(request: Request, looking: Inspection) -> Upload:
    at_most = settings().file_bytes
    if int(request.headers.get("content-length") or 0) > at_most:
        raise TooLarge(at_most)
    return await take_in(request.stream(), request.query_params.get("nom", ""), at_most, looking)


async def take_in(pieces: AsyncIterator[bytes], name: str, at_most: int, looking: Inspection = inspect) -> Upload:
    """Into the store, as `looking` lets it. Raises as `receiving` does."""
    try:
        arrival, kind = await keep_pieces(pieces, at_most, looking)
    except ClientDisconnect as gone:
        raise Refusal(INTERRUPTED) from gone
    return Upload(arrival.key, clean_name(name, kind.extensions), kind.media_type, arrival.size_bytes)


async def _forget_later(key: str) -> None:
    """Where the database is away, too, the nightly sweep does it."""
    with suppress(Unavailable):
        async with transaction(Viewer.system()) as session:
            await forget_content_later(session, key)
