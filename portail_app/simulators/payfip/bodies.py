"""Request bodies: bounded, and the same fields whether they come from a form or as JSON."""

import json
from urllib.parse import parse_qsl

from pydantic import ValidationError
from starlette.requests import Request

MAXIMUM_BYTES = 64 * 1024


class TooLarge(Exception):
    """More than MAXIMUM_BYTES."""


async def read_body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAXIMUM_BYTES:
            raise TooLarge
    return bytes(body)


async def read_fields(request: Request) -> dict[str, object]:
    """Raises ValueError for what is neither a form nor a JSON object."""
    text = (await read_body(request)).decode()
    if not is_json(request):
        return dict(parse_qsl(text, keep_blank_values=True))
    fields = json.loads(text or "{}")
    if not isinstance(fields, dict):
        raise ValueError("un objet JSON est attendu")
    return fields


def is_json(request: Request) -> bool:
    return request.headers.get("Content-Type", "").startswith("application/json")


def reason_of(invalid: Exception) -> str:
    """Why fields were refused, in one line."""
    if isinstance(invalid, ValidationError):
        return " ; ".join(f"{'.'.join(map(str, error['loc']))} : {error['msg']}" for error in invalid.errors())
    return str(invalid) or "demande trop longue"
