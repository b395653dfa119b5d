"""Bad strings, absurd figures, random bills: everything stays readable and in its place."""

import random
import re

import pytest

from portail_app.pdf.invoice import draw_invoice
from tests.pdf.bills import BODIES, LINES, WASTE, WATER, alice, placed, sheet, text, utility
from tests.pdf.hostile import HOSTILE, assert_nothing_overlaps


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_bill_or_leaves_its_place(hostile):
    bill = sheet(
        [
            *LINES,
            (hostile, hostile, "12345678.123", hostile, "99999.99999", 550),
            (WATER, hostile, "1", "u", "1", 2000),
        ],
        of=alice(name=hostile, address=f"{hostile}\n{hostile}", city=hostile, number=hostile),
        by=utility(name=hostile, address=hostile, phone=hostile, email=hostile, opening_hours=hostile, accent=hostile),
        number=hostile[:40],
        subject=hostile,
    )

    read = placed(draw_invoice(bill))

    assert_nothing_overlaps(read)


def test_nothing_overlaps_on_random_bills():
    drawn = random.Random(20170710)
    for _ in range(6):
        wanted = [random_line(drawn) for _ in range(drawn.randint(0, 60))]
        bill = sheet(wanted, billed_paid_cents=drawn.choice([0, drawn.randint(0, 10**9)]))

        pdf = draw_invoice(bill)

        assert_nothing_overlaps(placed(pdf))
        written = amounts_in(text(pdf))
        assert {line.amount_cents for rubric in bill.rubrics for line in rubric.lines} <= set(written)
        if wanted:
            assert bill.totals.gross_cents == bill.amount_cents


def random_line(drawn):
    words = ["Redevance", "consommation", "d’eau", "potable", "anticonstitutionnellement", "(agence)", "l'été", "Łódź"]
    return (
        drawn.choice([WATER, WASTE, BODIES, "Ordures ménagères", ""]),
        " ".join(drawn.choice(words) for _ in range(drawn.randint(1, 30))),
        f"{drawn.choice([1, -1]) * drawn.randint(0, 10 ** drawn.randint(0, 7))}.{drawn.randint(0, 999):03d}",
        drawn.choice(["m3", "mois", "jours", "kilogrammes", ""]),
        f"{drawn.randint(0, 10 ** drawn.randint(0, 3))}.{drawn.randint(0, 99999):05d}",
        drawn.choice([0, 210, 550, 1000, 2000]),
    )


def amounts_in(words: str) -> list[int]:
    return [
        int(re.sub(r"\D", "", found)) * (-1 if "-" in found else 1) for found in re.findall(r"-?[\d ]+,\d\d €", words)
    ]
