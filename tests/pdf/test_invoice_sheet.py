"""From entities to the values of a sheet, before anything is drawn."""

import pickle
from datetime import date
from decimal import Decimal

import pytest

from models.billing.invoice import InvoiceKind, InvoiceLine
from portail_app.pdf.invoice_sheet import OTHER_RUBRIC, addressee_of, sheet_of
from tests.pdf.bills import BODIES, LINES, WASTE, WATER, alice, invoice, lines, sheet, utility


def test_the_rubrics_come_in_the_order_of_the_decree_whatever_the_order_of_the_lines():
    bill = sheet(tuple(reversed(LINES)))

    assert [rubric.name for rubric in bill.rubrics] == [WATER, WASTE, BODIES]


def test_other_rubrics_follow_as_they_come():
    bill = sheet([("Ordures ménagères", "Forfait", "1", "", "90", 1000), ("Cantine", "Repas", "3", "", "4", 0), *LINES])

    assert [rubric.name for rubric in bill.rubrics] == [WATER, WASTE, BODIES, "Ordures ménagères", "Cantine"]


def test_an_apostrophe_of_another_shape_is_the_same_rubric():
    bill = sheet([("Distribution de l'eau", "Frais", "1", "", "2", 550), *LINES])

    assert len(bill.rubrics) == 3


def test_a_line_without_a_rubric_is_not_lost():
    assert sheet([("", "Frais", "1", "", "2", 550)]).rubrics[0].name == OTHER_RUBRIC


def test_lines_keep_their_positions_though_the_database_gives_them_in_any_order():
    billed = lines()

    bill = sheet_of(invoice(billed), billed[::-1], alice(), utility())

    assert [line.label for line in bill.rubrics[0].lines] == [label for rubric, label, *_ in LINES if rubric == WATER]


def test_cubic_metres_are_written_as_such():
    assert sheet().rubrics[0].lines[1].unit == "m³"


def test_a_line_may_have_neither_quantity_nor_price():
    alone = InvoiceLine(invoice_id=1, position=1, rubric=WATER, label="Forfait", amount_cents=1000)

    bill = sheet_of(invoice([alone]), [alone], alice(), utility())

    assert bill.rubrics[0].lines[0].quantity is None
    assert bill.rubrics[0].lines[0].unit_price is None
    assert bill.rubrics[0].net_cents == 1000


def test_an_address_has_six_lines_at_most_and_its_city_in_capitals_last():
    written = addressee_of(alice(address="\n".join(f"ligne {rank}" for rank in range(9))))

    assert len(written) == 6
    assert written[0] == "Mme Alice Marchand"
    assert written[-1] == "64400 OLORON-SAINTE-MARIE"


def test_an_address_leaves_no_empty_line():
    assert addressee_of(alice(address="\n\n  8 chemin du Lavoir \n", postal_code="", city="")) == (
        "Mme Alice Marchand",
        "8 chemin du Lavoir",
    )


def test_half_a_period_is_none():
    assert sheet(period_end=None).period is None
    assert sheet().period == (date(2017, 1, 1), date(2017, 6, 30))


@pytest.mark.parametrize(
    ("changes", "label", "amount"),
    [
        ({}, "Montant à régler", 24477),
        ({"billed_paid_cents": 477}, "Montant à régler", 24000),
        ({"settled_cents": 24477}, "Facture réglée", 24477),
        ({"sent_to_treasury_on": date(2017, 9, 1)}, "Montant dû", 24477),
        ({"sent_to_treasury_on": date(2017, 9, 1), "settled_cents": 24477}, "Facture réglée", 24477),
        ({"debited_on": date(2017, 7, 25)}, "Montant prélevé", 24477),
        ({"kind": InvoiceKind.CREDIT_NOTE, "amount_cents": -500}, "Montant en votre faveur", 500),
    ],
)
def test_the_headline_follows_what_is_true_of_the_invoice(changes, label, amount):
    headline = sheet(**changes).headline

    assert (headline.label, headline.amount_cents) == (label, amount)


def test_the_day_of_a_debit_is_the_due_day_until_billing_knows_better():
    subscriber = alice(pays_by_direct_debit=True)

    assert sheet(of=subscriber).headline.when == "le 21 juillet 2017"
    assert sheet(of=subscriber, debited_on=date(2017, 7, 25)).headline.when == "le 25 juillet 2017"


def test_what_billing_adds_to_its_lines_is_the_adjustment():
    assert sheet().adjustment_cents == 0
    assert sheet(amount_cents=24480).adjustment_cents == 3
    assert sheet([], amount_cents=24480).adjustment_cents == 0


def test_a_contract_and_another_portal_address_are_shown_where_given():
    billed = lines()
    bill = sheet_of(
        invoice(billed), billed, alice(), utility(), contract_number="C-17", portal_address="eau.exemple.fr"
    )

    assert bill.contract_number == "C-17"
    assert "eau.exemple.fr" in bill.headline.advice[0]


def test_a_sheet_travels_to_another_process():
    assert pickle.loads(pickle.dumps(sheet())) == sheet()


def test_exact_quantities_are_kept_exact():
    bill = sheet([(WATER, "Consommation", "61.125", "m3", "1.12345", 550)])

    assert bill.rubrics[0].lines[0].quantity == Decimal("61.125")
    assert bill.rubrics[0].lines[0].unit_price == Decimal("1.12345")
