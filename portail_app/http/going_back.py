"""A plain form is answered by the page that it came from, whose address says what became of it."""

from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse, Response


def back_to(*path: str, at: str = "", **said: str) -> Response:
    """The parts of a path of ours, and the place in its page."""
    address = "".join(f"/{quote(part, safe='')}" for part in path)
    place = f"#{at}" if at else ""
    headers = {"Cache-Control": "no-store"}
    return RedirectResponse(f"{address}?{urlencode(said)}{place}", status_code=303, headers=headers)
