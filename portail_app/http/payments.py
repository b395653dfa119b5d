"""The hand-over: the payer's browser leaves for PayFiP, by a plain form, once everything has been checked again."""

from datetime import UTC, datetime
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portail_app.errors import Refusal, Unavailable
from portail_app.http.hand_over import hand_over
from portail_app.states.viewers import viewers


async def leave_for_payfip(request: Request) -> Response:
    """`POST /paiement/{reference}/payfip`: to PayFiP's page, or back to the payment's page, which says why not."""
    reference = quote(request.path_params["reference"], safe="")
    viewer = await viewers.find(request.headers.get("cookie", ""))
    try:
        address = await hand_over(viewer, reference, datetime.now(UTC))
    except Unavailable:
        address = f"/paiement/{reference}?motif=payfip"
    except Refusal:
        address = f"/paiement/{reference}"
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


routes = [Route("/paiement/{reference:str}/payfip", leave_for_payfip, methods=["POST"])]
