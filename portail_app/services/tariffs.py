"""Tariffs as they are dated: what the lines of a contract's tariff have been."""

from sqlalchemy import Integer, String, bindparam, select
from sqlmodel import col

from models import TariffLine
from portail_app.reading import Prepared, Reader
from portail_app.services.rows import made, shown


async def list_tariff_lines(reader: Reader, utility_id: int, tariff_code: str) -> list[TariffLine]:
    """Of every version. Tariffs are public: whoever reads a contract reads its tariff."""
    found = await reader.rows(_LINES, utility_id=utility_id, tariff_code=tariff_code)
    return [made(TariffLine, row)[0] for row in found]


_LINES = Prepared(
    select(*shown(TariffLine))
    .where(
        col(TariffLine.utility_id) == bindparam("utility_id", type_=Integer),
        col(TariffLine.tariff_code) == bindparam("tariff_code", type_=String),
    )
    .order_by(col(TariffLine.starts_on), col(TariffLine.position))
)
