"""One typeface for all sheets: read once, whole, and the same letters come back out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

from pypdf import PdfReader

from portail_app.formats import cubic_metres, euros, instant, long_day, unit_price, vat_rate
from portail_app.pdf.invoice import draw_invoice
from portail_app.pdf.typeface import Typeface, typeface
from tests.pdf.bills import LINES, placed, sheet


def test_all_digits_are_of_one_width_so_that_amounts_stand_in_columns():
    for bold in (False, True):
        widths = typeface().widths(bold=bold)
        assert len({widths[ord(digit)] for digit in "0123456789"}) == 1


def test_every_character_of_our_formats_is_in_the_typeface():
    months = "".join(long_day(date(2017, month, 1)) for month in range(1, 13))
    figures = euros(-123456789) + cubic_metres(1234) + vat_rate(550) + unit_price(Decimal("1.5"))
    wanted = months + figures + instant(datetime(2017, 7, 10, tzinfo=UTC))

    assert typeface().alphabet.issuperset(map(ord, wanted))


def test_the_letters_of_french_and_of_its_neighbours_are_in_the_typeface():
    neighbours = "àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’«»–—…€°²³ñßøåłśčžőşğțăĦ"

    assert typeface().alphabet.issuperset(map(ord, neighbours))


def test_the_typeface_is_read_once_a_process():
    assert typeface() is typeface()


def test_both_faces_are_embedded_with_their_letters():
    reader = PdfReader(BytesIO(draw_invoice(sheet())))

    fonts = reader.pages[0]["/Resources"]["/Font"]

    assert len(fonts) == 2
    for font in fonts.values():
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert len(descriptor["/FontFile2"].get_data()) > 20_000
        assert b"beginbfchar" in font["/ToUnicode"].get_data()


def test_a_sheet_does_not_disturb_the_next_one():
    first = draw_invoice(sheet())
    draw_invoice(sheet(LINES * 9))

    assert draw_invoice(sheet()) == first


def test_threads_draw_at_once_without_mixing_their_bills():
    wanted = [sheet(LINES * (1 + rank % 3), number=f"2017-020-{rank:06d}") for rank in range(12)]
    alone = [draw_invoice(bill) for bill in wanted]

    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(draw_invoice, wanted))

    assert together == alone


def test_a_width_is_the_sum_of_its_letters():
    face = Typeface()

    assert face.width("eau", 10) == sum(face.width(letter, 10) for letter in "eau")
    assert face.width("eau", 20) == 2 * face.width("eau", 10)
    assert face.width("eau", 10, bold=True) > face.width("eau", 10)
    assert face.width("", 10) == 0


def test_strings_stand_where_they_were_put():
    amount = next(string for string in placed(draw_invoice(sheet()))[0] if string.words == euros(2610))

    assert abs(amount.right - 193) < 0.05
