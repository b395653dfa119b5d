"""A stored file on its way out: streamed, resumable, saved under its name; whoever asks has been checked before."""

import re
from typing import Literal
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from portail_app.gateways.storage import storage

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


async def send_file(
    request: Request, key: str, name: str, media_type: str, *, shown_in: Literal["attachment", "inline"] = "attachment"
) -> Response:
    """The whole of it, or the one range that is asked for (RFC 9110, 14.2). Raises NotFound where it is lost."""
    size = await storage().find_size(key)
    headers = {
        "Content-Disposition": f"{shown_in}; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
        "ETag": f'"{key}"',
    }
    span = _asked_span(request, size, headers["ETag"])
    if span is None:
        return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    start, end = span
    headers["Content-Length"] = str(end - start)
    status = 200 if span == (0, size) else 206
    if status == 206:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(storage().read(key, start, end), status, headers, media_type)


def _asked_span(request: Request, size: int, tag: str) -> tuple[int, int] | None:
    """From, and up to but not including; all of it where no range, or several, are asked for; None for what is not
    in the file."""
    asked = _RANGE.fullmatch(request.headers.get("range", "").replace(" ", ""))
    if asked is None or asked.group() == "bytes=-" or request.headers.get("if-range", tag) != tag:
        return 0, size
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) + 1, size) if first and last else size
    return (start, end) if start < end else None
