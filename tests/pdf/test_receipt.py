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


def test_a_receipt_says_this_and_nothing_else():
    words = text(draw_receipt(receipt_sheet(overpaid_cents=15844)))

    assert words.split("OLORON-SAINTE-MARIE ")[1].split(" Par téléphone")[0] == (
        "Payé le 13/07/2017 à 00:30 Moyen Carte bancaire Autorisation n° A55A8D Référence 2017020002059 "
        "Nous avons bien reçu votre paiement de 401,55 € Ce reçu vaut preuve de paiement : conservez-le. "
        "Facture réglée Montant Facture n° 2017-020-002059 243,11 € Facture n° 2017-020-001177 158,44 € "
        "Total payé 401,55 € Dont payé en trop : 158,44 € Une partie de cette somme concerne une facture déjà "
        "réglée entre-temps : le service vous contactera pour vous la rendre."
    )


@pytest.mark.parametrize(
    ("means", "name"), [(PaymentMeans.CARD, "Carte bancaire"), (PaymentMeans.DIRECT_DEBIT, "Prélèvement")]
)
def test_the_means_is_named_as_the_subscriber_knows_it(means, name):
    assert f"Moyen {name} Autorisation" in text(draw_receipt(receipt_sheet(means=means)))


@pytest.mark.parametrize(("count", "per_page"), [(17, [17]), (18, [17, 1]), (49, [17, 32]), (50, [17, 32, 1])])
def test_pages_are_filled_and_the_total_and_the_contacts_are_on_the_last_one_only(count, per_page):
    read = pages(draw_receipt(receipt_sheet(tuple((f"N{rank}", 100) for rank in range(count)))))

    assert [page.count("Facture n° N") for page in read] == per_page
    for said in ("Total payé", "Par téléphone"):
        assert [said in page for page in read] == [False] * (len(read) - 1) + [True]
    assert ["Nous avons bien reçu" in page for page in read] == [True] + [False] * (len(read) - 1)


@pytest.mark.parametrize(
    ("paid_at", "day"),
    [
        (datetime(2017, 7, 12, 21, 59, tzinfo=UTC), "2017-07-12"),
        (datetime(2017, 7, 12, 22, 0, tzinfo=UTC), "2017-07-13"),
        (datetime(2017, 12, 31, 23, 0, tzinfo=UTC), "2018-01-01"),
    ],
)
def test_a_receipt_is_of_the_day_of_paris(paid_at, day):
    reader = PdfReader(BytesIO(draw_receipt(receipt_sheet(paid_at=paid_at))))

    assert reader.metadata.creation_date.date().isoformat() == day


def test_the_portals_own_address_is_given_where_it_is_known():
    known = receipt_sheet()
    sheet = receipt_sheet_of(
        Receipt(attempt_id=1, number="R1", amount_cents=1, paid_at=known.paid_at),
        PaymentAttempt(refdet="REF"),
        [],
        alice(),
        utility(),
        portal_address="https://portail.example.fr",
    )

    assert "https://portail.example.fr" in text(draw_receipt(sheet))


def test_each_invoice_stands_with_its_own_amount():
    words = text(draw_receipt(receipt_sheet()))

    for number, cents in INVOICES:
        assert plain(f"Facture n° {number} {euros(cents)}") in words


def test_a_direct_debit_is_named_and_an_absent_authorisation_is_not():
    words = text(draw_receipt(receipt_sheet(means=PaymentMeans.DIRECT_DEBIT, authorisation="")))

    assert "Prélèvement" in words
    assert "Autorisation" not in words


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
