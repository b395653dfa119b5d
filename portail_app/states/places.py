"""Where a page is in its list, for the page: what its URL says, how far it is in words, and its neighbours' links."""

from collections.abc import Mapping

from portail_app.services.paging import PAGE_SIZE, Sought
from portail_app.states.urls import LAST_PAGE, ListUrl, read_day, read_number, read_search

Place = dict[str, str]
NOWHERE: Place = {"tab": "", "day": "", "search": "", "range": "", "here": "", "all": "", "previous": "", "next": ""}


def search_at(path: str, form: Mapping[str, str], tab: str = "") -> str:
    """Where a list's form of search leads: a day, where it has one, and words; in the same tab."""
    return str(
        ListUrl(path, tab=tab, day=read_day(form.get("jour", "")), search=read_search(form.get("recherche", "")))
    )


def read_place(path: str, parameters: Mapping[str, str], tab: str = "") -> ListUrl:
    """The day, the search and the page that a URL names; its tab is for who knows which there are."""
    return ListUrl(
        path,
        tab=tab,
        day=read_day(parameters.get("jour", "")),
        search=read_search(parameters.get("recherche", "")),
        page=read_number(parameters.get("page", ""), at_most=LAST_PAGE) or 1,
    )


def sought_at(url: ListUrl, size: int = PAGE_SIZE) -> Sought:
    return Sought(url.search, url.day, url.page, size)


def describe_place(url: ListUrl, noun: str, total: int, size: int = PAGE_SIZE) -> Place:
    """`noun` is what the list holds, in the plural: « Paiements 51 à 100 sur 312 ». No link where there is no page."""
    first, last = (url.page - 1) * size + 1, min(total, url.page * size)
    return {
        "tab": url.tab,
        "day": str(url.day or ""),
        "search": url.search,
        "range": f"{noun} {first} à {last} sur {total}" if first <= last else "",
        "here": url.to(page=url.page),
        "all": url.to(day=None, search=""),
        "previous": url.to(page=url.page - 1) if url.page > 1 else "",
        "next": url.to(page=url.page + 1) if last < total else "",
    }
