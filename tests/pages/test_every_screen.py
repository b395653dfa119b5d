"""What every page shows, evaluated as a browser does: before it has loaded, to who has nothing, to who has all."""

import pytest
import reflex as rx

from portail_app.components import Column, cell, head_cell, row, table
from portail_app.states.site import SiteState
from tests.faults import faults
from tests.screens import PAGES, Shown, load, page, shown
from tests.tabs import open_tab

ROUTES = sorted(PAGES)
LOADING = "Chargement en cours"
FAULTY = {
    "'undefined' in: undefined €": lambda: rx.el.p("undefined €"),
    "to=/factures/null": lambda: rx.el.a("Facture", href="/factures/null"),
    "h4 after h2": lambda: rx.el.div(rx.el.h2("Un"), rx.el.h4("Deux")),
    "an empty h2": lambda: rx.el.h2(""),
    "twice: #un": lambda: rx.el.div(rx.el.p(custom_attrs={"id": "un"}), rx.el.p(custom_attrs={"id": "un"})),
    "p refers to #deux": lambda: rx.el.p(aria_describedby="deux"),
    "a field without a name: {'name': 'motif'}": lambda: rx.el.input(name="motif"),
    "a button without a type: Payer": lambda: rx.el.button("Payer"),
    "a button without a word: {'type': 'button'}": lambda: rx.el.button(type="button"),
    "a link to nowhere: Facture": lambda: rx.el.a("Facture", href=""),
    "a link without a word: {'to': '/ici'}": lambda: rx.el.a(href="/ici"),
    "a row of ['Prix'] under ['Date']": lambda: table("T", (Column("Date"),), row(head_cell("Prix", "3 €"))),
    "a row of ['Date'] under ['Date']": lambda: table("T", (Column("Date"),), row(cell("Date", "hier"))),
}


@pytest.mark.parametrize("route", ROUTES)
async def test_a_page_that_has_not_loaded_yet_is_sound(route):
    assert faults(page(route, await open_tab(SiteState, None))) == []


@pytest.mark.parametrize("route", ROUTES)
async def test_a_page_of_somebody_who_has_nothing_is_sound_and_waits_for_nothing(busy, route):
    seen = await opened(busy.cast.chloe if is_for_staff(route) else busy.cast.bruno, route, busy.address(route))

    assert faults(seen) == []
    assert LOADING not in seen.words()


@pytest.mark.parametrize("route", ROUTES)
async def test_a_page_of_somebody_who_has_everything_is_sound_and_waits_for_nothing(busy, route):
    seen = await opened(busy.cast.chloe if is_for_staff(route) else busy.cast.alice, route, busy.address(route))

    assert faults(seen) == []
    assert LOADING not in seen.words()


@pytest.mark.parametrize(("fault", "draw"), FAULTY.items(), ids=FAULTY)
def test_a_faulty_page_would_be_found(fault, draw):
    assert faults(shown(rx.el.main(rx.el.h1("Page"), draw())))[0] == fault


def test_a_page_without_a_title_or_with_two_would_be_found():
    assert faults(shown(rx.el.main(rx.el.h2("Page")))) == ["headings: [2]"]
    assert faults(shown(rx.el.main(rx.el.h1("Une"), rx.el.h1("Deux")))) == ["headings: [1, 1]"]


async def opened(person, route: str, address: str) -> Shown:
    tab = await open_tab(SiteState, person, address)
    await load(tab, route)
    return page(route, tab)


def is_for_staff(route: str) -> bool:
    return route.startswith("/agent")
