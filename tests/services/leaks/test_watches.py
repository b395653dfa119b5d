"""When somebody's home is empty is known to who is served there now, and to nobody else."""

from datetime import date, timedelta

import pytest

from models import ContractParty, Hold, PartyRole
from portail_app.errors import Forbidden, NotFound
from portail_app.reading import reader_of
from portail_app.services.contracts import find_tenure
from portail_app.services.leaks.watches import WatchDraft, find_watch, find_watched, keep_watch
from tests.dwellings import Dwelling, create_dwelling
from tests.factories import NOW, TODAY, let_in, save

AWAY = WatchDraft(True, None, date(2026, 12, 20), date(2027, 1, 4))
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
async def home(session, cast, alice) -> Dwelling:
    dwelling = await create_dwelling(session, cast.utility, alice)
    dwelling.meter.is_telemetered = True
    await session.flush()
    return dwelling


async def join(session, home, viewer, **time):
    (subscriber_id,) = viewer.subscriber_ids
    party = {"contract_id": home.contract.id, "subscriber_id": subscriber_id, "role": PartyRole.OCCUPANT}
    await save(session, ContractParty(**party, **time))


async def watch_of(session, viewer, home):
    return await find_watch(session, await find_watched(session, viewer, home.contract.number, TODAY))


@pytest.mark.parametrize("time", [{"until": YESTERDAY}, {"since": TODAY + timedelta(days=1)}])
async def test_who_has_left_or_is_not_there_yet_neither_reads_nor_changes_it(session, alice, bruno, home, time):
    await join(session, home, bruno, **time)
    await keep_watch(session, alice, home.contract.number, AWAY, NOW)

    assert (await find_tenure(await reader_of(session), bruno, home.contract.number)).contract.id == home.contract.id
    for refused in (
        find_watched(session, bruno, home.contract.number, TODAY),
        keep_watch(session, bruno, home.contract.number, AWAY, NOW),
    ):
        with pytest.raises(NotFound):
            await refused
    assert (await watch_of(session, alice, home)).changed_by == alice.account_id


async def test_a_contract_that_has_ended_watches_nothing(session, cast, alice):
    left = await create_dwelling(session, cast.utility, alice, ended_on=YESTERDAY)
    left.meter.is_telemetered = True
    await session.flush()
    with pytest.raises(NotFound):
        await keep_watch(session, alice, left.contract.number, AWAY, NOW)


async def test_who_comes_after_does_not_read_what_was_asked_before(session, alice, bruno, home):
    await keep_watch(session, alice, home.contract.number, AWAY, NOW - timedelta(days=3))
    await join(session, home, bruno, since=YESTERDAY)

    assert await watch_of(session, bruno, home) is None
    await keep_watch(session, bruno, home.contract.number, AWAY, NOW)
    assert (await watch_of(session, bruno, home)).changed_by == bruno.account_id


@pytest.mark.parametrize(("hold", "may"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_a_delegate_who_may_only_see_changes_nothing(session, alice, home, hold, may):
    delegate = await let_in(session, alice, hold)
    if may:
        assert (await keep_watch(session, delegate, home.contract.number, AWAY, NOW)).away_from == AWAY.away_from
    else:
        with pytest.raises(Forbidden, match="consulter"):
            await keep_watch(session, delegate, home.contract.number, AWAY, NOW)
