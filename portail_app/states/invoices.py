"""Mes factures: the tabs, the filters and the rows of one tab of the browser."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

import reflex as rx
from reflex_base.event import EventSpec

from models import InvoiceRow, InvoiceStatus
from portail_app.reading import reading
from portail_app.services.invoice_list import PAGE_SIZE, InvoiceQuery, InvoiceSort, list_invoices
from portail_app.states.access import public_event, subscriber_event
from portail_app.states.clock import today
from portail_app.states.urls import LAST_PAGE, ListUrl, read_choice, read_number, read_search
from portail_app.viewer import Viewer

PATH = "/factures"


class Tab(StrEnum):
    """The tabs, as the URL names them."""

    UNPAID = "non-reglees"
    PAID = "reglees"
    AT_TREASURY = "tresorerie"


_NO_FILTERS = {"tab": "", "year": "", "search": "", "sorted": "", "direction": "", "range": ""}
_STATUS = {
    Tab.UNPAID: InvoiceStatus.UNPAID,
    Tab.PAID: InvoiceStatus.PAID,
    Tab.AT_TREASURY: InvoiceStatus.AT_TREASURY,
}


class InvoicesState(rx.State):
    invoices: tuple[InvoiceRow, ...] = ()
    is_loaded: bool = False
    today: date | None = None
    years: tuple[int, ...] = ()
    filters: dict[str, str] = _NO_FILTERS
    links: dict[str, str] = {}

    @subscriber_event
    async def load(self, viewer: Viewer) -> EventSpec | None:
        """A page past the last leads to the first: it must not say that nothing is owed."""
        url = _read_url(self.router.url.query_parameters)
        query = _query_of(url)
        async with reading(viewer) as reader:
            page = await list_invoices(reader, viewer, query)
        if url.page > 1 and not page.rows:
            return rx.redirect(url.to())
        self.invoices, self.years, self.today, self.is_loaded = page.rows, page.years, today(), True
        self.filters = _filters(url, query, page.total)
        self.links = _links(url, query, page.total)
        return None

    @public_event
    async def choose_year(self, year: str) -> EventSpec:
        url = _read_url(self.router.url.query_parameters)
        return rx.redirect(url.to(year=read_number(year, at_most=9999)))

    @public_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        url = _read_url(self.router.url.query_parameters)
        return rx.redirect(url.to(search=read_search(form.get("recherche", ""))))


def _read_url(parameters: Mapping[str, str]) -> ListUrl:
    return ListUrl(
        PATH,
        tab=read_choice(Tab, parameters.get("onglet", ""), Tab.UNPAID),
        year=read_number(parameters.get("annee", ""), at_most=9999),
        search=read_search(parameters.get("recherche", "")),
        sort=_read_sort(parameters.get("tri", "")),
        page=read_number(parameters.get("page", ""), at_most=LAST_PAGE) or 1,
    )


def _read_sort(word: str) -> str:
    """A column, with a dash before it where it descends; empty where it is none."""
    return word if word.removeprefix("-") in set(InvoiceSort) else ""


def _query_of(url: ListUrl) -> InvoiceQuery:
    return InvoiceQuery(
        status=_STATUS[Tab(url.tab)],
        year=url.year,
        search=url.search,
        sort=read_choice(InvoiceSort, url.sort.removeprefix("-"), InvoiceSort.DATE),
        is_descending=url.sort.startswith("-") or not url.sort,
        page=url.page,
    )


def _filters(url: ListUrl, query: InvoiceQuery, total: int) -> dict[str, str]:
    """What the page shows of its own URL: the tab, the year, the search, the sorted column, and where we are."""
    first = (query.page - 1) * PAGE_SIZE + 1
    last = min(total, query.page * PAGE_SIZE)
    return {
        "tab": url.tab,
        "year": str(url.year or ""),
        "search": url.search,
        "sorted": query.sort,
        "direction": "descending" if query.is_descending else "ascending",
        "range": f"Factures {first} à {last} sur {total}" if total else "",
    }


def _links(url: ListUrl, query: InvoiceQuery, total: int) -> dict[str, str]:
    """The URL of each tab, of each column's sort, and of the neighbouring pages (empty where there is none)."""
    tabs = {tab.value: url.to(tab=tab, year=None, search="") for tab in Tab}
    sorts = {sort.value: url.to(sort=_next_sort(query, sort)) for sort in InvoiceSort}
    has_next = query.page * PAGE_SIZE < total
    return (
        tabs
        | sorts
        | {
            "all": url.to(year=None, search=""),
            "previous": url.to(page=query.page - 1) if query.page > 1 else "",
            "next": url.to(page=query.page + 1) if has_next else "",
        }
    )


def _next_sort(query: InvoiceQuery, sort: InvoiceSort) -> str:
    """A second press on a column turns it round."""
    return f"-{sort}" if query.sort is sort and not query.is_descending else sort.value
