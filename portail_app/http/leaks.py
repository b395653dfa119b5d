"""The file of a leak on its way out: its certificates, and the whole of it as one PDF."""

from asyncio import to_thread

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.http.asking import id_of, viewer_of
from portail_app.http.downloads import send_file
from portail_app.http.refusals import refusing
from portail_app.pdf.leak import draw_leak_file
from portail_app.services.leaks import certificates, papers
from portail_app.states.clock import today
from portail_app.states.looks import look_at_leak, looking

PRIVATE = {"Cache-Control": "private, no-store"}


@refusing
async def download_certificate(request: Request) -> Response:
    """`GET /telecharger/attestations/{id}`: never shown inside the portal's own pages."""
    viewer = await viewer_of(request)
    async with looking(viewer) as look:
        file = await certificates.find_certificate(look.session, viewer, id_of(request, "Attestation"))
        await look_at_leak(look, viewer, file.alert_id)
    name = f"attestation-{file.id}.{file.media_type.partition('/')[2]}"
    return await send_file(request, file.file_key, name, file.media_type, shown_in="inline")


@refusing
async def download_file(request: Request) -> Response:
    """`GET /telecharger/fuites/{id}.pdf`: figures, decision and certificates."""
    viewer, alert_id = await viewer_of(request), id_of(request, "Dossier")
    async with looking(viewer) as look:
        sheet = await papers.compose_leak_sheet(look.session, viewer, alert_id, today())
        await look_at_leak(look, viewer, alert_id)
    headers = {**PRIVATE, "Content-Disposition": f'inline; filename="fuite-{sheet.number}.pdf"'}
    return Response(await to_thread(draw_leak_file, sheet), media_type="application/pdf", headers=headers)


routes = [
    Route("/telecharger/attestations/{id:int}", download_certificate, methods=["GET"]),
    Route("/telecharger/fuites/{id:int}.pdf", download_file, methods=["GET"]),
]
