"""`/telecharger/factures/{number}.pdf`: an invoice on paper, for whoever may read it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.gateways.file_kinds import PDF
from portail_app.http.asking import viewer_of
from portail_app.http.downloads import send_file
from portail_app.http.drawn import send_drawn
from portail_app.http.refusals import refusing
from portail_app.pdf.invoice import draw_invoice
from portail_app.services.invoice_papers import find_paper
from portail_app.states.looks import looking


@refusing
async def download_invoice(request: Request) -> Response:
    viewer = await viewer_of(request)
    async with looking(viewer) as look:
        paper = await find_paper(look.session, viewer, request.path_params["number"])
        await look.at((paper.subscriber_id,), f"Facture {paper.number}")
    name = f"facture-{paper.number}.pdf"
    if paper.key is not None:
        return await send_file(request, paper.key, name, PDF.media_type, shown_in="inline")
    assert paper.sheet is not None
    return await send_drawn(draw_invoice, paper.sheet, name)


routes = [Route("/telecharger/factures/{number}.pdf", download_invoice, methods=["GET"])]
