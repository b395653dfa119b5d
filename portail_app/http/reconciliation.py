"""`/agent/rapprochement.csv`: the reconciliation as a file for a spreadsheet, as filtered on the page, for staff."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.http.asking import signed_in
from portail_app.http.reconciliation_sheet import write_sheet
from portail_app.http.refusals import refusing
from portail_app.http.sheets import attached
from portail_app.services.reconciliation import EXPORTED_AT_MOST, list_reconciled
from portail_app.states.clock import today
from portail_app.states.reconciliation_place import read_reconciliation, reconciliation_query


@refusing
async def export_reconciliation(request: Request) -> Response:
    viewer = await signed_in(request)
    query = reconciliation_query(read_reconciliation(request.query_params))
    async with transaction(viewer) as session:
        found = await list_reconciled(session, viewer, query, today(), size=EXPORTED_AT_MOST)
    return attached(write_sheet(found.payments), "rapprochement")


routes = [Route("/agent/rapprochement.csv", export_reconciliation, methods=["GET"])]
