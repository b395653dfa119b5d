"""What people write in a cell, and what the database gets."""

import pytest

from models import Account, Invoice, InvoiceLine, Reading, Subscriber, Utility
from portail_app.imports.conventions import NULL, Unreadable
from portail_app.imports.converters import REMEMBERED_VALUES, Converter
from portail_app.imports.declarations import Origin


def read(entity: type, field: str, cell: str) -> str:
    return Converter(Origin(entity, field))[cell]


def refuse(entity: type, field: str, cell: str) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(entity, field, cell)
    return str(refusal.value)


@pytest.mark.parametrize("cell", ["10/07/2017", "2017-07-10", " 10/07/2017 ", "10/7/2017"])
def test_a_day_is_written_in_french_or_iso(cell: str):
    assert read(Invoice, "issued_on", cell) == "2017-07-10"


@pytest.mark.parametrize(
    "cell", ["31/02/2017", "32/07/2017", "2017/07/10", "10-07-2017", "10/07/17", "juillet", "2017-7-10", "١٠/٠٧/٢٠١٧"]
)
def test_a_day_that_does_not_exist_or_is_written_otherwise_is_refused(cell: str):
    assert refuse(Invoice, "issued_on", cell) == "date illisible (attendu : 10/07/2017 ou 2017-07-10)"


@pytest.mark.parametrize(("cell", "day"), [("01/01/1900", "1900-01-01"), ("31/12/2199", "2199-12-31")])
def test_three_centuries_are_enough(cell: str, day: str):
    assert read(Invoice, "issued_on", cell) == day


@pytest.mark.parametrize("cell", ["10/07/0217", "10/07/2917", "31/12/1899", "2200-01-01"])
def test_a_day_of_another_age_is_a_slip_of_the_pen(cell: str):
    assert refuse(Invoice, "issued_on", cell) == "date hors limites (de 1900 à 2199)"


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("243,11", "24311"),
        ("243.11", "24311"),
        ("243,1", "24310"),
        ("243", "24300"),
        ("243,", "24300"),
        ("243,1100", "24311"),
        ("0,05", "5"),
        ("-12,50", "-1250"),
        ("+12,50", "+1250"),
        ("1 243,11", "124311"),
        ("1\u00a0243,11\u00a0€", "124311"),
        ("1\u202f243,11 €", "124311"),
        ("21474836,47", "2147483647"),
    ],
)
def test_an_amount_in_euros_becomes_cents(cell: str, cents: str):
    assert int(read(Invoice, "amount_cents", cell)) == int(cents)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("243,111", "plus de deux décimales"),
        ("douze", "nombre illisible (attendu : 1234,56)"),
        ("1.243,11", "nombre illisible (attendu : 1234,56)"),
        ("1,243,11", "nombre illisible (attendu : 1234,56)"),
        ("12 34,00", "nombre illisible (attendu : 1234,56)"),
        ("- 12", "nombre illisible (attendu : 1234,56)"),
        ("1e3", "nombre illisible (attendu : 1234,56)"),
        ("NaN", "nombre illisible (attendu : 1234,56)"),
        ("=1+1", "nombre illisible (attendu : 1234,56)"),
        ("21474836,48", "nombre trop grand"),
        ("9" * 100_000, "nombre illisible ou trop grand"),
        ("", "valeur obligatoire"),
        ("   ", "valeur obligatoire"),
    ],
)
def test_an_amount_that_cannot_be_kept_is_refused_with_its_reason(cell: str, reason: str):
    assert refuse(Invoice, "amount_cents", cell) == reason


@pytest.mark.parametrize(("cell", "points"), [("5,5", "550"), ("10", "1000"), ("5,5 %", "550"), ("2,1%", "210")])
def test_a_vat_rate_in_percent_becomes_basis_points(cell: str, points: str):
    assert read(InvoiceLine, "vat_basis_points", cell) == points


@pytest.mark.parametrize("cell", ["oui", "Oui", "O", "VRAI", "1"])
def test_yes_is_written_in_several_ways(cell: str):
    assert read(Subscriber, "pays_by_direct_debit", cell) == "t"


@pytest.mark.parametrize("cell", ["non", "N", "faux", "0", ""])
def test_no_is_written_in_several_ways_and_is_the_default(cell: str):
    assert read(Subscriber, "pays_by_direct_debit", cell) == "f"


def test_perhaps_is_neither_yes_nor_no():
    assert refuse(Subscriber, "pays_by_direct_debit", "peut-être") == "attendu : oui ou non"


def test_a_choice_is_read_in_any_case_and_names_its_values_when_refused():
    assert read(Invoice, "kind", "AVOIR") == "avoir"
    assert read(Invoice, "kind", "") == "facture"
    assert refuse(Invoice, "kind", "devis") == "valeur inconnue (attendu : facture, avoir)"


@pytest.mark.parametrize(("cell", "quantity"), [("12,5", "12.5"), ("60", "60.0"), ("-3,125", "-3.125"), ("", NULL)])
def test_a_quantity_keeps_its_decimals(cell: str, quantity: str):
    assert read(InvoiceLine, "quantity", cell) == quantity


