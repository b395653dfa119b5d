"""The hand-over to PayFiP: committed before, repeated without harm, refused in words."""

import asyncio

import pytest

from models import AttemptState, InvoiceStatus
from portail_app.database import transaction
from portail_app.errors import NotFound, NotPayable, Unavailable
from portail_app.services.payments.attempts import abandon_attempt
from tests.paying.desk import SYSTEM, change_utility


async def test_the_attempt_is_committed_before_payfip_is_asked(desk):
    attempt = await desk.prepare(await desk.invoice())

    assert desk.payfip.state()["payments"].keys().isdisjoint({attempt.reference})
    assert (await desk.fresh(attempt)).state is AttemptState.PREPARED


async def test_an_abandon_then_a_success_on_the_same_idop_ends_paid(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    desk.payfip.pay(idop, "A")
    desk.advance(1)
    assert (await desk.check(attempt)).state is AttemptState.PENDING
    desk.advance(3)
    assert (await desk.check(attempt)).state is AttemptState.CANCELLED

    desk.payfip.choose(idop, "P")

    assert (await desk.check(attempt)).state is AttemptState.PAID
    assert (await desk.fresh(invoice)).status is InvoiceStatus.PAID


@pytest.mark.parametrize("scenario", [{"trouble": "http"}, {"trouble": "fault", "fault": "999"}])
async def test_a_hand_over_without_an_answer_can_be_tried_again(desk, scenario):
    attempt = await desk.prepare(await desk.invoice())
    desk.payfip.behave(trouble_on="creerPaiementSecurise", trouble_times=1, **scenario)

    with pytest.raises(Unavailable, match="ne répond pas"):
        await desk.leave(attempt)

    assert (await desk.fresh(attempt)).state is AttemptState.PREPARED
    assert await desk.leave(attempt)
    assert (await desk.fresh(attempt)).state is AttemptState.PENDING


@pytest.mark.parametrize("client", ["004204", "999999"])
async def test_a_wrong_configuration_is_told_to_staff_and_not_to_the_payer(desk, client):
    await change_utility(desk, payfip_client=client, email="regie@example.fr")
    attempt = await desk.prepare(await desk.invoice())

    with pytest.raises(Unavailable, match="le service en est informé"):
        await desk.leave(attempt)

    assert client in (await desk.fresh(attempt)).trouble
    (mail,) = await desk.mails()
    assert mail.subject.startswith("PayFiP refuse les paiements")


async def test_the_same_idop_is_shown_again_within_fifteen_minutes_and_not_after(desk):
    attempt, idop = await desk.begin(await desk.invoice())

    desk.advance(14)
    assert await desk.leave(attempt) == idop
    desk.advance(1)
    with pytest.raises(NotPayable, match="pas été commencé à temps"):
        await desk.leave(attempt)


async def test_two_hand_overs_at_once_show_one_idop(desk):
    attempt = await desk.prepare(await desk.invoice())

    shown = await asyncio.gather(*(desk.leave(attempt) for _ in range(4)))

    assert len(set(shown)) == 1


async def test_a_neighbour_cannot_leave_with_somebody_elses_payment(desk):
    attempt = await desk.prepare(await desk.invoice())

    for stranger in (desk.town.bruno, desk.town.chloe):
        with pytest.raises(NotFound, match="Paiement introuvable"):
            await desk.leave(attempt, by=stranger)


async def test_an_invoice_that_changed_after_the_choice_is_not_handed_over(desk):
    invoice = await desk.invoice()
    attempt = await desk.prepare(invoice)
    async with transaction(SYSTEM) as session:
        (await session.get_one(type(invoice), invoice.id)).amount_cents = 30_000

    with pytest.raises(NotPayable, match="a changé depuis votre choix"):
        await desk.leave(attempt)


async def test_two_devices_cannot_begin_to_pay_the_same_invoice(desk):
    invoice = await desk.invoice()

    outcomes = await asyncio.gather(*(desk.prepare(invoice) for _ in range(6)), return_exceptions=True)

    refused = [outcome for outcome in outcomes if isinstance(outcome, NotPayable)]
    assert len(refused) == 5
    assert {refusal.sentence for refusal in refused} == {"Un paiement de cette facture est déjà en cours."}


async def test_an_abandoned_payment_frees_its_invoice_and_is_paid_all_the_same_if_it_was(desk):
    invoice = await desk.invoice()
    attempt, idop = await desk.begin(invoice)
    alice = desk.town.alice.viewer
    async with transaction(alice) as session:
        await abandon_attempt(session, alice, attempt.reference)
    await desk.prepare(invoice)

    desk.payfip.pay(idop)

    assert (await desk.check(attempt)).state is AttemptState.PAID
    assert (await desk.fresh(invoice)).balance_cents == 0
