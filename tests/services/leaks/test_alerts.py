"""Who reads which alert, in which order, and which one a page opens."""

from datetime import date, timedelta

import pytest

from models import LeakKind, PartyRole
from portail_app.errors import NotFound
from portail_app.services.leaks.alerts import choose_alert, find_alert, find_payer, find_placed, list_of_contract
from portail_app.viewer import Viewer
from tests.dwellings import Dwelling, create_dwelling
from tests.factories import NOW, create_utility
from tests.services.leaks.places import END, START, join, tell
from tests.services.staff import damien_of_elsewhere

DAY = timedelta(days=1)


@pytest.fixture
async def home(session, cast, alice) -> Dwelling:
    return await create_dwelling(session, cast.utility, alice)


@pytest.mark.parametrize(
    ("role", "time", "reads"),
    [
        (PartyRole.OCCUPANT, {"since": END}, True),
        (PartyRole.OCCUPANT, {"since": END + DAY}, False),
        (PartyRole.OCCUPANT, {"until": START}, True),
        (PartyRole.OCCUPANT, {"until": START - DAY}, False),
        (PartyRole.PAYER, {"since": START + DAY, "until": START + DAY}, True),
        (PartyRole.OWNER, {}, False),
    ],
)
async def test_an_alert_is_read_by_who_lived_there_on_one_of_its_days(session, bruno, home, role, time, reads):
    alert = await tell(session, home)
    await join(session, home, bruno, role, **time)

    assert [one.alert.id for one in await list_of_contract(session, bruno, home.contract.number)] == [alert.id] * reads
    if reads:
        assert (await find_placed(session, bruno, alert.id)).alert == await find_alert(session, bruno, alert.id)
    else:
        for refused in (find_alert(session, bruno, alert.id), find_placed(session, bruno, alert.id)):
            with pytest.raises(NotFound, match="Alerte fuite introuvable"):
                await refused


async def test_the_same_number_in_another_utility_is_another_contract(session, cast, alice, bruno, chloe, home):
    await tell(session, home)
    other = await create_dwelling(session, await create_utility(session), bruno, number=home.contract.number)
    his = await tell(session, other)

    assert [one.alert.id for one in await list_of_contract(session, bruno, home.contract.number)] == [his.id]
    assert len(await list_of_contract(session, chloe, home.contract.number)) == 1


async def test_staff_of_elsewhere_and_nobody_find_no_alert(session, home):
    alert = await tell(session, home)

    for viewer in (await damien_of_elsewhere(session), Viewer.nobody()):
        with pytest.raises(NotFound):
            await find_alert(session, viewer, alert.id)
        assert await list_of_contract(session, viewer, home.contract.number) == []
    assert await find_alert(session, Viewer.system(), alert.id) == alert


async def test_an_alert_is_told_with_where_it_leaks_in_one_line(session, alice, home):
    home.point.postal_code = "59900"
    alert = await tell(session, home)

    placed = await find_placed(session, alice, alert.id)

    assert (placed.contract, placed.address) == (home.contract.number, f"{home.point.address}, 59900 Clermont-sur-Lys")


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ({"city": ""}, "1 rue"),
        ({"city": "", "postal_code": "59900"}, "1 rue, 59900"),
        ({"address": ""}, "Clermont-sur-Lys"),
        ({"address": "", "city": ""}, ""),
    ],
)
async def test_what_is_not_known_of_an_address_leaves_no_comma(session, alice, home, place, address):
    for name, value in {"address": "1 rue", **place}.items():
        setattr(home.point, name, value)

    assert (await find_placed(session, alice, (await tell(session, home)).id)).address == address


async def test_the_alert_of_the_latest_days_comes_first_and_of_two_the_last_told(session, alice, home):
    later = await tell(session, home, kind=LeakKind.CONTINUOUS, period_end=date(2026, 11, 21))
    earlier = await tell(session, home, kind=LeakKind.EMPTY_HOME)
    twin = await tell(session, home, kind=LeakKind.THRESHOLD)

    listed = await list_of_contract(session, alice, home.contract.number)

    assert [one.alert.id for one in listed] == [later.id, twin.id, earlier.id]


async def test_a_page_opens_the_alert_that_is_asked_for_else_the_file_that_waits_else_the_newest(session, alice, home):
    decided = await tell(session, home, period_start=date(2025, 10, 1), period_end=date(2026, 3, 31), closed_at=NOW)
    waiting = await tell(session, home)
    flow = await tell(session, home, kind=LeakKind.CONTINUOUS, period_end=date(2026, 11, 21))

    async def opened(wanted: int | None) -> int:
        return choose_alert(await list_of_contract(session, alice, home.contract.number), wanted).alert.id

    assert [await opened(wanted) for wanted in (decided.id, flow.id, None, 0)] == [
        *(decided.id, flow.id, waiting.id, waiting.id),
    ]
    waiting.refused_at = NOW
    await session.flush()
    assert await opened(None) == flow.id
    assert choose_alert([], flow.id) is None


@pytest.mark.parametrize(
    ("alices", "brunos", "payer"),
    [
        ({"until": END - DAY}, {"since": END}, "Bruno Petit"),
        ({"until": END}, {"since": END + DAY}, "Alice Martin"),
        ({"until": START}, None, None),
    ],
)
async def test_a_file_is_addressed_to_who_paid_on_the_last_day_of_its_period(
    session, cast, alice, bruno, alices, brunos, payer
):
    home = await create_dwelling(session, cast.utility)
    await join(session, home, alice, PartyRole.PAYER, **alices)
    if brunos is not None:
        await join(session, home, bruno, PartyRole.PAYER, **brunos)

    found = await find_payer(session, await tell(session, home))

    assert (found.name if found else None) == payer


async def test_a_file_is_never_addressed_to_who_lives_there_without_paying(session, cast, bruno):
    home = await create_dwelling(session, cast.utility)
    await join(session, home, bruno, PartyRole.OCCUPANT)
    await join(session, home, bruno, PartyRole.OWNER)

    assert await find_payer(session, await tell(session, home)) is None
