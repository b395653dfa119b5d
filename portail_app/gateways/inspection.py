"""A file that has arrived is looked at before it is kept: what it is, what it carries, what the antivirus says."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from portail_app.errors import FileRefused, WrongKind
from portail_app.gateways.arrivals import Arrival
from portail_app.gateways.clamav import check_viruses
from portail_app.gateways.file_dangers import check_dangers
from portail_app.gateways.file_kinds import KINDS, SHEET, Kind, find_kind
from portail_app.gateways.whole_files import check_whole
from portail_app.settings import settings

Inspection = Callable[[Arrival], Awaitable[Kind]]
NO_SHEET = "Ce fichier n’est pas un relevé. Envoyez un fichier CSV, comme l’enregistre un tableur."
LOOKED_AT = 64 * 1024
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
UNWRITABLE = re.compile(rb"[\0-\x08\x0e-\x1f]")  # what no text holds
EMPTY = "Ce fichier est vide. Il n’a pas été enregistré."


async def inspect(arrival: Arrival, whole: frozenset[str] = frozenset()) -> Kind:
    """By default of the kinds that the settings accept. `whole`: one of these (`{"pdf", "jpeg", "png"}` or fewer),
    which must open. Raises FileRefused, WrongKind, or Unavailable where the antivirus is set and silent."""
    if not arrival.size_bytes:
        raise FileRefused(EMPTY)
    kind = await asyncio.to_thread(find_kind, arrival.path)
    names = whole or accepted_kinds()
    if kind is None or kind.name not in names:
        raise WrongKind(f"Ce type de fichier n’est pas accepté. Vous pouvez envoyer : {words(names)}.")
    if whole:
        await asyncio.to_thread(check_whole, arrival.path, kind)
    await asyncio.to_thread(check_dangers, arrival.path, kind)
    if settings().clamav:
        await check_viruses(arrival.path, settings().clamav)
    return kind


async def inspect_sheet(arrival: Arrival) -> Kind:
    """Of text alone: rows and columns are the importer's to read. Raises as `inspect` does."""
    if not arrival.size_bytes:
        raise FileRefused(EMPTY)
    if not await asyncio.to_thread(_is_text, arrival.path):
        raise WrongKind(NO_SHEET)
    if settings().clamav:
        await check_viruses(arrival.path, settings().clamav)
    return SHEET


def accepted_kinds() -> frozenset[str]:
    return frozenset(settings().file_types.lower().split()) & KINDS.keys()


def words(names: frozenset[str]) -> str:
    """`DOCX, JPEG, PDF`"""
    return ", ".join(sorted(name.upper() for name in names))


def _is_text(path: Path) -> bool:
    """Spreadsheets also write UTF-16, which the importer refuses in words of its own."""
    with path.open("rb") as file:
        head = file.read(LOOKED_AT)
    return find_kind(path) is None and (head.startswith(UTF_16) or not UNWRITABLE.search(head))
