"""Files on their way in: streamed to a private place, looked at, kept in the store; by a script, or with a plain form.

A script posts the file as it is, and its name beside it (`?nom=`): no form's encoding to undo, and a browser says how
far it is. A plain form sends its fields and one file together.

Check before who sends, and where to: nothing has been read yet. What is kept here and that no row names afterwards is
swept away by `jobs/files.py`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import wraps

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message, Receive

from portail_app.errors import DiskFull, Invalid, NotKept, Refusal, TooLarge
from portail_app.file_names import clean_name
from portail_app.gateways.arrivals import arriving
from portail_app.gateways.inspection import inspect
from portail_app.gateways.storage import storage
from portail_app.http.refusals import Endpoint, status_of
from portail_app.services.files import Upload
from portail_app.settings import settings
from portail_app.troubles import is_disk_full

INTERRUPTED = "L’envoi a été interrompu. Le fichier n’a pas été enregistré."
BLOCK = 1024 * 1024
OTHER_FIELDS = 64 * 1024  # of a form: what is typed, and the boundaries
HEARD = 128 * 1024 * 1024  # of a form that is too large: a browser shows no answer before it has sent all


async def receive_file(request: Request) -> Upload:
    """The body, in the store. Raises TooLarge, FileRefused, NotKept, Unavailable."""
    at_most = settings().file_bytes
    if int(request.headers.get("content-length") or 0) > at_most:
        raise TooLarge(at_most)
    return await _keep(request.stream(), request.query_params.get("nom", ""), at_most)


@asynccontextmanager
async def receiving_form(request: Request, at_most: int) -> AsyncIterator[FormData]:
    """The fields and one file of at most so many bytes. Raises TooLarge, Invalid for what is no form, NotKept."""
    bounded = Request(request.scope, _bounded(request.receive, at_most))
    try:
        form = await bounded.form(max_files=1, max_fields=20, max_part_size=OTHER_FIELDS)
    except (HTTPException, ClientDisconnect, UnicodeDecodeError) as broken:
        raise Invalid from broken
    except OSError as error:
        raise NotKept if is_disk_full(error) else error from error
    try:
        yield form
    finally:
        await form.close()


async def keep_file(form: FormData, name: str, at_most: int, whole: frozenset[str]) -> Upload | None:
    """The form's file, in the store; None where none was sent. It must open. Raises as `receive_file` does."""
    file = form.get(name)
    if not isinstance(file, UploadFile) or not file.size:
        return None
    return await _keep(_pieces(file), file.filename or "", at_most, whole)


async def content_of(form: FormData, name: str) -> bytes:
    """The file's bytes, none where none was sent."""
    file = form.get(name)
    return await file.read() if isinstance(file, UploadFile) else b""


def words_of(form: FormData, name: str) -> str:
    typed = form.get(name)
    return typed.replace("\0", "").strip() if isinstance(typed, str) else ""


def answering(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose refusals are answered as JSON: `{"sentence": ...}`."""

    @wraps(endpoint)
    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refusal as refusal:
            return JSONResponse({"sentence": refusal.sentence}, status_of(refusal))

    return answered


async def _keep(pieces: AsyncIterator[bytes], name: str, at_most: int, whole: frozenset[str] = frozenset()) -> Upload:
    try:
        async with arriving(pieces, storage().spool, at_most) as arrival:
            kind = await inspect(arrival, whole)
            await storage().keep(arrival)
    except ClientDisconnect as gone:
        raise Refusal(INTERRUPTED) from gone
    except DiskFull as full:
        raise NotKept from full
    return Upload(arrival.key, clean_name(name, kind.extensions), kind.media_type, arrival.size_bytes)


def _bounded(receive: Receive, at_most: int) -> Receive:
    """ASGI's `receive`. What is too large is thrown away as it comes, then TooLarge is raised."""
    heard = 0

    async def receive_so_many() -> Message:
        nonlocal heard
        while True:
            message = await receive()
            heard += len(message.get("body", b""))
            if heard <= at_most + OTHER_FIELDS:
                return message
            if heard > HEARD or not message.get("more_body"):
                raise TooLarge(at_most)

    return receive_so_many


async def _pieces(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(BLOCK):
        yield piece
