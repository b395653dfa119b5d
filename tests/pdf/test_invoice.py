"""A bill read back: each word and cent of it, on every page, whatever the lines."""

import re
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from models.billing.invoice import InvoiceKind
from portail_app.formats import euros
from portail_app.pdf.invoice import draw_invoice
from portail_app.pdf.invoice_sheet import sheet_of
from tests.pdf.bills import (
    BODIES,
    LINES,
    WASTE,
    WATER,
    alice,
    invoice,
    lines,
    pages,
    placed,
    plain,
    sheet,
    text,
    utility,
)


def test_a_bill_says_who_owes_what_and_until_when():
    words = text(draw_invoice(sheet()))

    for said in (
        "FACTURE",
        "n° 2017-020-002059",
        "10/07/2017",
        "21/07/2017",
        "avant le 21 juillet 2017",
        "A-004217",
        "Mme Alice Marchand",
        "8 chemin du Lavoir",
        "64400 OLORON-SAINTE-MARIE",
        "Syndicat des eaux des Gaves",
        "Multi Services",
        "du 01/01/2017 au 30/06/2017",
        "Page 1 sur 1",
    ):
        assert said in words


def test_a_bill_says_how_to_pay_and_whom_to_call_at_night():
    words = text(draw_invoice(sheet()))

    assert "Réglez en ligne" in words
    assert "factures.eaux-des-gaves.fr" in words
    assert "20/08/2017" in words
    assert "Urgences, jour et nuit 05 59 39 00 99" in words
    assert "arrêté du 10 juillet 1996" in words


def test_every_line_stands_under_its_rubric_with_its_figures():
    bill = sheet()

    words = text(draw_invoice(bill))

    assert words.index(WATER) < words.index(WASTE) < words.index(BODIES)
    for rubric in bill.rubrics:
        assert plain(f"Total {rubric.name} {euros(rubric.net_cents)}") in words
        for line in rubric.lines:
            assert plain(line.label) in words
            assert plain(euros(line.amount_cents)) in words


def test_the_sums_on_paper_are_the_invoice_to_the_cent():
    bill = sheet()

    words = text(draw_invoice(bill))

    assert bill.totals.gross_cents == bill.amount_cents
    assert plain(f"Total HT {euros(22762)} Total TVA {euros(1715)} Total TTC {euros(24477)}") in words
    assert plain(f"5,5 % {euros(12472)} {euros(686)}") in words
    assert plain(f"10 % {euros(10290)} {euros(1029)}") in words
    assert plain(f"Reste à régler {euros(24477)}") in words
    assert "Arrondi" not in words


def test_what_was_paid_is_taken_from_what_is_left():
    words = text(draw_invoice(sheet(billed_paid_cents=10000)))

    assert plain(f"Déjà réglé {euros(-10000)}") in words
    assert plain(f"Reste à régler {euros(14477)}") in words
    assert plain(f"Montant à régler {euros(14477)}") in words


def test_a_settled_bill_asks_for_nothing():
    words = text(draw_invoice(sheet(settled_cents=24477)))

    assert "Facture réglée" in words
    assert plain(f"Reste à régler {euros(0)}") in words
    assert "avant le" not in words


def test_what_was_paid_beyond_the_bill_is_named():
    assert plain(f"Trop-perçu {euros(523)}") in text(draw_invoice(sheet(settled_cents=25000)))


def test_a_bill_at_the_treasury_explains_itself_with_the_portals_words():
    words = text(draw_invoice(sheet(sent_to_treasury_on=date(2017, 9, 1))))

    assert "n’a pas été réglée dans les délais imposés, elle a été transmise en trésorerie" in words
    assert "Réglez en ligne" not in words


def test_a_debited_subscriber_is_told_that_nothing_is_to_do():
    words = text(draw_invoice(sheet(of=alice(pays_by_direct_debit=True), debited_on=date(2017, 8, 1))))

    assert plain(f"La somme de {euros(24477)} sera prélevée le 1er août 2017.") in words


@pytest.mark.parametrize("closed", [{"online_payment_open": False}, {"payfip_client": None}, {"host": ""}])
def test_online_payment_is_not_promised_where_it_is_closed(closed):
    words = text(draw_invoice(sheet(by=utility(**closed))))

    assert "Réglez en ligne" not in words
    assert "Comment régler" in words


def test_a_credit_note_owes_the_subscriber():
    returned = [(rubric, label, f"-{count}", unit, price, rate) for rubric, label, count, unit, price, rate in LINES]

    words = text(draw_invoice(sheet(returned, kind=InvoiceKind.CREDIT_NOTE)))

    assert "AVOIR" in words
    assert "FACTURE" not in words
    assert plain(f"Montant en votre faveur {euros(24477)}") in words
    assert plain(f"Total TTC {euros(-24477)}") in words
    assert "Échéance" not in words
    assert "contester" not in words


def test_billings_own_rounding_is_shown_rather_than_hidden():
    assert plain(f"Arrondi {euros(-1)} Total TTC {euros(24476)}") in text(draw_invoice(sheet(amount_cents=24476)))


def test_a_carried_sum_is_shown_rather_than_hidden():
    assert plain(f"Autres sommes {euros(5000)} Total TTC {euros(29477)}") in text(
        draw_invoice(sheet(amount_cents=29477))
    )


