"""Staff stop and resume online payment; no payment slips past a suspension."""

import asyncio
from datetime import timedelta

import pytest

from models import StaffRank
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotFound, NotPayable
from portail_app.services import audit, suspensions
from portail_app.services.paging import Sought
from portail_app.viewer import Viewer
from tests import factories
from tests.factories import NOW
from tests.services.staff import staff_of

LATER = NOW + timedelta(hours=2)


async def test_a_suspension_refuses_payment_with_the_manual_s_sentence(session, cast, chloe):
    await suspensions.check_not_suspended(session, cast.utility.id, NOW)
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Maintenance", None, NOW)

    with pytest.raises(NotPayable, match=r"^Le paiement a été temporairement suspendu\.$"):
        await suspensions.check_not_suspended(session, cast.utility.id, LATER)


async def test_payment_is_possible_again_once_resumed(session, cast, chloe):
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Maintenance", None, NOW)
    await suspensions.resume_payments(session, chloe, cast.utility.id, LATER)

    await suspensions.check_not_suspended(session, cast.utility.id, LATER)
    (ended,) = await suspensions.list_history(session, chloe)
    assert (ended.resumed_at, ended.resumed_by) == (LATER, chloe.account_id)


async def test_payment_is_possible_again_at_the_announced_instant_and_not_before(session, cast, chloe):
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Maintenance", LATER, NOW)

    with pytest.raises(NotPayable):
        await suspensions.check_not_suspended(session, cast.utility.id, LATER - timedelta(microseconds=1))
    await suspensions.check_not_suspended(session, cast.utility.id, LATER)


async def test_a_utility_s_suspension_is_nobody_else_s(session, cast, chloe):
    other = await factories.create_utility(session)
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Maintenance", None, NOW)

    await suspensions.check_not_suspended(session, other.id, NOW)


async def test_a_second_suspension_replaces_the_first_and_both_are_remembered(session, cast, chloe):
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Maintenance", None, NOW)
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Panne", LATER, NOW)

    assert [s.reason for s in await suspensions.list_current(session, NOW, [cast.utility.id])] == ["Panne"]
    assert [s.reason for s in await suspensions.list_history(session, chloe)] == ["Panne", "Maintenance"]


async def test_the_history_is_paged(session, cast, chloe):
    for reason in ("Une", "Deux", "Trois"):
        await suspensions.suspend_payments(session, chloe, cast.utility.id, reason, None, NOW)

    page = await suspensions.list_history(session, chloe, Sought(page=2, size=2))
    assert ([held.reason for held in page], page.total) == (["Une"], 3)


async def test_resuming_what_is_not_suspended_is_said(session, cast, chloe):
    with pytest.raises(Invalid, match="n’est pas suspendu"):
        await suspensions.resume_payments(session, chloe, cast.utility.id, NOW)


@pytest.mark.parametrize(
    ("reason", "until", "field"),
    [
        ("", None, "reason"),
        ("  ", None, "reason"),
        ("x" * 301, None, "reason"),
        ("Maintenance", NOW, "until"),
        ("Maintenance", NOW - timedelta(days=1), "until"),
        ("Maintenance", NOW + timedelta(days=400), "until"),
    ],
)
async def test_a_suspension_needs_a_reason_and_an_end_to_come(session, cast, chloe, reason, until, field):
    with pytest.raises(Invalid) as refused:
        await suspensions.suspend_payments(session, chloe, cast.utility.id, reason, until, NOW)
    assert refused.value.field == field
    assert await suspensions.list_current(session, NOW) == []


async def test_a_reason_of_three_hundred_characters_and_an_end_within_the_year_are_taken(session, cast, chloe):
    latest = NOW + suspensions.LONGEST
    held = await suspensions.suspend_payments(session, chloe, cast.utility.id, "x" * 300, latest, NOW)
    assert (held.reason, held.until) == ("x" * 300, latest)

    with pytest.raises(Invalid):
        await suspensions.suspend_payments(
            session, chloe, cast.utility.id, "Essai", latest + timedelta(microseconds=1), NOW
        )
    assert timedelta(days=366) == suspensions.LONGEST


async def test_the_history_of_a_utility_is_for_its_own_staff(session, cast, alice, chloe):
    await suspensions.suspend_payments(session, chloe, cast.utility.id, "Maintenance", None, NOW)
    stranger = await staff_of(session, await factories.create_utility(session), StaffRank.ADMINISTRATOR)

    for viewer in (stranger, alice, Viewer.nobody()):
        assert await suspensions.list_history(session, viewer) == []


