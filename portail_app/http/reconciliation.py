"""`/agent/rapprochement.csv`: the reconciliation as a file for a spreadsheet, as filtered on the page, for staff."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from models import Agreement
from portail_app.database import transaction
from portail_app.errors import NotSignedIn
from portail_app.http.refusals import refusing
from portail_app.services.reconciliation import EXPORTED_AT_MOST, ReconciledPayment, list_reconciled
from portail_app.states.clock import today
from portail_app.states.reconciliation_place import read_reconciliation, reconciliation_query
from portail_app.states.viewers import viewers

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


@refusing
async def export_reconciliation(request: Request) -> Response:
    viewer = await viewers.find(request.headers.get("cookie", ""))
    if not viewer.is_signed_in:
        raise NotSignedIn
    query = reconciliation_query(read_reconciliation(request.query_params))
    async with transaction(viewer) as session:
        found = await list_reconciled(session, viewer, query, today(), size=EXPORTED_AT_MOST)
    headers = {
        "Content-Disposition": f'attachment; filename="rapprochement-{today()}.csv"',
        "Cache-Control": "private, no-store",
    }
    return Response(_sheet(found.payments), media_type="text/csv; charset=utf-8", headers=headers)


routes = [Route("/agent/rapprochement.csv", export_reconciliation, methods=["GET"])]


def _sheet(payments: Iterable[ReconciledPayment]) -> bytes:
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
