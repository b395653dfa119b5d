"""Readings that the utility holds for true."""

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Reading, ReadingKind, SentReading
from portail_app.errors import Invalid
from portail_app.formats import day


async def keep_reading(session: AsyncSession, sent: SentReading, index_litres: int) -> Reading:
    """What a subscriber sent, with the index that staff keep of it. Raises Invalid where that day has another."""
    values = {
        "meter_id": sent.meter_id,
        "read_on": sent.read_on,
        "index_litres": index_litres,
        "kind": ReadingKind.SENT,
        "received_at": sent.sent_at,
        "comment": "",
    }
    await session.exec(insert(Reading).values(**values).on_conflict_do_nothing())
    kept = select(Reading).where(Reading.meter_id == sent.meter_id, Reading.read_on == sent.read_on)
    reading = (await session.exec(kept)).one()
    if reading.index_litres != index_litres:
        raise Invalid(f"Une autre relève du {day(sent.read_on)} est déjà enregistrée : refusez celle-ci.")
    return reading
