"""A file that has arrived is looked at before it is kept: what it is, what it carries, what the antivirus says."""

import asyncio

from portail_app.errors import FileRefused
from portail_app.gateways.arrivals import Arrival
from portail_app.gateways.clamav import check_viruses
from portail_app.gateways.file_dangers import check_dangers
from portail_app.gateways.file_kinds import KINDS, Kind, find_kind
from portail_app.settings import settings

EMPTY = "Ce fichier est vide. Il n’a pas été enregistré."


async def inspect(arrival: Arrival, accepted: frozenset[str] | None = None) -> Kind:
    """Raises FileRefused, or Unavailable where the antivirus is set and silent. By default what the settings accept."""
    if not arrival.size_bytes:
        raise FileRefused(EMPTY)
    kind = await asyncio.to_thread(find_kind, arrival.path)
    names = accepted or accepted_kinds()
    if kind is None or kind.name not in names:
        raise FileRefused(f"Ce type de fichier n’est pas accepté. Vous pouvez envoyer : {words(names)}.")
    await asyncio.to_thread(check_dangers, arrival.path, kind)
    if settings().clamav:
        await check_viruses(arrival.path, settings().clamav)
    return kind


def accepted_kinds() -> frozenset[str]:
    return frozenset(settings().file_types.lower().split()) & KINDS.keys()


def words(names: frozenset[str]) -> str:
    """`DOCX, JPEG, PDF`"""
    return ", ".join(sorted(name.upper() for name in names))
