"""Tariffs as they are dated: what the lines of a contract's tariff have been."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import TariffLine


async def list_tariff_lines(session: AsyncSession, utility_id: int, tariff_code: str) -> list[TariffLine]:
    """Of every version. Tariffs are public: whoever reads a contract reads its tariff."""
    wanted = select(TariffLine).where(TariffLine.utility_id == utility_id, TariffLine.tariff_code == tariff_code)
    return list((await session.exec(wanted.order_by(col(TariffLine.starts_on), col(TariffLine.position)))).all())
