"""The selection page, as a tab of the browser knows it."""

from datetime import UTC, datetime

import pytest

from models import PaymentAttempt, PaymentSuspension, Utility
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotSignedIn
from portail_app.states.payment_choice import PaymentChoiceState
from portail_app.viewer import Viewer
from tests.factories import create_invoice, save
from tests.tabs import open_tab

SYSTEM = Viewer.system()


async def bill(person, **values):
    async with transaction(SYSTEM) as session:
        return await create_invoice(session, owner=person.viewer, **values)


async def allow_several(town) -> None:
    async with transaction(SYSTEM) as session:
        (await session.get_one(Utility, town.utility.id)).several_invoices_per_payment = True


async def open_choice(person, **query) -> PaymentChoiceState:
    tab = await open_tab(PaymentChoiceState, person, "/paiement", **query)
    await tab.load()
    return tab


async def attempts() -> list[PaymentAttempt]:
    from sqlmodel import select

    async with transaction(SYSTEM) as session:
        return list((await session.exec(select(PaymentAttempt))).all())


async def test_she_sees_what_she_owes_and_nothing_of_her_neighbours(town):
    mine = await bill(town.alice)
    await bill(town.bruno)

    tab = await open_choice(town.alice)

    assert [payable.invoice.number for payable in tab.payables] == [mine.number]
    assert (tab.selected, tab.total_cents) == ((), 0)


async def test_a_click_selects_and_another_one_unselects(town):
    invoice = await bill(town.alice)
    tab = await open_choice(town.alice)

    await tab.toggle(invoice.id)
    assert (tab.selected, tab.total_cents) == ((invoice.id,), 24311)

    await tab.toggle(invoice.id)
    assert (tab.selected, tab.total_cents) == ((), 0)


async def test_where_one_invoice_is_paid_at_a_time_the_new_choice_takes_the_place_of_the_old(town):
    first, second = await bill(town.alice), await bill(town.alice, amount_cents=500)
    tab = await open_choice(town.alice)

    await tab.toggle(first.id)
    await tab.toggle(second.id)

    assert (tab.selected, tab.total_cents) == ((second.id,), 500)


async def test_where_several_are_allowed_the_total_follows(town):
    await allow_several(town)
    first, second = await bill(town.alice), await bill(town.alice, amount_cents=500)
    tab = await open_choice(town.alice)

    await tab.toggle(first.id)
    await tab.toggle(second.id)

    assert (tab.selected, tab.total_cents) == ((first.id, second.id), 24811)


async def test_an_invoice_that_cannot_be_paid_says_why_and_is_not_selected(town):
    disputed = await bill(town.alice, is_disputed=True)
    tab = await open_choice(town.alice)

    await tab.toggle(disputed.id)

    assert "réclamation" in tab.payables[0].obstacle
    assert (tab.selected, tab.total_cents) == ((), 0)


async def test_a_neighbours_invoice_sent_by_hand_selects_nothing(town):
    await bill(town.alice)
    his = await bill(town.bruno)
    tab = await open_choice(town.alice)

    for forged in (his.id, -1, 10**9):
        await tab.toggle(forged)

    assert (tab.selected, tab.total_cents) == ((), 0)


@pytest.mark.parametrize("forged", ["1", 1.5, None, [1], {"id": 1}, True])
async def test_only_a_number_is_taken_for_an_invoice(town, forged):
    tab = await open_choice(town.alice)

    with pytest.raises(Invalid):
        await tab.toggle(invoice_id=forged)


async def test_an_invoice_named_in_the_url_comes_already_chosen(town):
    await bill(town.alice)
    wanted = await bill(town.alice, amount_cents=700)

    tab = await open_choice(town.alice, facture=wanted.number)

    assert (tab.selected, tab.total_cents) == ((wanted.id,), 700)


async def test_an_invoice_of_the_url_that_cannot_be_paid_says_why_at_once(town):
    at_treasury = await bill(town.alice, sent_to_treasury_on=datetime.now(UTC).date())

    tab = await open_choice(town.alice, facture=at_treasury.number)

    assert tab.selected == ()
    assert "trésorerie" in tab.refusal


@pytest.mark.parametrize("number", ["zz", "%20", "'; --", "é" * 500])
async def test_any_number_in_the_url_is_harmless(town, number):
    tab = await open_choice(town.alice, facture=number)

    assert (tab.selected, tab.refusal) == ((), "")


async def test_to_pay_goes_to_the_hand_over(town):
    invoice = await bill(town.alice)
    tab = await open_choice(town.alice, facture=invoice.number)

    event = await tab.pay()

    (attempt,) = await attempts()
    assert f"/paiement/{attempt.reference}" in str(event)
    assert attempt.amount_cents == 24311


async def test_an_amount_that_changed_since_is_shown_and_not_paid(town):
    invoice = await bill(town.alice)
    tab = await open_choice(town.alice, facture=invoice.number)
    async with transaction(SYSTEM) as session:
        (await session.get_one(type(invoice), invoice.id)).amount_cents = 30_000

    assert await tab.pay() is None

    assert "Le montant à régler a changé" in tab.refusal
    assert (tab.selected, tab.total_cents) == ((invoice.id,), 30_000)
    assert await attempts() == []


async def test_a_payment_suspended_since_is_refused_in_the_manuals_words(town):
    invoice = await bill(town.alice)
    tab = await open_choice(town.alice, facture=invoice.number)
    async with transaction(SYSTEM) as session:
        suspension = PaymentSuspension(
            utility_id=town.utility.id,
            reason="Maintenance",
            suspended_at=datetime.now(UTC),
            suspended_by=town.chloe.viewer.account_id,
        )
        await save(session, suspension)

    await tab.pay()

    assert tab.refusal == "Le paiement a été temporairement suspendu."
    assert tab.selected == ()
    assert await attempts() == []


async def test_what_another_device_is_paying_is_not_paid_twice(town):
    invoice = await bill(town.alice)
    phone, computer = [await open_choice(town.alice, facture=invoice.number) for _ in range(2)]
    await phone.pay()

    await computer.pay()

    assert computer.refusal == "Un paiement de cette facture est déjà en cours."
    assert computer.payables[0].resume == (await attempts())[0].reference


async def test_a_forged_total_pays_nothing(town):
    invoice = await bill(town.alice)
    tab = await open_choice(town.alice, facture=invoice.number)
    tab.total_cents = 100

    await tab.pay()

    assert await attempts() == []


async def test_without_a_choice_nothing_is_paid(town):
    await bill(town.alice)
    tab = await open_choice(town.alice)

    await tab.pay()

    assert tab.refusal == "Sélectionnez une facture à régler."


async def test_neither_nobody_nor_staff_choose(town):
    for person, refusal in ((None, NotSignedIn), (town.chloe, Forbidden)):
        tab = await open_tab(PaymentChoiceState, person, "/paiement")
        for forged in (tab.load(), tab.pay(), tab.toggle(invoice_id=1)):
            with pytest.raises(refusal):
                await forged
