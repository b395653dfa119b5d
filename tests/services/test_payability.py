"""Why an invoice cannot be paid now: every reason in words, and which one is said first."""

from datetime import date, timedelta

import pytest

from models import Invoice, InvoiceKind
from portail_app.services.payability import Circumstances, obstacle_to_payment

TODAY = date(2026, 11, 22)
GOOD_DAY = Circumstances(today=TODAY)


def invoice(**values) -> Invoice:
    defaults = {
        "utility_id": 1,
        "subscriber_id": 1,
        "number": "2026-020-000001",
        "issued_on": TODAY,
        "due_on": TODAY,
        "amount_cents": 24311,
    }
    return Invoice(**{**defaults, **values})


def test_an_open_invoice_on_a_good_day_can_be_paid():
    assert obstacle_to_payment(invoice(), GOOD_DAY) == ""


def test_an_invoice_past_its_due_date_can_still_be_paid_online():
    assert obstacle_to_payment(invoice(due_on=TODAY - timedelta(days=40)), GOOD_DAY) == ""


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"billed_paid_cents": 24311}, "déjà réglée"),
        ({"settled_cents": 30000}, "déjà réglée"),
        ({"kind": InvoiceKind.CREDIT_NOTE, "amount_cents": -500}, "avoir"),
        ({"sent_to_treasury_on": TODAY}, "trésorerie"),
        ({"debited_on": date(2026, 12, 1)}, "prélèvement, le 01/12/2026"),
        ({"is_disputed": True}, "réclamation"),
        ({"online_until": TODAY - timedelta(days=1)}, "depuis le 21/11/2026"),
        ({"billed_paid_cents": 24310}, "à partir de 1 €"),
        ({"amount_cents": 99}, "à partir de 1 €"),
        ({"amount_cents": 10_000, "billed_paid_cents": 9_901}, "à partir de 1 €"),
        ({"amount_cents": 10_000_000}, "dépasse la limite"),
    ],
)
def test_the_invoice_itself_may_stand_in_the_way(values, word):
    assert word in obstacle_to_payment(invoice(**values), GOOD_DAY)


@pytest.mark.parametrize(
    ("around", "sentence"),
    [
        ({"is_suspended": True}, "Le paiement a été temporairement suspendu."),
        ({"is_open": False}, "Le paiement en ligne n’est pas ouvert."),
        ({"is_being_paid": True}, "Un paiement de cette facture est déjà en cours."),
        (
            {"is_being_paid": True, "is_under_review": True},
            "Un paiement de cette facture est en cours de vérification par le service.",
        ),
        ({"may_pay": False}, "Votre accès permet de consulter cette facture, mais pas de la régler."),
    ],
)
def test_the_circumstances_may_stand_in_the_way(around, sentence):
    assert obstacle_to_payment(invoice(), Circumstances(today=TODAY, **around)) == sentence


@pytest.mark.parametrize("values", [{"online_until": TODAY}, {"amount_cents": 100}, {"amount_cents": 9_999_999}])
def test_the_last_day_and_the_smallest_and_largest_amounts_are_still_payable(values):
    assert obstacle_to_payment(invoice(**values), GOOD_DAY) == ""


def test_of_several_reasons_the_one_that_explains_the_others_is_said():
    """Each is taken away in its turn, and the next one is said."""
    reasons = [
        ({"kind": InvoiceKind.CREDIT_NOTE}, {}, "avoir"),
        ({"settled_cents": 10_000_000}, {}, "déjà réglée"),
        ({}, {"may_pay": False}, "pas de la régler"),
        ({"sent_to_treasury_on": TODAY}, {}, "trésorerie"),
        ({"debited_on": TODAY}, {}, "prélèvement"),
        ({"is_disputed": True}, {}, "réclamation"),
        ({"online_until": TODAY - timedelta(days=1)}, {}, "date limite"),
        ({"amount_cents": 10_000_000}, {}, "dépasse la limite"),
        ({}, {"is_open": False}, "pas ouvert"),
        ({}, {"is_suspended": True}, "suspendu"),
        ({}, {"is_under_review": True}, "vérification"),
        ({}, {"is_being_paid": True}, "déjà en cours"),
    ]
    while reasons:
        values = {name: value for of_invoice, _, _ in reasons for name, value in of_invoice.items()}
        around = {name: value for _, circumstances, _ in reasons for name, value in circumstances.items()}
        assert reasons[0][2] in obstacle_to_payment(invoice(**values), Circumstances(TODAY, **around))
        del reasons[0]


def test_what_lasts_is_said_before_what_passes():
    everything = Circumstances(TODAY, may_pay=True, is_open=False, is_suspended=True, is_being_paid=True)

    assert "déjà réglée" in obstacle_to_payment(invoice(settled_cents=24311), everything)
    assert "trésorerie" in obstacle_to_payment(invoice(sent_to_treasury_on=TODAY), everything)
    assert "pas ouvert" in obstacle_to_payment(invoice(), everything)


def test_a_suspension_hides_the_payment_in_progress_that_it_stops():
    around = Circumstances(TODAY, is_suspended=True, is_being_paid=True)

    assert obstacle_to_payment(invoice(), around) == "Le paiement a été temporairement suspendu."
