"""What a URL says."""

import pytest

from portail_app.services.invoice_list import InvoiceSort
from portail_app.states.urls import ListUrl, read_choice, read_last, read_number, read_search


def test_what_is_usual_is_left_out_of_the_url():
    assert str(ListUrl("/factures")) == "/factures"


def test_a_url_says_all_that_was_chosen():
    url = ListUrl("/factures", tab="reglees", year=2024, search="eau & co", sort="-montant", page=2)
    assert str(url) == "/factures?onglet=reglees&annee=2024&recherche=eau+%26+co&tri=-montant&page=2"


def test_a_change_goes_back_to_the_first_page_and_keeps_the_rest():
    url = ListUrl("/factures", tab="reglees", year=2024, page=3)
    assert url.to(year=None) == "/factures?onglet=reglees"
    assert url.to(page=4) == "/factures?onglet=reglees&annee=2024&page=4"


@pytest.mark.parametrize("word", ["", "zzz", "DATE", "date;--"])
def test_an_unknown_word_is_as_if_it_were_missing(word):
    assert read_choice(InvoiceSort, word, InvoiceSort.DUE) is InvoiceSort.DUE


@pytest.mark.parametrize(
    "value", ["", "0", "-1", "1e9", "٣", "²", "99999999999999999999", "10001", "00000000001", "0x1"]
)
def test_what_is_not_a_number_of_the_list_is_none(value):
    assert read_number(value, at_most=10_000) is None


def test_a_number_that_only_starts_small_enough_is_none():
    assert read_number("99999999999", at_most=2**31 - 1) is None


def test_a_number_is_read():
    assert read_number("2024", at_most=9999) == 2024


def test_a_search_is_trimmed_and_bounded():
    assert read_search("  2017-020\0 ") == "2017-020"
    assert len(read_search("x" * 1000)) == 80


@pytest.mark.parametrize(
    ("path", "last"), [("/factures/2017-020", "2017-020"), ("/factures/a%20b/", "a b"), ("/", ""), ("", "")]
)
def test_the_end_of_a_path_names_the_row(path, last):
    assert read_last(path) == last
