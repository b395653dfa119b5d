"""Alerts as rows, where the rule that finds them is not what is looked at."""

from datetime import date

from models import ContractParty, LeakAlert, LeakKind, PartyRole
from portail_app.viewer import Viewer
from tests.dwellings import Dwelling
from tests.factories import NOW, save

START, END = date(2026, 4, 1), date(2026, 9, 30)


async def tell(session, home: Dwelling, **values: object) -> LeakAlert:
    """An abnormal volume of the last half-year, told today, unless said otherwise."""
    usual = {"kind": LeakKind.VOLUME, "period_start": START, "period_end": END, "litres": 180_000, "years": 3}
    told = {"mean_litres": 60_000, "recorded_at": NOW, "answer_until": date(2026, 12, 22), "mailed_to": 1}
    place = {"utility_id": home.contract.utility_id, "contract_id": home.contract.id}
    return await save(session, LeakAlert(**{**usual, **told, **place, **values}))


async def join(session, home: Dwelling, viewer: Viewer, role: PartyRole = PartyRole.OCCUPANT, **time: object) -> None:
    (subscriber_id,) = viewer.subscriber_ids
    party = {"contract_id": home.contract.id, "subscriber_id": subscriber_id, "role": role}
    await save(session, ContractParty(**party, **time))