def test_a_quantity_beyond_its_column_is_refused():
    assert refuse(InvoiceLine, "quantity", "1,2345") == "plus de 3 décimales"
    assert refuse(InvoiceLine, "quantity", "1234567890") == "nombre trop grand"


def test_a_position_is_a_whole_number():
    assert read(InvoiceLine, "position", "12") == "12"
    assert read(InvoiceLine, "position", "12,0") == "12"
    assert refuse(InvoiceLine, "position", "1,5") == "nombre entier attendu"


def test_an_address_of_mail_is_kept_in_lower_case():
    assert read(Account, "email", "Alice@Example.FR") == "alice@example.fr"
    assert read(Subscriber, "email", "") == NULL


@pytest.mark.parametrize("cell", ["alice", "alice@", "@example.fr", "a b@example.fr", "alice@example", "a@b.fr;c@d.fr"])
def test_what_is_no_address_of_mail_is_refused(cell: str):
    assert refuse(Subscriber, "email", cell) == "adresse de courriel invalide"


def test_spaces_around_and_within_a_text_are_tidied():
    assert read(Subscriber, "name", "  Alice\u00a0 \r\nMartin ") == "Alice Martin"


def test_a_backslash_arrives_as_it_is():
    assert read(Subscriber, "name", r"A\nB") == r"A\\nB"


def test_the_paragraphs_of_a_welcome_text_are_kept():
    assert read(Utility, "welcome_text", "Bonjour.\r\n\r\nÀ  bientôt.") == r"Bonjour.\n\nÀ bientôt."
    assert "U+0007" in refuse(Utility, "welcome_text", "Bon\x07jour")


def test_a_welcome_text_is_no_longer_than_20_000_characters_however_many_its_paragraphs():
    half = "x" * 10_000

    assert len(read(Utility, "welcome_text", f"{half}{half}")) == 20_000
    assert refuse(Utility, "welcome_text", f"{half}\n{half}") == "plus de 20000 caractères"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("A\x00B", "caractère illisible (U+0000)"),
        ("A\u200bB", "caractère illisible (U+200B)"),
        ("A\udc81B", "caractère illisible (octet 81)"),
        ("=HYPERLINK(1)", "commence par « = » : une formule de tableur n’est pas une donnée"),
        ("", "valeur obligatoire"),
    ],
)
def test_a_text_that_hides_something_is_refused(cell: str, reason: str):
    assert refuse(Subscriber, "name", cell) == reason


def test_a_text_is_no_longer_than_its_column():
    assert read(Invoice, "number", "9" * 40) == "9" * 40
    assert refuse(Invoice, "number", "9" * 300) == "plus de 40 caractères"
    assert refuse(Invoice, "number", "é" * 41) == "plus de 40 caractères"
    assert read(Subscriber, "name", "n" * 300) == "n" * 300
    assert refuse(Subscriber, "name", "n" * 2001) == "plus de 2000 caractères"


def test_an_empty_cell_means_the_default_of_the_field():
    assert read(Invoice, "online_until", "") == NULL
    assert read(Invoice, "subject", "") == ""
    assert read(Utility, "portal_title", "") == "Le portail des factures"
    assert read(Utility, "payfip_mode", "") == "T"


def test_what_is_remembered_is_bounded():
    converter = Converter(Origin(Invoice, "number"))
    for number in range(REMEMBERED_VALUES + 10):
        assert converter[str(number)] == str(number)
    long_number = Converter(Origin(Subscriber, "name"))
    assert long_number["n" * 500] == "n" * 500

    assert len(converter) == 10
    assert len(long_number) == 0


@pytest.mark.parametrize(
    ("cell", "litres"), [("812,345", 812_345), ("812", 812_000), ("1 204,5 m³", 1_204_500), ("0", 0), ("0.04", 40)]
)
def test_cubic_metres_become_litres(cell: str, litres: int):
    assert int(read(Reading, "index_litres", cell)) == litres


def test_a_tenth_of_a_litre_is_refused():
    assert refuse(Reading, "index_litres", "1,0001") == "plus de trois décimales"


@pytest.mark.parametrize(
    ("cell", "instant"),
    [
        ("10/07/2017 14:05", "2017-07-10T14:05:00+02:00"),
        ("2017-01-10 8h05", "2017-01-10T08:05:00+01:00"),
        ("10/07/2017 23:59:59", "2017-07-10T23:59:00+02:00"),
        ("29/03/2026 02:30", "2026-03-29T02:30:00+01:00"),
        ("25/10/2026 02:30", "2026-10-25T02:30:00+02:00"),
        ("10/07/2017", "2017-07-10T12:00:00+02:00"),
        ("", NULL),
    ],
)
def test_an_instant_is_an_hour_of_paris_and_a_day_alone_is_its_noon(cell: str, instant: str):
    assert read(Reading, "received_at", cell) == instant


@pytest.mark.parametrize("cell", ["10/07/2017 25:00", "10/07/2017 midi", "10/07/2017 14:60"])
def test_an_hour_that_does_not_exist_is_refused(cell: str):
    assert refuse(Reading, "received_at", cell) == "heure illisible (attendu : 10/07/2017 14:05)"
