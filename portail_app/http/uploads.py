"""A file on its way in: the body of a POST, streamed to disk, looked at, kept; the answer is JSON.

The name comes beside it (`?nom=`): no form's encoding to undo, and a browser says how far it is.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import wraps

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from portail_app.errors import DiskFull, NotKept, Refusal, TooLarge
from portail_app.file_names import clean_name
from portail_app.gateways.arrivals import arriving
from portail_app.gateways.inspection import inspect
from portail_app.gateways.storage import storage
from portail_app.http.refusals import Endpoint, status_of
from portail_app.services.files import Upload
from portail_app.settings import settings

INTERRUPTED = "L’envoi a été interrompu. Le fichier n’a pas été enregistré."


@asynccontextmanager
async def receiving(request: Request, accepted: frozenset[str] | None = None) -> AsyncIterator[Upload]:
    """The file, which is in the store when the block begins; the block records it with `services.files.record_file`.

    Check before who sends it, and where to: nothing has been read yet. `accepted` narrows the kinds (`{"jpeg"}`).
    Raises TooLarge, FileRefused, NotKept.
    """
    at_most = settings().file_bytes
    if int(request.headers.get("content-length") or 0) > at_most:
        raise TooLarge(at_most)
    try:
        async with arriving(request.stream(), storage().spool, at_most) as arrival:
            kind = await inspect(arrival, accepted)
            await storage().keep(arrival)
    except ClientDisconnect as gone:
        raise Refusal(INTERRUPTED) from gone
    except DiskFull as full:
        raise NotKept from full
    name = clean_name(request.query_params.get("nom", ""), kind.extensions)
    yield Upload(arrival.key, name, kind.media_type, arrival.size_bytes)


def answering(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose refusals are answered as JSON: `{"sentence": ...}`."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return JSONResponse({"sentence": refusal.sentence}, status_of(refusal))

    return answered
