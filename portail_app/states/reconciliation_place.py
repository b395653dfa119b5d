"""What the URL of the reconciliation asks for: the same for the page and for the file that it exports."""

from collections.abc import Mapping

from portail_app.services.reconciliation import Fold, ReconciliationQuery
from portail_app.states.places import read_place
from portail_app.states.urls import ListUrl, read_choice

PATH = "/agent/rapprochement"


def read_reconciliation(parameters: Mapping[str, str]) -> ListUrl:
    return read_place(PATH, parameters, read_choice(Fold, parameters.get("onglet", ""), Fold.OPEN))


def reconciliation_query(url: ListUrl) -> ReconciliationQuery:
    return ReconciliationQuery(Fold(url.tab), url.day, url.search, url.page)
