"""Tables keep their meaning when CSS lays each row out as a card."""

import pytest
import reflex as rx

from portail_app.components.layout.tabs import tab, tabs
from portail_app.components.tables.pagination import pagination
from portail_app.components.tables.table import Column, cell, check_cell, head_cell, row, row_link, table, tick
from portail_app.components.tables.total import beside, total, total_detail, total_line
from tests.components.rendering import rendered

COLUMNS = (
    Column("Sélection", is_silent=True),
    Column("Date", sort_href="?tri=date", direction="descending"),
    Column("Montant", is_number=True),
)


def invoice_row(**props):
    return row(
        check_cell(tick("Sélectionner la facture 2017-020-002059", checked=True)),
        cell("Date", "10/07/2017"),
        cell("Montant", "243,11 €", number=True),
        head_cell("Numéro", row_link("2017-020-002059", href="/factures/2017-020-002059")),
        **props,
    )


@pytest.fixture
def drawn():
    return rendered(table("Factures non réglées", COLUMNS, invoice_row()))


def test_a_table_is_named_and_says_what_it_is(drawn):
    assert drawn.only("table").properties["role"] == "table"
    assert drawn.only("caption").words() == "Factures non réglées"
    assert {each.properties["role"] for each in drawn.every("td")} == {"cell"}
    assert {each.properties["role"] for each in drawn.every("tr")} == {"row"}


def test_every_column_has_a_header_even_the_one_that_shows_none(drawn):
    assert [each.words() for each in drawn.every("th", scope="col")] == ["Sélection", "Date", "Montant"]
    assert "unseen" in drawn.every("th", scope="col")[0].only("span").properties["className"]


def test_a_sorted_column_says_its_direction_and_sorts_by_a_link(drawn):
    date = drawn.every("th", scope="col")[1]

    assert date.properties["aria_sort"] == "descending"
    assert date.only("ReactRouterLink").properties["to"] == "?tri=date"


def test_a_column_that_cannot_be_sorted_does_not_pretend(drawn):
    assert "aria_sort" not in drawn.every("th", scope="col")[2].properties


def test_on_a_card_each_value_keeps_its_label_and_the_row_its_name(drawn):
    assert [each.properties.get("data_label") for each in drawn.every("td")] == [None, "Date", "Montant"]
    assert drawn.only("th", scope="row").words() == "2017-020-002059"


def test_figures_are_aligned(drawn):
    assert drawn.only("td", data_label="Montant").properties["className"] == "number"


def test_the_box_of_a_row_says_what_it_selects(drawn):
    assert drawn.only("input", type="checkbox").properties["aria_label"] == "Sélectionner la facture 2017-020-002059"


def test_a_selected_row_is_shown_and_said_and_answers_a_click():
    drawn = rendered(invoice_row(selected=True, on_click=rx.noop()))

    assert drawn.properties["aria_selected"] == "true"
    assert "onClick" in drawn.properties


def test_the_current_tab_is_said():
    drawn = rendered(
        tabs("Factures", tab("À payer", href="?a", current=True), tab("Réglées", href="?b", current=False))
    )

    assert drawn.properties["aria_label"] == "Factures"
    assert [each.properties["aria_current"] for each in drawn.every("ReactRouterLink")] == ["page", "false"]


def test_the_pages_of_a_list_are_links_with_words():
    drawn = rendered(
        pagination(
            "Factures 25 à 48 sur 61", previous_href="?page=1", next_href="?page=3", has_previous=True, has_next=True
        )
    )

    assert drawn.tag == "nav"
    assert "Factures 25 à 48 sur 61" in drawn.words()
    assert [each.properties["to"] for each in drawn.every("ReactRouterLink")] == ["?page=1", "?page=3"]


def test_a_total_is_read_out_when_it_changes():
    drawn = rendered(
        beside("", total("Factures sélectionnées :", total_detail(""), total_line("Montant", "1"), actions=()))
    )

    assert drawn.only("aside").only("h2").words()
    assert drawn.only("div", aria_live="polite").only("strong").words() == "1"
