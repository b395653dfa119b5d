"""A paper that the portal draws when it is asked for: shown in the browser, and kept by nobody on the way."""

from asyncio import to_thread
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from starlette.responses import Response

Sheet = TypeVar("Sheet")


async def send_drawn(draw: Callable[[Sheet], bytes], sheet: Sheet, name: str) -> Response:
    """Drawing holds a core for some milliseconds: others are served meanwhile."""
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name, safe='')}",
        "Cache-Control": "private, no-store",
    }
    return Response(await to_thread(draw, sheet), media_type="application/pdf", headers=headers)
