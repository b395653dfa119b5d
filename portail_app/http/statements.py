"""`/agent/rapprochement/releve`: the treasury's statement, as staff send it."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.gateways.inspection import inspect_sheet
from portail_app.http.asking import signed_in
from portail_app.http.refusals import answering
from portail_app.http.uploads import receiving
from portail_app.services.files import Owner, record_file
from portail_app.services.statement_imports import check_treasurer
from portail_app.states.clock import now


@answering
async def receive_statement(request: Request) -> Response:
    """From staff, who see next what it would change: until they confirm nothing is written."""
    viewer = await signed_in(request)
    utility_id = check_treasurer(viewer)
    async with receiving(request, inspect_sheet) as upload, transaction(viewer) as session:
        file = await record_file(session, viewer, upload, Owner(utility_id), now())
    return JSONResponse({"id": file.id, "name": file.name}, 201)


routes = [Route("/agent/rapprochement/releve", receive_statement, methods=["POST"])]
