"""The open invoices of a viewer, and what stands in the way of their payment."""

from datetime import timedelta

import pytest

from models import AttemptState, Invoice, InvoiceKind, PaymentSuspension
from portail_app.database import transaction
from portail_app.services.payability import SUSPENDED
from portail_app.services.payables import find_obstacle, list_payables, read_payables
from portail_app.services.suspensions import list_current
from portail_app.viewer import Viewer
from tests.factories import NOW, TODAY, create_invoice, create_utility, save
from tests.payments import create_attempt, see_only

MINUTE = timedelta(minutes=1)


async def test_only_ones_own_open_invoices_are_listed(session, alice, bruno):
    mine = await create_invoice(session, owner=alice)
    await create_invoice(session, owner=alice, settled_cents=24311)
    await create_invoice(session, owner=alice, kind=InvoiceKind.CREDIT_NOTE, amount_cents=-500)
    await create_invoice(session, owner=bruno)

    assert [payable.invoice.number for payable in await list_payables(session, alice, NOW)] == [mine.number]


async def test_what_can_be_paid_comes_first_and_the_oldest_due_date_before(session, alice):
    at_treasury = await create_invoice(
        session, owner=alice, sent_to_treasury_on=TODAY, due_on=TODAY - timedelta(days=90)
    )
    newer = await create_invoice(session, owner=alice, due_on=TODAY + timedelta(days=20))
    older = await create_invoice(session, owner=alice, due_on=TODAY - timedelta(days=5))

    listed = [payable.invoice.id for payable in await list_payables(session, alice, NOW)]

    assert listed == [older.id, newer.id, at_treasury.id]


async def test_the_last_day_for_online_payment_is_a_day_of_paris(session, alice):
    invoice = await create_invoice(session, owner=alice, online_until=TODAY)

    late_in_utc = NOW.replace(hour=23, minute=30)  # the day after in Paris

    assert await find_obstacle(session, alice, invoice, NOW) == ""
    assert "dépassée" in await find_obstacle(session, alice, invoice, late_in_utc)


async def test_a_suspension_stands_in_the_way_while_it_holds(session, cast, alice):
    invoice = await create_invoice(session, owner=alice)
    suspension = PaymentSuspension(
        utility_id=cast.utility.id,
        reason="Maintenance",
        suspended_at=NOW,
        suspended_by=cast.chloe.viewer.account_id,
        until=NOW + timedelta(hours=1),
    )
    await save(session, suspension)

    assert await find_obstacle(session, alice, invoice, NOW) == "Le paiement a été temporairement suspendu."
    assert await find_obstacle(session, alice, invoice, NOW + timedelta(hours=1)) == ""
    suspension.resumed_at = NOW
    await save(session, suspension)
    assert await find_obstacle(session, alice, invoice, NOW) == ""


async def test_a_suspension_without_an_end_holds_for_its_own_utility_only(session, cast, alice):
    invoice = await create_invoice(session, owner=alice)
    values = {"reason": "Maintenance", "suspended_at": NOW, "suspended_by": cast.chloe.viewer.account_id}
    await save(session, PaymentSuspension(utility_id=(await create_utility(session)).id, **values))
    assert await find_obstacle(session, alice, invoice, NOW) == ""

    await save(session, PaymentSuspension(utility_id=cast.utility.id, **values))
    assert await find_obstacle(session, alice, invoice, NOW + timedelta(days=300)) == SUSPENDED


@pytest.mark.parametrize("until", [None, NOW - MINUTE, NOW, NOW + MINUTE])
@pytest.mark.parametrize("resumed_at", [None, NOW])
async def test_the_row_its_list_and_the_obstacle_agree_on_what_is_suspended(session, cast, alice, until, resumed_at):
    invoice = await create_invoice(session, owner=alice)
    values = {"utility_id": cast.utility.id, "reason": "Maintenance", "suspended_by": cast.chloe.viewer.account_id}
    since = NOW - timedelta(hours=1)
    held = PaymentSuspension(suspended_at=since, until=until, resumed_at=resumed_at, **values)
    await save(session, held)

    assert (await find_obstacle(session, alice, invoice, NOW) == SUSPENDED) is held.holds_at(NOW)
    assert (await list_current(session, NOW, [cast.utility.id]) == [held]) is held.holds_at(NOW)


@pytest.mark.parametrize("closed", [{"payfip_client": None}, {"online_payment_open": False}])
async def test_a_utility_that_has_not_opened_online_payment_takes_none(session, cast, alice, closed):
    invoice = await create_invoice(session, owner=alice)
    for name, value in closed.items():
        setattr(cast.utility, name, value)
    await save(session, cast.utility)

    assert "pas ouvert" in await find_obstacle(session, alice, invoice, NOW)


