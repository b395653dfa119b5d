"""The whole way in: pieces come, are looked at, and are kept; or nothing is."""

from collections.abc import AsyncIterator

from portail_app.errors import DiskFull, NotKept
from portail_app.gateways.arrivals import Arrival, arriving
from portail_app.gateways.file_kinds import Kind
from portail_app.gateways.inspection import Inspection
from portail_app.gateways.storage import storage


async def keep_pieces(pieces: AsyncIterator[bytes], at_most: int, looking: Inspection) -> tuple[Arrival, Kind]:
    """Raises what `looking` refuses, TooLarge, and NotKept where there is no room."""
    try:
        async with arriving(pieces, storage().spool, at_most) as arrival:
            async with storage().settling(arrival):
                kind = await looking(arrival)
            await storage().keep(arrival)
    except DiskFull as full:
        raise NotKept from full
    return arrival, kind
