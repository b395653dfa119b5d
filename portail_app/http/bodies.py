"""A form with a file, of bounded size: what is too large is thrown away as it comes, never kept."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from portail_app.errors import Invalid

OTHER_FIELDS = 64 * 1024
MOST_THROWN_AWAY = 128 * 1024 * 1024  # the browser is heard to its end, so that it hears the answer; not for ever


class TooLarge(Invalid):
    sentence = "Ce fichier est trop lourd."


@asynccontextmanager
async def bounded_form(request: Request, most_bytes: int) -> AsyncIterator[FormData]:
    """The fields and one file of at most so many bytes. Raises TooLarge, and Invalid for what is no form."""
    bounded = _bounded(request, most_bytes + OTHER_FIELDS)
    try:
        async with bounded.form(max_files=1, max_fields=20, max_part_size=OTHER_FIELDS) as form:
            yield form
    except TooLarge:
        await _hear_to_the_end(request)
        raise
    except (HTTPException, ClientDisconnect, UnicodeDecodeError) as broken:
        raise Invalid from broken


async def content_of(form: FormData, name: str) -> bytes:
    """The file's bytes, none where none was sent."""
    file = form.get(name)
    return await file.read() if isinstance(file, UploadFile) else b""


def words_of(form: FormData, name: str) -> str:
    typed = form.get(name)
    return typed.replace("\0", "").strip() if isinstance(typed, str) else ""


def _bounded(request: Request, most_bytes: int) -> Request:
    seen = 0

    async def receive() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > most_bytes:
            raise TooLarge
        return message

    return Request(request.scope, receive)


async def _hear_to_the_end(request: Request) -> None:
    heard = 0
    while heard < MOST_THROWN_AWAY:
        message = await request.receive()
        heard += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return
