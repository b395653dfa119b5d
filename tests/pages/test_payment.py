"""/paiement/[reference], as it reads at each step: the hand-over to PayFiP, the wait, the result."""

from datetime import UTC, datetime

import pytest

from models import AttemptState, PaymentAllocation, PaymentAttempt, Receipt
from portail_app.services.payability import SUSPENDED
from portail_app.states.payment import PaymentState
from tests.screens import page, tab_of

PAYMENT = "/paiement/[reference]"
AFTER_MIDNIGHT = datetime(2026, 7, 31, 22, 30, tzinfo=UTC)
WARNING = "Attention, votre navigateur doit accepter les fenêtres contextuelles (pop-up)."
INVITATION = "Cliquez sur le bouton de test pour vérifier que votre navigateur accepte les pop-up."
FORMERLY = "TIPI s’appelle aujourd’hui PayFiP, le paiement en ligne des finances publiques."
OVER = [AttemptState.REFUSED, AttemptState.CANCELLED, AttemptState.EXPIRED]


async def test_payfip_is_told_what_the_page_says():
    seen = page(PAYMENT, await paying()).only("main")

    assert dict(zip(seen.said("dt"), seen.said("dd"), strict=True)) == {
        "Identifiant collectivité :": "004200",
        "Montant du règlement :": "486,22 €",
        "Références des factures :": "F1, F2",
    }
    form = seen.only("form", action="/paiement/PORTAIL1/payfip")
    assert (form.properties["method"], form.properties["target"]) == ("post", "_self")
    assert form.said("button") == ["Payer la facture sur le portail TIPI"]
    assert FORMERLY in seen.words()
    assert WARNING not in seen.words()


async def test_where_payfip_has_a_window_of_its_own_pop_ups_are_tried_first():
    seen = page(PAYMENT, await paying(window="opens")).only("main")

    assert WARNING in seen.words()
    assert INVITATION in seen.words()
    assert seen.only("form", action="/paiement/PORTAIL1/payfip").properties["target"] == "_blank"
    test = next(each for each in seen.every("button") if each.words().startswith("Test d'accès"))
    assert [event["name"] for event in test.properties["onClick"]] == ["note_popup"]


@pytest.mark.parametrize(
    ("result", "words"),
    [
        ("", ""),
        ("opened", "Votre navigateur accepte les pop-up."),
        ("blocked", "Votre navigateur bloque les pop-up : autorisez-les pour ce site."),
    ],
)
async def test_the_result_of_the_test_of_pop_ups_is_read_out(result, words):
    seen = page(PAYMENT, await paying(window="opens", popup_test=result))
    assert words in seen.said("div", aria_live="polite")


async def test_a_payment_that_met_an_obstacle_can_neither_leave_nor_be_lost():
    seen = page(PAYMENT, await paying(obstacle=SUSPENDED)).only("main")

    assert SUSPENDED in seen.words()
    assert not [form for form in seen.every("form") if form.properties["action"].endswith("/payfip")]
    assert seen.links()["Choisir mes factures à régler"] == "/paiement"


async def test_the_wait_is_said_may_be_left_and_taken_up_again():
    seen = page(PAYMENT, await paying(AttemptState.PENDING)).only("main")

    assert seen.said("h2") == ["Vérification en cours"]
    assert seen.only("section").properties["aria_busy"] == "true"
    assert seen.pressed("Abandonner ce paiement") == ("abandon", {})
    assert seen.only("form", action="/paiement/PORTAIL1/payfip").said("button") == ["Reprendre le paiement"]


async def test_nobody_is_sent_back_to_payfip_past_an_obstacle():
    seen = page(PAYMENT, await paying(AttemptState.PENDING, obstacle=SUSPENDED)).only("main")
    assert "Reprendre le paiement" not in seen.words()
    assert "Abandonner ce paiement" in seen.words()


async def test_a_paid_invoice_has_its_receipt_by_the_hour_of_paris():
    seen = page(PAYMENT, await paying(AttemptState.PAID)).only("main")

    assert seen.said("h2") == ["Paiement effectué"]
    assert "Reçu n° R-12, le 01/08/2026 00:30." in seen.words()
    assert seen.only("p", className="amount").words() == "486,22 €"
    assert seen.links()["Télécharger le reçu"] == "/recus/PORTAIL1.pdf"
    assert "par ailleurs" not in seen.words()


async def test_what_was_paid_twice_is_said_to_the_cent():
    seen = page(PAYMENT, await paying(AttemptState.PAID, overpaid_cents=1))
    assert "Dont 0,01 € déjà réglés par ailleurs : le service vous contactera pour vous les rendre." in seen.words()


@pytest.mark.parametrize(("state", "title"), [*zip(OVER, ("refusé", "abandonné", "expiré"), strict=True)])
async def test_what_did_not_come_to_a_payment_says_so_and_can_be_tried_again(state, title):
    seen = page(PAYMENT, await paying(state)).only("main")

    assert seen.said("h2") == [f"Paiement {title}"]
    assert seen.links()["Choisir mes factures à régler"] == "/paiement"
    assert "Abandonner" not in seen.words()


async def test_whoever_has_perhaps_paid_is_told_not_to_pay_again():
    seen = page(PAYMENT, await paying(AttemptState.ANOMALY)).only("main")

    assert seen.said("h2") == ["À vérifier"]
    assert "ne payez pas de nouveau ces factures." in seen.words()
    assert set(seen.links()) == {"Retour à mes factures"}
    assert not seen.every("form")


@pytest.mark.parametrize("state", [*OVER, AttemptState.PAID, AttemptState.ANOMALY])
async def test_the_window_of_payfip_ends_by_being_closed_and_by_nothing_else(state):
    seen = page(PAYMENT, await paying(state, window="is")).only("main")

    assert "cette fenêtre peut être fermée" in seen.words()
    closing = next(each for each in seen.every("button") if each.words() == "Fermer")
    assert closing.properties["onClick"] == "closeWindow"
    assert {"Choisir mes factures à régler", "Fermer", "Retour à mes factures"}.isdisjoint(seen.links())


async def test_an_unknown_payment_shows_nothing_of_another():
    seen = page(PAYMENT, await tab_of(PaymentState, missing="Paiement introuvable.")).only("main")

    assert seen.said("h2") == ["Paiement introuvable."]
    assert seen.links()["Choisir mes factures à régler"] == "/paiement"


async def paying(state: AttemptState = AttemptState.PREPARED, overpaid_cents: int = 0, **values: str) -> PaymentState:
    attempt = {"reference": "PORTAIL1", "utility_id": 7, "account_id": 1, "amount_cents": 48622, "client": "004200"}
    receipt = {"number": "R-12", "amount_cents": 48622, "paid_at": AFTER_MIDNIGHT, "overpaid_cents": overpaid_cents}
    parts = [PaymentAllocation(attempt_id=1, invoice_id=id, invoice_number=f"F{id}", amount_cents=1) for id in (1, 2)]
    return await tab_of(
        PaymentState,
        attempt=PaymentAttempt(state=state, **attempt),
        allocations=tuple(parts),
        receipt=Receipt(attempt_id=1, **receipt) if state is AttemptState.PAID else None,
        **values,
    )
