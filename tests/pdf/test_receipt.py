"""A receipt read back: what was paid, when, how, for which invoices."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from models.billing.payment import PaymentAllocation, PaymentAttempt, PaymentMeans, Receipt
from models.billing.utility import PaymentMode
from portail_app.formats import euros
from portail_app.pdf.receipt import draw_receipt, receipt_sheet_of
from tests.pdf.bills import alice, pages, placed, plain, text, utility
from tests.pdf.hostile import HOSTILE, assert_nothing_overlaps

INVOICES = (("2017-020-002059", 24311), ("2017-020-001177", 15844))


def receipt_sheet(invoices=INVOICES, *, of=None, by=None, **changes):
    amount = sum(cents for _number, cents in invoices)
    known = {
        "attempt_id": 1,
        "number": "R-2017-000042",
        "amount_cents": amount,
        "paid_at": datetime(2017, 7, 12, 22, 30, tzinfo=UTC),
        "authorisation": "A55A8D",
    }
    attempt = PaymentAttempt(
        reference="r",
        utility_id=1,
        account_id=1,
        amount_cents=amount,
        refdet="2017020002059",
        client="004200",
        mode=PaymentMode.TEST,
        fiscal_year=2017,
        subject="Multi Services",
        payer_email="alice@example.fr",
    )
    parts = [PaymentAllocation(attempt_id=1, invoice_id=1, invoice_number=n, amount_cents=c) for n, c in invoices]
    return receipt_sheet_of(Receipt(**known | changes), attempt, parts, of or alice(), by or utility())


def test_a_receipt_says_what_was_paid_when_how_and_for_what():
    words = text(draw_receipt(receipt_sheet()))

    assert "REÇU n° R-2017-000042" in words
    assert "13/07/2017 à 00:30" in words  # the hour of Paris
    assert "Carte bancaire" in words
    assert "A55A8D" in words
    assert "2017020002059" in words
    assert "Mme Alice Marchand" in words
    assert "Syndicat des eaux des Gaves" in words
    assert plain(f"Total payé {euros(40155)}") in words


def test_each_invoice_stands_with_its_own_amount():
    words = text(draw_receipt(receipt_sheet()))

    for number, cents in INVOICES:
        assert plain(f"Facture n° {number} {euros(cents)}") in words


def test_a_direct_debit_is_named_and_an_absent_authorisation_is_not():
    words = text(draw_receipt(receipt_sheet(means=PaymentMeans.DIRECT_DEBIT, authorisation="")))

    assert "Prélèvement" in words
    assert "Autorisation" not in words


def test_every_means_of_payment_has_its_french_name():
    for means in PaymentMeans:
        assert "Moyen" in text(draw_receipt(receipt_sheet(means=means)))


def test_what_was_paid_twice_is_said_and_promised_back():
    words = text(draw_receipt(receipt_sheet(overpaid_cents=24311)))

    assert plain(f"Dont payé en trop : {euros(24311)}") in words
    assert "pour vous la rendre" in words
    assert "payé en trop" not in text(draw_receipt(receipt_sheet()))


@pytest.mark.parametrize("count", [0, 1, 17, 18, 49, 50, 120])
def test_all_invoices_of_a_large_payment_are_listed_over_pages(count):
    invoices = tuple((f"2017-020-{rank:06d}", 100 + rank) for rank in range(count))

    pdf = draw_receipt(receipt_sheet(invoices, overpaid_cents=1))
    read = pages(pdf)

    assert_nothing_overlaps(placed(pdf))
    for number, cents in invoices:
        assert any(plain(f"Facture n° {number} {euros(cents)}") in words for words in read)
    assert f"Page {len(read)} sur {len(read)}" in read[-1]
    assert "Total payé" in read[-1]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_breaks_a_receipt_or_leaves_its_place(hostile):
    hostile_sheet = receipt_sheet(
        ((hostile, 1), (hostile, 10**14)),
        of=alice(name=hostile, city=hostile),
        by=utility(name=hostile, phone=hostile, host=hostile),
        authorisation=hostile,
        number=hostile,
    )

    assert_nothing_overlaps(placed(draw_receipt(hostile_sheet)))


def test_a_receipt_is_dated_by_the_payment_and_titled():
    reader = PdfReader(BytesIO(draw_receipt(receipt_sheet())))

    assert reader.metadata.title == "Reçu de paiement n° R-2017-000042"
    assert reader.metadata.creation_date.date().isoformat() == "2017-07-13"
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
