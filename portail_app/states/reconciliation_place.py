"""What the URL of the reconciliation asks for: the same for the page and for the file that it exports."""

from collections.abc import Mapping
from dataclasses import replace

from portail_app.services.reconciliation import Fold, ReconciliationQuery
from portail_app.states.places import read_place
from portail_app.states.urls import ListUrl, read_choice, read_day, read_search

PATH = "/agent/rapprochement"


def read_reconciliation(parameters: Mapping[str, str]) -> ListUrl:
    return read_place(PATH, parameters, read_choice(Fold, parameters.get("onglet", ""), Fold.OPEN))


def search_reconciliation(parameters: Mapping[str, str], form: Mapping[str, str]) -> str:
    """The URL for the day and the words of the form, in the same tab."""
    day, search = read_day(form.get("jour", "")), read_search(form.get("recherche", ""))
    return read_reconciliation(parameters).to(day=day, search=search)


def reconciliation_links(url: ListUrl) -> dict[str, str]:
    """Of each tab, and of the file that says what the page shows."""
    tabs = {fold.value: url.to(tab=fold) for fold in Fold}
    return tabs | {"export": str(replace(url, path=f"{PATH}.csv", page=1))}


def reconciliation_query(url: ListUrl) -> ReconciliationQuery:
    return ReconciliationQuery(Fold(url.tab), url.day, url.search, url.page)
