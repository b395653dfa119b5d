"""The reconciliation as a sheet for French spreadsheets."""

from collections.abc import Iterable, Iterator

from models import Agreement
from portail_app.http.sheets import harmless, sheet
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


def write_sheet(payments: Iterable[ReconciledPayment]) -> bytes:
    return sheet(HEADER, map(_cells, payments))


def _cells(payment: ReconciledPayment) -> Iterator[str]:
    yield payment.day.isoformat()
    yield from map(harmless, (payment.reference, payment.numbers, payment.authorisation))
    yield _amount(payment.here_cents)
    yield _amount(payment.there_cents)
    yield payment.booked_on.isoformat() if payment.booked_on else ""
    yield WORDS[payment.agreement]
    yield harmless(payment.reason)


def _amount(cents: int | None) -> str:
    return "" if cents is None else f"{cents / 100:.2f}".replace(".", ",")
