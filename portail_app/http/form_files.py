"""One file of a form, up to a size: more than that is refused before it fills a disk."""

from collections.abc import AsyncGenerator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from portail_app.errors import Invalid

BESIDE_THE_FILE = 16_384  # the form's other fields and the boundaries
DRAINED = 128 * 1024 * 1024  # read and thrown away, so that a browser hears the answer instead of a broken line


class TooLarge(Invalid):
    pass


async def read_file(request: Request, name: str, most_bytes: int) -> bytes:
    """The file of that field, empty where none was chosen. Raises TooLarge, or Invalid for what no form sends."""
    try:
        form = await MultiPartParser(request.headers, _limited(request, most_bytes), max_files=1, max_fields=4).parse()
    except (MultiPartException, KeyError) as unreadable:
        raise Invalid from unreadable
    try:
        file = form.get(name)
        return await file.read() if isinstance(file, UploadFile) else b""
    finally:
        await form.close()


async def _limited(request: Request, most_bytes: int) -> AsyncGenerator[bytes, None]:
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received <= most_bytes + BESIDE_THE_FILE:
            yield chunk
        elif received > DRAINED:
            break
    if received > most_bytes + BESIDE_THE_FILE:
        raise TooLarge(f"Cette photo est trop lourde : {most_bytes // 1024 // 1024} Mo au plus.")