def test_a_bill_without_lines_still_says_the_amount():
    words = text(draw_invoice(sheet([], amount_cents=24311)))

    assert "Le détail de cette facture est disponible auprès du service." in words
    assert plain(f"Total TTC {euros(24311)}") in words
    assert "Total HT" not in words


def test_a_line_not_subject_to_vat_is_marked_and_counted_apart():
    words = text(draw_invoice(sheet([*LINES, (BODIES, "Frais de relance", "1", "", "12.50", 0)])))

    assert plain(f"Frais de relance 1 12,50 € – {euros(1250)}") in words
    assert plain(f"Non soumis {euros(1250)} {euros(0)}") in words


@pytest.mark.parametrize(
    ("beyond", "label"),
    [(10, "Arrondi"), (-10, "Arrondi"), (11, "Autres sommes"), (-11, "Autres sommes"), (1, "Arrondi")],
)
def test_up_to_ten_cents_are_a_rounding_and_more_is_another_sum(beyond, label):
    words = text(draw_invoice(sheet(amount_cents=24477 + beyond)))

    assert plain(f"Total TVA {euros(1715)} {label} {euros(beyond)} Total TTC {euros(24477 + beyond)}") in words


def test_a_line_may_have_neither_quantity_nor_price_on_paper():
    (bare,) = lines([(WATER, "Forfait", "1", "", "10", 550)])
    bare.quantity = bare.unit_price = None
    bill = sheet_of(invoice([bare]), [bare], alice(), utility())

    assert plain(f"{WATER} Forfait 5,5 % {euros(1000)} Total {WATER} {euros(1000)}") in text(draw_invoice(bill))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, f"Total TTC {euros(24477)} Reste à régler {euros(24477)}"),
        ({"billed_paid_cents": 24476}, f"Déjà réglé {euros(-24476)} Reste à régler {euros(1)}"),
        ({"settled_cents": 24477}, f"Déjà réglé {euros(-24477)} Reste à régler {euros(0)}"),
        ({"settled_cents": 24478}, f"Déjà réglé {euros(-24478)} Trop-perçu {euros(1)}"),
        ({"billed_paid_cents": 100, "settled_cents": 200}, f"Déjà réglé {euros(-200)} Reste à régler {euros(24277)}"),
    ],
)
def test_the_last_word_is_what_is_left_to_the_cent(changes, words):
    assert plain(words) in text(draw_invoice(sheet(**changes)))


def test_a_utility_without_a_telephone_says_how_else_it_is_reached():
    words = text(draw_invoice(sheet(by=utility(phone="", opening_hours="", emergency_phone=""))))

    assert "Par téléphone" not in words
    assert "Urgences" not in words
    assert "En ligne factures.eaux-des-gaves.fr contact@eaux-des-gaves.fr" in words


def test_two_hundred_lines_are_all_there_in_order_with_a_head_and_a_number_on_each_page():
    wanted = [(WATER, f"Compteur divisionnaire {rank:03d}", "1", "m3", "1.25", 550) for rank in range(200)]

    read = pages(draw_invoice(sheet(wanted)))

    assert len(read) > 4
    found = re.findall(r"Compteur divisionnaire (\d{3})", " ".join(read))
    assert found == [f"{rank:03d}" for rank in range(200)]
    for number, words in enumerate(read, start=1):
        assert f"Page {number} sur {len(read)}" in words
        assert "Montant HT" in words
        assert "2017-020-002059" in words


@pytest.mark.parametrize("count", range(1, 46, 2))
def test_totals_never_come_alone_and_no_rubric_is_left_at_a_bottom(count):
    wanted = [(f"Service {rank // 3}", f"Ligne {rank:02d}", "1", "u", "1.00", 550) for rank in range(count)]

    read = placed(draw_invoice(sheet(wanted)))

    assert any(string.words.startswith("Ligne ") for string in read[-1])
    for page in read:
        table = [string.words for string in page if re.match(r"(Total )?(Service|Ligne) ", string.words)]
        assert not re.match("Service", table[-1])
        assert not re.match("Total Service", table[0])


def test_an_ordinary_bill_is_one_page_and_light():
    pdf = draw_invoice(sheet())

    assert len(pages(pdf)) == 1
    assert len(pdf) < 50_000


def test_the_same_bill_is_the_same_bytes():
    assert draw_invoice(sheet()) == draw_invoice(sheet())


def test_a_bill_tells_its_reader_its_title_and_its_language():
    reader = PdfReader(BytesIO(draw_invoice(sheet())))

    assert reader.metadata.title == "Facture n° 2017-020-002059"
    assert reader.metadata.author == "Syndicat des eaux des Gaves"
    assert reader.metadata.creation_date.date() == date(2017, 7, 10)
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
    assert reader.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_the_address_stands_in_the_window_of_the_envelope():
    address = [string for string in placed(draw_invoice(sheet()))[0] if string.words.startswith("64400 OLORON")]

    assert len(address) == 1
    assert address[0].left > 105
    assert address[0].right < 195
    assert 297 - 85 < address[0].baseline < 297 - 45


def test_a_logo_takes_the_place_of_the_initials():
    drawn = BytesIO()
    Image.new("RGB", (40, 40), "teal").save(drawn, "PNG")

    with_logo = PdfReader(BytesIO(draw_invoice(sheet(logo=drawn.getvalue()))))
    without = PdfReader(BytesIO(draw_invoice(sheet())))

    assert len(with_logo.pages[0].images) == 1
    assert len(without.pages[0].images) == 0
