"""VAT by rate on the sum of HT: to the cent, in both directions."""

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest

from models.billing.invoice import InvoiceLine
from models.billing.vat import VatShare, totals_of, vat_cents


def line(amount_cents, vat_basis_points=550):
    return InvoiceLine(
        invoice_id=1,
        position=1,
        rubric="Distribution de l'eau",
        label="Consommation",
        amount_cents=amount_cents,
        vat_basis_points=vat_basis_points,
    )


@pytest.mark.parametrize(
    ("net", "rate", "vat"),
    [
        (10000, 550, 550),
        (100, 550, 6),  # 5.5 cents
        (99, 550, 5),  # 5.445 cents
        (5, 1000, 1),  # half a cent
        (4, 1000, 0),
        (0, 2000, 0),
        (12345, 0, 0),
    ],
)
def test_half_a_cent_of_vat_is_rounded_up(net, rate, vat):
    assert vat_cents(net, rate) == vat


def test_a_credit_note_undoes_its_invoice_to_the_cent():
    drawn = random.Random(1996)
    for _ in range(300):
        net, rate = drawn.randint(0, 10**7), drawn.choice([0, 210, 550, 1000, 2000])
        assert vat_cents(-net, rate) == -vat_cents(net, rate)


def test_vat_agrees_with_exact_decimals():
    drawn = random.Random(1954)
    for _ in range(300):
        net, rate = drawn.randint(-(10**9), 10**9), drawn.choice([210, 550, 1000, 2000])
        exact = (Decimal(net) * rate / 10000).quantize(Decimal(1), ROUND_HALF_UP)
        assert vat_cents(net, rate) == exact


def test_vat_is_taken_on_the_sum_of_a_rate_not_line_by_line():
    ten_small_lines = [line(10) for _ in range(10)]  # 0.55 cent each

    totals = totals_of(ten_small_lines)

    assert totals.vat_cents == 6
    assert sum(vat_cents(10, 550) for _ in range(10)) == 10
    assert totals.gross_cents == 106


def test_each_rate_has_its_share_from_the_lowest_to_the_highest():
    totals = totals_of([line(2000, 1000), line(1000, 550), line(500, 0), line(3000, 1000)])

    assert totals.shares == (VatShare(0, 500, 0), VatShare(550, 1000, 55), VatShare(1000, 5000, 500))
    assert (totals.net_cents, totals.vat_cents, totals.gross_cents) == (6500, 555, 7055)


def test_the_order_of_the_lines_changes_nothing():
    lines = [line(n * 37, rate) for n, rate in enumerate([550, 1000, 0, 550, 2000, 1000])]

    assert totals_of(lines) == totals_of(reversed(lines))


def test_a_bill_without_lines_totals_nothing():
    totals = totals_of([])

    assert totals.shares == ()
    assert (totals.net_cents, totals.vat_cents, totals.gross_cents) == (0, 0, 0)


def test_a_rebate_lowers_the_base_of_its_rate():
    assert totals_of([line(10000), line(-2500)]).shares == (VatShare(550, 7500, 413),)
