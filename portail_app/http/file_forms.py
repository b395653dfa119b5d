"""A plain form that brings one file: its fields and the file come together, and more than is asked is not kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from portail_app.errors import Invalid, NotKept, TooLarge
from portail_app.gateways.inspection import inspect
from portail_app.http.uploads import take_in
from portail_app.services.files import Upload
from portail_app.troubles import is_disk_full

BLOCK = 1024 * 1024
OTHER_FIELDS = 64 * 1024  # of a form: what is typed, and the boundaries
HEARD = 128 * 1024 * 1024  # of a form that is too large: a browser shows no answer before it has sent all


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
    """The form's file, in the store; None where none was sent. It must open. Raises as `receiving` does."""
    file = form.get(name)
    if not isinstance(file, UploadFile) or not file.size:
        return None
    return await take_in(_pieces(file), file.filename or "", at_most, lambda arrival: inspect(arrival, whole))


async def content_of(form: FormData, name: str) -> bytes:
    """The file's bytes, none where none was sent."""
    file = form.get(name)
    return await file.read() if isinstance(file, UploadFile) else b""


def words_of(form: FormData, name: str) -> str:
    typed = form.get(name)
    return typed.replace("\0", "").strip() if isinstance(typed, str) else ""


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
