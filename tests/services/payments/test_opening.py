"""What is checked before a payment leaves for PayFiP, for the first time or again (payfip.md 1.6, rules 1 and 7)."""

import asyncio
from datetime import timedelta

import pytest

from models import AttemptState, Hold, Invoice, PaymentSuspension
from portail_app.database import transaction
from portail_app.errors import NotFound, NotPayable
from portail_app.services.payments.opening import CHANGED, TOO_LATE, admit_opening, find_opening_obstacle
from portail_app.viewer import Viewer
from tests.factories import NOW, TODAY, create_invoice, let_in, save
from tests.payments import create_attempt, see_only

MINUTES = timedelta(minutes=1)
INSTANT = timedelta(microseconds=1)


@pytest.fixture
async def invoice(session, alice):
    return await create_invoice(session, alice)


@pytest.fixture
async def attempt(session, alice, invoice):
    return await create_attempt(session, alice, invoice)


@pytest.mark.parametrize("state", AttemptState)
async def test_what_has_its_result_does_not_leave_again(session, alice, attempt, state):
    attempt.state = state

    obstacle = await find_opening_obstacle(session, alice, attempt, NOW)

    assert obstacle == ("" if state in (AttemptState.PREPARED, AttemptState.PENDING) else TOO_LATE)


async def test_a_choice_is_good_for_a_quarter_of_an_hour(session, alice, attempt):
    assert await admit_opening(session, alice, attempt.reference, NOW + 15 * MINUTES - INSTANT) is attempt
    with pytest.raises(NotPayable) as refused:
        await admit_opening(session, alice, attempt.reference, NOW + 15 * MINUTES)
    assert refused.value.sentence == TOO_LATE


async def test_once_handed_over_the_quarter_of_an_hour_is_that_of_payfip(session, alice, attempt):
    attempt.state, attempt.opened_at = AttemptState.PENDING, NOW + 14 * MINUTES

    assert await find_opening_obstacle(session, alice, attempt, NOW + 29 * MINUTES - INSTANT) == ""
    assert await find_opening_obstacle(session, alice, attempt, NOW + 29 * MINUTES) == TOO_LATE


async def test_only_who_chose_leaves_with_it(session, alice, bruno, chloe, attempt):
    delegate = await let_in(session, alice, Hold.MAY_PAY)

    for viewer in (bruno, chloe, delegate, Viewer.system(), Viewer.nobody()):
        with pytest.raises(NotFound, match=r"^Paiement introuvable\.$"):
            await admit_opening(session, viewer, attempt.reference, NOW)


@pytest.mark.parametrize(
    "change", [{"amount_cents": 24312}, {"amount_cents": 24310}, {"billed_paid_cents": 1}, {"settled_cents": 10_000}]
)
async def test_what_is_owed_now_must_be_what_was_chosen(session, alice, invoice, attempt, change):
    for name, value in change.items():
        setattr(invoice, name, value)
    await session.flush()

    with pytest.raises(NotPayable) as refused:
        await admit_opening(session, alice, attempt.reference, NOW)
    assert refused.value.sentence == CHANGED


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"billed_paid_cents": 24311}, "déjà réglée"),
        ({"sent_to_treasury_on": TODAY}, "trésorerie"),
        ({"is_disputed": True}, "réclamation"),
        ({"debited_on": TODAY}, "prélèvement"),
        ({"online_until": TODAY - timedelta(days=1)}, "date limite"),
    ],
)
async def test_an_obstacle_that_came_after_the_choice_is_said_in_its_own_words(
    session, alice, invoice, attempt, change, word
):
    for name, value in change.items():
        setattr(invoice, name, value)
    await session.flush()

    assert word in await find_opening_obstacle(session, alice, attempt, NOW)


async def test_one_change_among_several_invoices_is_enough(session, alice, invoice):
    other = await create_invoice(session, alice)
    attempt = await create_attempt(session, alice, invoice, other)
    assert await find_opening_obstacle(session, alice, attempt, NOW) == ""
    other.amount_cents += 1
    await session.flush()

    assert await find_opening_obstacle(session, alice, attempt, NOW) == CHANGED


async def test_an_invoice_that_is_being_settled_is_waited_for_and_not_paid_again(town):
    alice = town.alice.viewer
    async with transaction(alice) as session:
        invoice = await create_invoice(session, alice)
        attempt = await create_attempt(session, alice, invoice)

    async def leave() -> None:
        async with transaction(alice) as session:
            await admit_opening(session, alice, attempt.reference, NOW)

    async with transaction(Viewer.system()) as session:
        (await session.get_one(Invoice, invoice.id)).settled_cents = 24311
        await session.flush()
        leaving = asyncio.create_task(leave())
        await asyncio.wait([leaving], timeout=0.1)
        assert not leaving.done()
    with pytest.raises(NotPayable, match="déjà réglée"):
        await leaving


async def test_a_hand_over_waits_for_nobody_else_s_invoice(town):
    alice = town.alice.viewer
    async with transaction(alice) as session:
        mine, other = [await create_invoice(session, alice) for _ in range(2)]
        attempt = await create_attempt(session, alice, mine)
        await create_attempt(session, alice, other)

    async with transaction(Viewer.system()) as busy, transaction(alice) as session:
        (await busy.get_one(Invoice, other.id)).settled_cents = 24311
        await busy.flush()
        async with asyncio.timeout(2):
            assert (await admit_opening(session, alice, attempt.reference, NOW)).id == attempt.id


async def test_another_payment_of_the_same_invoice_stands_in_the_way(session, alice, bruno, invoice, attempt):
    await create_attempt(session, bruno, invoice, state=AttemptState.PENDING, opened_at=NOW)

    assert "déjà en cours" in await find_opening_obstacle(session, alice, attempt, NOW)


async def test_who_may_only_see_by_now_does_not_leave(session, alice, attempt):
    assert "mais pas de la régler" in await find_opening_obstacle(session, see_only(alice), attempt, NOW)


async def test_a_suspension_stops_it_at_the_door(session, cast, alice, attempt):
    by = cast.chloe.viewer.account_id
    values = {"utility_id": cast.utility.id, "reason": "Maintenance", "suspended_at": NOW, "suspended_by": by}
    await save(session, PaymentSuspension(**values))

    with pytest.raises(NotPayable, match=r"^Le paiement a été temporairement suspendu\.$"):
        await admit_opening(session, alice, attempt.reference, NOW)
