"""A leak at Alice's, committed: for states, routes and journeys."""

from datetime import UTC, date, datetime, timedelta

from models import LeakAlert, LeakKind
from portail_app.database import transaction
from portail_app.formats import PARIS
from portail_app.services.leaks.rule import month_after
from portail_app.viewer import Viewer
from tests.cast import Cast
from tests.dwellings import Dwelling, create_dwelling
from tests.factories import save


async def leak_at_alices(town: Cast, **values: object) -> tuple[LeakAlert, Dwelling]:
    """Told today: 180 m³ in six months, where 60 are usual."""
    now = datetime.now(UTC)
    today = now.astimezone(PARIS).date()
    usual = {
        "kind": LeakKind.VOLUME,
        "period_start": today - timedelta(days=183),
        "period_end": today - timedelta(days=1),
        "litres": 180_000,
        "mean_litres": 60_000,
        "years": 3,
        "recorded_at": now,
        "answer_until": month_after(today),
        "mailed_to": 1,
    }
    async with transaction(Viewer.system()) as session:
        dwelling = await create_dwelling(session, town.utility, town.alice.viewer, started_on=date(2020, 1, 1))
        owner = {"utility_id": town.utility.id, "contract_id": dwelling.contract.id}
        alert = await save(session, LeakAlert(**{**usual, **owner, **values}))
    return alert, dwelling
