"""A list as a sheet, as French spreadsheets open it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from starlette.responses import Response

from portail_app.states.clock import today

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute (OWASP, CSV injection)


def sheet(header: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Semicolons, and a mark that says UTF-8; decimal commas are the rows' own."""
    written = StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(header)
    writer.writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def harmless(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA) else words


def attached(content: bytes, name: str) -> Response:
    """To be kept as `name`, with its day."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}-{today()}.csv"',
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)
