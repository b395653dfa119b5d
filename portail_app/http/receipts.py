"""The receipt as PDF, for whoever may read the payment; to anybody else it does not exist."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from portail_app.errors import NotFound
from portail_app.http.asking import viewer_of
from portail_app.http.drawn import send_drawn
from portail_app.pdf.receipt import draw_receipt
from portail_app.services.payments.receipts import compose_receipt, list_payers
from portail_app.states.looks import looking


async def download_receipt(request: Request) -> Response:
    """`GET /recus/{reference}.pdf`, read by the session's cookie."""
    viewer = await viewer_of(request)
    try:
        async with looking(viewer) as look:
            reference = request.path_params["reference"]
            sheet = await compose_receipt(look.session, viewer, reference)
            await look.at(await list_payers(look.session, reference), f"Reçu {sheet.number}")
    except NotFound as missing:
        return PlainTextResponse(missing.sentence, 404)
    return await send_drawn(draw_receipt, sheet, f"recu-{sheet.number}.pdf")


routes = [Route("/recus/{reference:str}.pdf", download_receipt, methods=["GET"])]
