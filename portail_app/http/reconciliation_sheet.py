"""The reconciliation as a sheet for French spreadsheets."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from models import Agreement
from portail_app.services.reconciliation import ReconciledPayment

HEADER = (
    *("jour", "reference", "factures", "autorisation"),
    *("montant_portail", "montant_releve", "jour_releve", "etat", "explication"),
)
WORDS = {
    Agreement.MATCHED: "rapproché",
    Agreement.NOT_THERE: "absent du relevé",
    Agreement.NOT_HERE: "absent du portail",
    Agreement.DIFFERENT: "montant différent",
    Agreement.WAITING: "relevé à venir",
}
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute (OWASP, CSV injection)


def write_sheet(payments: Iterable[ReconciledPayment]) -> bytes:
    """As French spreadsheets open it: semicolons, decimal commas, and a mark that says UTF-8."""
    written = StringIO()
    sheet = csv.writer(written, delimiter=";")
    sheet.writerow(HEADER)
    sheet.writerows(map(_cells, payments))
    return written.getvalue().encode("utf-8-sig")


def _cells(payment: ReconciledPayment) -> Iterator[str]:
    yield payment.day.isoformat()
    yield from map(_harmless, (payment.reference, payment.numbers, payment.authorisation))
    yield _amount(payment.here_cents)
    yield _amount(payment.there_cents)
    yield payment.booked_on.isoformat() if payment.booked_on else ""
    yield WORDS[payment.agreement]
    yield _harmless(payment.reason)


def _harmless(words: str) -> str:
    return f"'{words}" if words.startswith(FORMULA) else words


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}".replace(".", ",")
