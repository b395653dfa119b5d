"""From a choice to an attempt: what is checked again at the moment of paying."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models import AttemptState, PaymentAllocation, PaymentAttempt, PaymentMode, PaymentSuspension, Utility
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound, NotPayable
from portail_app.services.payability import SUSPENDED
from portail_app.services.payments.attempts import list_allocations
from portail_app.services.payments.opening import admit_opening
from portail_app.services.payments.preparation import Choice, prepare_attempt
from portail_app.services.suspensions import suspend_payments
from portail_app.viewer import Viewer
from tests.factories import NOW, TODAY, create_invoice, create_subscriber, create_utility, save
from tests.payments import create_attempt, see_only


def choice(*invoices) -> Choice:
    return Choice(tuple(invoice.id for invoice in invoices), sum(invoice.balance_cents for invoice in invoices))


async def test_an_attempt_says_what_payfip_will_be_asked(session, alice):
    invoice = await create_invoice(session, owner=alice, number="2017-020-002059", issued_on=TODAY.replace(year=2017))

    attempt = await prepare_attempt(session, alice, choice(invoice), NOW)

    assert (attempt.state, attempt.idop) == (AttemptState.PREPARED, None)
    assert (attempt.amount_cents, attempt.refdet, attempt.client) == (24311, "2017020002059", "004200")
    assert (attempt.mode, attempt.fiscal_year) == (PaymentMode.TEST, 2017)
    assert attempt.subject == "Facture 2017 020 002059 Multi Services"
    assert attempt.payer_email == "alice@example.fr"
    (allocation,) = await list_allocations(session, attempt)
    assert (allocation.invoice_id, allocation.amount_cents) == (invoice.id, 24311)


async def test_only_the_balance_is_paid(session, alice):
    invoice = await create_invoice(session, owner=alice, billed_paid_cents=10_000)

    assert (await prepare_attempt(session, alice, choice(invoice), NOW)).amount_cents == 14_311


async def test_several_invoices_are_one_basket_where_the_utility_allows_it(session, cast, alice):
    cast.utility.several_invoices_per_payment = True
    first, second = [await create_invoice(session, owner=alice) for _ in range(2)]

    attempt = await prepare_attempt(session, alice, choice(second, first), NOW)

    assert attempt.refdet == f"B2026{attempt.id:06d}"
    assert attempt.amount_cents == 48_622
    assert {part.invoice_id for part in await list_allocations(session, attempt)} == {first.id, second.id}
    assert first.number.replace("-", " ") in attempt.subject


async def test_several_invoices_are_refused_elsewhere(session, alice):
    first, second = [await create_invoice(session, owner=alice) for _ in range(2)]

    with pytest.raises(NotPayable, match="Une seule facture"):
        await prepare_attempt(session, alice, choice(first, second), NOW)


async def test_two_utilities_are_never_paid_at_once(session, cast, alice):
    cast.utility.several_invoices_per_payment = True
    elsewhere = await create_utility(session, several_invoices_per_payment=True)
    there = frozenset({(await create_subscriber(session, elsewhere)).id})
    alice_there = replace(alice, subscriber_ids=there, subscribed_utility_ids=frozenset({elsewhere.id}))
    invoices = [await create_invoice(session, owner=owner) for owner in (alice, alice_there)]
    both = alice.subscriber_ids | there

    with pytest.raises(NotPayable, match="services différents"):
        await prepare_attempt(
            session, replace(alice, subscriber_ids=both, payable_subscriber_ids=both), choice(*invoices), NOW
        )


async def test_a_neighbours_invoice_is_as_if_it_did_not_exist(session, alice, bruno):
    mine = await create_invoice(session, owner=alice)
    his = await create_invoice(session, owner=bruno)

    for wanted in (choice(his), choice(mine, his), Choice((10**9,), 100)):
        with pytest.raises(NotFound, match=r"Facture introuvable\."):
            await prepare_attempt(session, alice, wanted, NOW)


async def test_staff_do_not_pay_for_subscribers(session, alice, chloe):
    invoice = await create_invoice(session, owner=alice)

    with pytest.raises(NotFound):
        await prepare_attempt(session, chloe, choice(invoice), NOW)


async def test_a_delegate_who_may_only_see_cannot_pay(session, alice):
    invoice = await create_invoice(session, owner=alice)

    with pytest.raises(NotPayable, match="mais pas de la régler"):
        await prepare_attempt(session, see_only(alice), choice(invoice), NOW)


@pytest.mark.parametrize("shown", [0, 24310, 24312, -24311])
async def test_an_amount_that_is_not_the_one_shown_is_told_and_not_paid(session, alice, shown):
    invoice = await create_invoice(session, owner=alice)

    with pytest.raises(NotPayable, match="Le montant à régler a changé : il est maintenant de 243,11\xa0€"):
        await prepare_attempt(session, alice, Choice((invoice.id,), shown), NOW)


async def test_a_payment_suspended_after_the_choice_is_refused(session, cast, alice):
    invoice = await create_invoice(session, owner=alice)
    chosen = choice(invoice)
    chloe = cast.chloe.viewer.account_id
    await save(
        session,
        PaymentSuspension(utility_id=cast.utility.id, reason="Maintenance", suspended_at=NOW, suspended_by=chloe),
    )

    with pytest.raises(NotPayable, match=r"^Le paiement a été temporairement suspendu\.$"):
        await prepare_attempt(session, alice, chosen, NOW)


async def test_no_payment_slips_past_a_suspension_that_is_being_written(town):
    alice, chloe = town.alice.viewer, town.chloe.viewer
    async with transaction(alice) as session:
        invoice, other = [await create_invoice(session, owner=alice) for _ in range(2)]
        chosen = await create_attempt(session, alice, other)

    async def prepare() -> None:
        async with transaction(alice) as session:
            await prepare_attempt(session, alice, choice(invoice), NOW)

    async def leave() -> None:
        async with transaction(alice) as session:
            await admit_opening(session, alice, chosen.reference, NOW)

    async with transaction(chloe) as session:
        await suspend_payments(session, chloe, town.utility.id, "Maintenance", None, NOW)
        paying = asyncio.gather(prepare(), leave(), return_exceptions=True)
        await asyncio.wait([paying], timeout=0.1)
        assert not paying.done()

    for refusal in await paying:
        assert isinstance(refusal, NotPayable)
        assert refusal.sentence == SUSPENDED


async def test_the_invoice_at_fault_is_named_among_several(session, cast, alice):
    cast.utility.several_invoices_per_payment = True
    good = await create_invoice(session, owner=alice)
    disputed = await create_invoice(session, owner=alice, is_disputed=True)

    with pytest.raises(NotPayable, match=f"^Facture {disputed.number} : .*réclamation"):
        await prepare_attempt(session, alice, choice(good, disputed), NOW)


async def test_an_invoice_being_paid_is_not_paid_again_for_twenty_minutes(session, alice):
    invoice = await create_invoice(session, owner=alice)
    await prepare_attempt(session, alice, choice(invoice), NOW)

    with pytest.raises(NotPayable, match="déjà en cours"):
        await prepare_attempt(session, alice, choice(invoice), NOW + timedelta(minutes=19, seconds=59))
    await prepare_attempt(session, alice, choice(invoice), NOW + timedelta(minutes=20))
    assert len((await session.exec(select(PaymentAttempt))).all()) == 2


async def test_the_twenty_minutes_count_from_the_hand_over(session, alice):
    invoice = await create_invoice(session, owner=alice)
    opened_at = NOW + timedelta(minutes=14)
    await create_attempt(session, alice, invoice, state=AttemptState.PENDING, opened_at=opened_at)

    with pytest.raises(NotPayable, match="déjà en cours"):
        await prepare_attempt(session, alice, choice(invoice), NOW + timedelta(minutes=33))


@pytest.mark.parametrize("ids", [(), tuple(range(1, 60))])
async def test_nothing_and_too_much_are_refused(session, alice, ids):
    with pytest.raises(Invalid, match="Sélectionnez"):
        await prepare_attempt(session, alice, Choice(ids, 0), NOW)


async def test_fifty_invoices_are_paid_at_once_and_not_one_more(session, cast, alice):
    cast.utility.several_invoices_per_payment = True
    invoices = [await create_invoice(session, owner=alice, amount_cents=100) for _ in range(51)]

    with pytest.raises(Invalid, match="Sélectionnez"):
        await prepare_attempt(session, alice, choice(*invoices), NOW)
    assert (await prepare_attempt(session, alice, choice(*invoices[:50]), NOW)).amount_cents == 5_000


async def test_a_refused_choice_leaves_nothing_of_a_payment(session, cast, alice):
    cast.utility.several_invoices_per_payment = True
    good, settled = await create_invoice(session, alice), await create_invoice(session, alice, settled_cents=24311)

    with pytest.raises(NotPayable):
        await prepare_attempt(session, alice, choice(good, settled), NOW)

    assert (await session.exec(select(PaymentAttempt))).all() == []
    assert (await session.exec(select(PaymentAllocation))).all() == []


async def test_choices_that_share_an_invoice_never_both_pay_it_nor_wait_for_each_other(town):
    alice = town.alice.viewer
    async with transaction(Viewer.system()) as session:
        (await session.get_one(Utility, town.utility.id)).several_invoices_per_payment = True
        one, two, three = [await create_invoice(session, owner=alice) for _ in range(3)]

    async def prepare(*invoices) -> PaymentAttempt:
        async with transaction(alice) as session:
            return await prepare_attempt(session, alice, choice(*invoices), NOW)

    chosen = ((one, two), (three, two), (two, three), (two,))
    outcomes = await asyncio.gather(*(prepare(*invoices) for invoices in chosen), return_exceptions=True)

    refused = [outcome for outcome in outcomes if isinstance(outcome, NotPayable)]
    assert len(refused) == 3
    assert {"déjà en cours" in refusal.sentence for refusal in refused} == {True}


async def test_an_invoice_sent_twice_in_one_choice_is_paid_once(session, alice):
    invoice = await create_invoice(session, owner=alice)

    attempt = await prepare_attempt(session, alice, Choice((invoice.id, invoice.id), 24311), NOW)

    assert attempt.amount_cents == 24311


async def test_a_basket_beyond_what_payfip_takes_is_refused(session, cast, alice):
    cast.utility.several_invoices_per_payment = True
    large = [await create_invoice(session, owner=alice, amount_cents=6_000_000) for _ in range(2)]

    with pytest.raises(NotPayable, match="choisissez moins de factures"):
        await prepare_attempt(session, alice, choice(*large), NOW)


async def test_a_number_that_gives_no_reference_is_told_in_words(session, alice):
    invoice = await create_invoice(session, owner=alice, number="A-12")

    with pytest.raises(NotPayable, match="contactez le service"):
        await prepare_attempt(session, alice, choice(invoice), NOW)


async def test_an_address_too_long_for_payfip_is_told_in_words(session, alice):
    invoice = await create_invoice(session, owner=alice)
    long_address = replace(alice, email="a" * 70 + "@example.fr")

    with pytest.raises(NotPayable, match="80 caractères"):
        await prepare_attempt(session, long_address, choice(invoice), NOW)


async def test_references_are_neither_guessed_nor_misread(session, alice):
    references = []
    for _ in range(20):
        invoice = await create_invoice(session, owner=alice)
        references.append((await prepare_attempt(session, alice, choice(invoice), NOW)).reference)

    assert len(set(references)) == 20
    assert not set("".join(references)) & set("01OIl")
