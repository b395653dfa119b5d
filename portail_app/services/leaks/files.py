"""The file of a leak, as its subscriber and staff both read it: figures, certificates, and what the cap is worth."""

from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Contract, LeakAlert, LeakCertificate
from portail_app.formats import PARIS
from portail_app.reading import reader_of
from portail_app.services.costs import LITRES_A_M3, cost_of, version_on
from portail_app.services.leaks.alerts import PlacedAlert, find_placed, list_certificates
from portail_app.services.leaks.rule import cap_of
from portail_app.services.tariffs import list_tariff_lines
from portail_app.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Relief:
    """What the cap leaves, in whole cubic metres, and its cost beside that of all that flowed, TTC: an estimate, None
    where no tariff of that time is known."""

    water_m3: int
    wastewater_m3: int
    full_cents: int | None = None
    capped_cents: int | None = None

    @property
    def saved_cents(self) -> int | None:
        if self.full_cents is None or self.capped_cents is None:
            return None
        return self.full_cents - self.capped_cents


@dataclass(frozen=True, slots=True)
class LeakFile:
    alert: LeakAlert
    contract: str
    address: str
    certificates: tuple[LeakCertificate, ...] = ()
    relief: Relief | None = None
    is_late: bool = False


async def read_file(session: AsyncSession, viewer: Viewer, alert_id: int, today: date) -> LeakFile:
    return await open_file(session, await find_placed(session, viewer, alert_id), today)


async def open_file(session: AsyncSession, placed: PlacedAlert, today: date) -> LeakFile:
    """Of an alert that the viewer was allowed to find. It is late when the certificate came, or is still awaited, after
    the month."""
    alert = placed.alert
    certificates = tuple(await list_certificates(session, alert))
    first_day = min((one.sent_at.astimezone(PARIS).date() for one in certificates), default=today)
    relief = await _relief(session, alert)
    is_late = first_day > alert.answer_until
    return LeakFile(alert, placed.contract, placed.address, certificates, relief, is_late)


async def _relief(session: AsyncSession, alert: LeakAlert) -> Relief | None:
    if alert.mean_litres is None:
        return None
    cap = cap_of(alert.litres, alert.mean_litres)
    contract = await session.get_one(Contract, alert.contract_id)
    lines = await list_tariff_lines(await reader_of(session), contract.utility_id, contract.tariff_code)
    version = version_on(lines, alert.period_end)
    volumes = (cap.water_litres // LITRES_A_M3, cap.wastewater_litres // LITRES_A_M3)
    if not version:
        return Relief(*volumes)
    period = (alert.period_start, alert.period_end)
    full = cost_of(version, *period, alert.litres)
    capped = cost_of(version, *period, cap.water_litres, cap.wastewater_litres)
    return Relief(*volumes, full.gross_cents, capped.gross_cents)