async def test_a_delegate_who_may_only_see_may_not_pay(session, alice):
    invoice = await create_invoice(session, owner=alice)

    assert "mais pas de la régler" in await find_obstacle(session, see_only(alice), invoice, NOW)


async def test_a_payment_in_progress_is_named_to_whoever_began_it_only(session, alice, bruno):
    invoice = await create_invoice(session, owner=alice)
    attempt = await create_attempt(session, alice, invoice, state=AttemptState.PENDING, opened_at=NOW)

    (own,) = await list_payables(session, alice, NOW)
    (foreign,) = await read_payables(session, bruno, [invoice.id], NOW)

    assert own.resume == attempt.reference
    assert "déjà en cours" in own.obstacle
    assert foreign.resume == ""


@pytest.mark.parametrize("state", [AttemptState.PREPARED, AttemptState.PENDING])
async def test_a_payment_in_progress_holds_others_back_for_twenty_minutes(session, alice, state):
    invoice = await create_invoice(session, owner=alice)
    await create_attempt(session, alice, invoice, state=state)

    assert await find_obstacle(session, alice, invoice, NOW + timedelta(minutes=19)) != ""
    assert await find_obstacle(session, alice, invoice, NOW + timedelta(minutes=20)) == ""


@pytest.mark.parametrize("state", [AttemptState.REFUSED, AttemptState.CANCELLED, AttemptState.EXPIRED])
async def test_a_payment_that_came_to_nothing_holds_nobody_back(session, alice, state):
    invoice = await create_invoice(session, owner=alice)
    await create_attempt(session, alice, invoice, state=state, opened_at=NOW, next_check_at=NOW + MINUTE)

    assert await find_obstacle(session, alice, invoice, NOW) == ""


async def test_a_payment_in_doubt_holds_others_back_as_long_as_payfip_is_asked(session, alice):
    invoice = await create_invoice(session, owner=alice)
    attempt = await create_attempt(
        session, alice, invoice, state=AttemptState.ANOMALY, next_check_at=NOW + timedelta(days=1)
    )

    assert "vérification par le service" in await find_obstacle(session, alice, invoice, NOW + timedelta(days=3))
    attempt.next_check_at = None
    await save(session, attempt)
    assert await find_obstacle(session, alice, invoice, NOW + timedelta(days=8)) == ""


async def test_of_several_payments_in_progress_an_invoice_names_the_last_one_once(session, alice):
    invoice = await create_invoice(session, owner=alice)
    _, newer = [await create_attempt(session, alice, invoice, state=AttemptState.PENDING) for _ in range(2)]
    await create_attempt(session, alice, await create_invoice(session, owner=alice, due_on=TODAY + timedelta(days=90)))

    first, _ = await list_payables(session, alice, NOW)

    assert (first.invoice.id, first.resume) == (invoice.id, newer.reference)


async def test_what_is_asked_for_comes_in_the_order_of_its_ids_each_with_its_utilitys_rule(session, cast, alice):
    ids = [(await create_invoice(session, owner=alice, due_on=TODAY - timedelta(days=n))).id for n in range(3)]
    cast.utility.several_invoices_per_payment = True
    await session.flush()

    found = await read_payables(session, alice, ids[::-1], NOW)

    assert [payable.invoice.id for payable in found] == ids
    assert {payable.several for payable in found} == {True}


async def test_what_another_has_written_since_is_seen(town):
    alice = town.alice.viewer
    async with transaction(alice) as session:
        invoice = await create_invoice(session, owner=alice)
    async with transaction(alice) as session:
        known = await session.get_one(Invoice, invoice.id)
        async with transaction(Viewer.system()) as other:
            (await other.get_one(Invoice, invoice.id)).settled_cents = 24311

        assert "déjà réglée" in await find_obstacle(session, alice, known, NOW)


async def test_of_one_due_date_the_first_number_comes_first(session, alice):
    for number in ("2026-020-000009", "2026-020-000008"):
        await create_invoice(session, owner=alice, number=number)

    assert [one.invoice.number[-1] for one in await list_payables(session, alice, NOW)] == ["8", "9"]


async def test_a_payment_does_not_stand_in_its_own_way(session, alice):
    invoice = await create_invoice(session, owner=alice)
    attempt = await create_attempt(session, alice, invoice)

    (payable,) = await read_payables(session, alice, [invoice.id], NOW, besides=attempt.id)

    assert payable.obstacle == ""
