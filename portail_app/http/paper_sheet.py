"""Who receives invoices on paper, as a sheet for French spreadsheets."""

from collections.abc import Iterable, Iterator

from portail_app.formats import instant
from portail_app.http.sheets import harmless, sheet
from portail_app.services.paper_desk import PaperRow

HEADER = ("numero", "nom", "adresse", "papier", "depuis", "choisi_par", "texte_confirme")


def write_sheet(rows: Iterable[PaperRow]) -> bytes:
    return sheet(HEADER, map(_cells, rows))


def _cells(row: PaperRow) -> Iterator[str]:
    yield from map(harmless, (row.number, row.name, row.address))
    yield "oui" if row.wants_paper else "non"
    yield instant(row.chosen_at) if row.chosen_at else ""
    yield harmless(row.email)
    yield row.words