async def test_only_a_manager_suspends_and_resumes(session, cast, alice):
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)
    for refused in (alice, agent, Viewer.nobody(), Viewer.system()):
        with pytest.raises(Forbidden):
            await suspensions.suspend_payments(session, refused, cast.utility.id, "Essai", None, NOW)
        with pytest.raises(Forbidden):
            await suspensions.resume_payments(session, refused, cast.utility.id, NOW)

    manager = await staff_of(session, cast.utility, StaffRank.MANAGER)
    await suspensions.suspend_payments(session, manager, cast.utility.id, "Essai", None, NOW)


async def test_staff_of_another_utility_cannot_tell_it_from_a_missing_one(session, cast):
    stranger = await staff_of(session, await factories.create_utility(session), StaffRank.ADMINISTRATOR)
    for utility_id in (cast.utility.id, 999_999):
        with pytest.raises(NotFound, match="Collectivité introuvable"):
            await suspensions.suspend_payments(session, stranger, utility_id, "Essai", None, NOW)
    assert await suspensions.list_history(session, stranger) == []


async def test_who_suspended_and_who_resumed_is_in_the_audit_trail(session, cast, chloe):
    await suspensions.suspend_payments(session, chloe, cast.utility.id, " Maintenance ", LATER, NOW)
    await suspensions.resume_payments(session, chloe, cast.utility.id, NOW)

    resumed, suspended = (line.entry for line in await audit.list_entries(session, chloe))
    assert (suspended.action, suspended.account_id) == ("Paiement suspendu", chloe.account_id)
    assert suspended.details == {"motif": "Maintenance", "jusqu’au": LATER.isoformat()}
    assert (resumed.action, resumed.utility_id) == ("Paiement repris", cast.utility.id)


async def test_a_refused_suspension_leaves_no_trace(session, cast, alice, chloe):
    with pytest.raises(Forbidden):
        await suspensions.suspend_payments(session, alice, cast.utility.id, "Essai", None, NOW)
    assert await audit.list_entries(session, chloe) == []


async def test_a_payment_waits_for_a_suspension_being_written_and_is_then_refused(town):
    chloe = town.chloe.viewer

    async def pay() -> None:
        async with transaction(town.alice.viewer) as session:
            await suspensions.check_not_suspended(session, town.utility.id, NOW)

    async with transaction(chloe) as session:
        await suspensions.suspend_payments(session, chloe, town.utility.id, "Maintenance", None, NOW)
        paying = asyncio.create_task(pay())
        await asyncio.sleep(0.2)
        assert not paying.done()
    with pytest.raises(NotPayable):
        await paying


async def test_a_suspension_waits_for_a_payment_being_committed(town):
    chloe = town.chloe.viewer

    async def suspend() -> None:
        async with transaction(chloe) as session:
            await suspensions.suspend_payments(session, chloe, town.utility.id, "Maintenance", None, NOW)

    async with transaction(town.alice.viewer) as session:
        await suspensions.check_not_suspended(session, town.utility.id, NOW)
        suspending = asyncio.create_task(suspend())
        await asyncio.sleep(0.2)
        assert not suspending.done()
    await suspending


async def test_payments_do_not_wait_for_each_other(town):
    async with transaction(town.alice.viewer) as one, transaction(town.bruno.viewer) as other:
        await suspensions.check_not_suspended(one, town.utility.id, NOW)
        async with asyncio.timeout(2):
            await suspensions.check_not_suspended(other, town.utility.id, NOW)


async def test_two_staff_who_suspend_at_once_leave_one_suspension(town):
    chloe = town.chloe.viewer

    async def suspend(reason: str) -> None:
        async with transaction(chloe) as session:
            await suspensions.suspend_payments(session, chloe, town.utility.id, reason, None, NOW)

    await asyncio.gather(*(suspend(f"Essai {n}") for n in range(4)))
    async with transaction(chloe) as session:
        assert len(await suspensions.list_current(session, NOW, [town.utility.id])) == 1
        assert len(await suspensions.list_history(session, chloe)) == 4


async def test_a_payment_of_a_missing_utility_is_refused(session):
    with pytest.raises(NotFound):
        await suspensions.check_not_suspended(session, 999_999, NOW)
