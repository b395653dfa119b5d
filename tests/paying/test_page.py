"""The page of one payment, as a tab of the browser knows it, with PayFiP over real HTTP."""

import asyncio

import pytest
from reflex_base.utils.format import json_dumps

from models import AttemptState, PaymentAttempt, PaymentSuspension, Utility
from portail_app.database import transaction
from portail_app.errors import Forbidden, NotFound, NotSignedIn
from portail_app.states import payment as payment_state
from portail_app.states.payment import PaymentState
from portail_app.states.payment_status import ask_once
from tests.factories import save
from tests.paying.desk import SYSTEM
from tests.tabs import open_tab


async def open_payment(person, attempt, **query) -> PaymentState:
    tab = await open_tab(PaymentState, person, f"/paiement/{attempt.reference}", **query)
    await tab.load()
    return tab


async def test_the_hand_over_shows_what_payfip_will_be_told(desk):
    invoice = await desk.invoice(number="2017-020-002059")
    attempt = await desk.prepare(invoice)

    tab = await open_payment(desk.town.alice, attempt)

    assert (tab.attempt.client, tab.attempt.amount_cents) == ("004200", 24311)
    assert [part.invoice_number for part in tab.allocations] == ["2017-020-002059"]
    assert (tab.obstacle, tab.trouble, tab.missing) == ("", "", "")


async def test_the_idop_never_reaches_the_browser(desk):
    attempt, idop = await desk.begin(await desk.invoice())

    tab = await open_payment(desk.town.alice, attempt)

    sent = json_dumps(tab.dict())
    assert attempt.reference in sent
    assert idop not in sent


async def test_what_is_written_for_staff_never_reaches_the_payers_browser(desk):
    attempt = await desk.prepare(await desk.invoice())
    async with transaction(SYSTEM) as session:
        kept = await session.get_one(PaymentAttempt, attempt.id)
        kept.trouble = "PayFiP refuse l’identifiant 004200 : T4"

    tab = await open_payment(desk.town.alice, attempt)

    assert (tab.attempt.reference, tab.attempt.state) == (attempt.reference, AttemptState.PREPARED)
    assert "refuse" not in json_dumps(tab.dict())
    assert (await desk.fresh(attempt)).trouble == "PayFiP refuse l’identifiant 004200 : T4"


async def test_somebody_elses_payment_is_as_if_it_did_not_exist(desk):
    attempt = await desk.prepare(await desk.invoice())

    tab = await open_payment(desk.town.bruno, attempt)

    assert tab.attempt is None
    assert tab.missing == "Paiement introuvable."


@pytest.mark.parametrize("reference", ["zz", "%20", "..", "é" * 300])
async def test_any_reference_in_the_url_has_an_answer(town, reference):
    tab = await open_tab(PaymentState, town.alice, f"/paiement/{reference}")

    await tab.load()

    assert tab.missing == "Paiement introuvable."


async def test_a_suspension_after_the_choice_stops_the_hand_over(desk):
    attempt = await desk.prepare(await desk.invoice())
    async with transaction(SYSTEM) as session:
        account = desk.town.chloe.viewer.account_id
        suspension = PaymentSuspension(
            utility_id=desk.town.utility.id, reason="Maintenance", suspended_at=desk.now, suspended_by=account
        )
        await save(session, suspension)

    tab = await open_payment(desk.town.alice, attempt)

    assert tab.obstacle == "Le paiement a été temporairement suspendu."


async def test_the_page_comes_back_with_words_when_payfip_did_not_answer(desk):
    attempt = await desk.prepare(await desk.invoice())

    tab = await open_payment(desk.town.alice, attempt, motif="payfip")

    assert "Rien n’a été débité" in tab.trouble


async def test_the_page_asks_payfip_once_and_shows_the_result_by_itself(desk):
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.behave(notification="lost")
    desk.payfip.pay(idop)
    tab = await open_payment(desk.town.alice, attempt)
    assert tab.attempt.state is AttemptState.PENDING

    await follow(tab)

    assert tab.attempt.state is AttemptState.PAID
    assert tab.receipt.amount_cents == 24311


async def test_the_page_follows_until_somebody_else_learns_the_result(desk, monkeypatch):
    monkeypatch.setattr(payment_state, "PAUSES", (0.05,) * 200)
    desk.payfip.behave(notification="lost")
    attempt, idop = await desk.begin(await desk.invoice())
    tab = await open_payment(desk.town.alice, attempt)
    following = asyncio.create_task(follow(tab))
    await asyncio.sleep(0.3)
    desk.payfip.pay(idop)
    await desk.check(attempt)

    await asyncio.wait_for(following, 20)

    assert tab.attempt.state is AttemptState.PAID


async def test_a_page_that_is_reloaded_does_not_ask_payfip_each_time(desk):
    attempt, _ = await desk.begin(await desk.invoice())
    for _ in range(5):
        await open_payment(desk.town.alice, attempt)
        await ask_once(desk.town.alice.viewer, attempt.reference)

    asked = [answer for answer in await desk.answers() if answer.operation == "recupererDetailPaiementSecurise"]
    assert len(asked) == 1


async def test_to_abandon_frees_the_invoice_at_once(desk):
    invoice = await desk.invoice()
    attempt, _ = await desk.begin(invoice)
    tab = await open_payment(desk.town.alice, attempt)

    await tab.abandon()

    assert tab.attempt.state is AttemptState.CANCELLED
    assert await desk.prepare(invoice)


async def test_what_is_paid_already_is_not_abandoned(desk):
    desk.payfip.behave(notification="lost")
    attempt, idop = await desk.begin(await desk.invoice())
    tab = await open_payment(desk.town.alice, attempt)
    desk.payfip.pay(idop)

    await tab.abandon()

    assert tab.attempt.state is AttemptState.PAID


async def test_neither_nobody_nor_staff_nor_the_neighbour_abandon_it(desk):
    attempt = await desk.prepare(await desk.invoice())
    path = f"/paiement/{attempt.reference}"
    for person, refusal in ((None, NotSignedIn), (desk.town.chloe, Forbidden)):
        tab = await open_tab(PaymentState, person, path)
        with pytest.raises(refusal):
            await tab.abandon()
    neighbour = await open_tab(PaymentState, desk.town.bruno, path)
    with pytest.raises(NotFound, match="Paiement introuvable"):
        await neighbour.abandon()

    assert (await desk.fresh(attempt)).state is AttemptState.PREPARED


async def follow(tab: PaymentState) -> None:
    """The background handler, with the tab itself in the place of Reflex's lock on it."""
    await PaymentState.watch.fn(_Locked(tab))


class _Locked:
    def __init__(self, tab: PaymentState) -> None:
        object.__setattr__(self, "_tab", tab)

    def __getattr__(self, name: str):
        return getattr(self._tab, name)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_: object) -> None:
        return None


async def test_the_window_of_a_payment_knows_itself_once_the_payer_is_back(desk):
    attempt = await desk.prepare(await desk.invoice())
    for opens_popup, query, window in (
        (False, {}, ""),
        (False, {"retour": "payfip"}, ""),
        (True, {}, "opens"),
        (True, {"retour": "payfip"}, "is"),
    ):
        async with transaction(SYSTEM) as session:
            utility = await session.get_one(Utility, attempt.utility_id)
            utility.payfip_opens_popup = opens_popup
            session.add(utility)
        assert (await open_payment(desk.town.alice, attempt, **query)).window == window
