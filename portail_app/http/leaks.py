"""The file of a leak: the certificate on its way in and out, and the whole file as one PDF."""

from asyncio import to_thread
from datetime import date
from urllib.parse import quote, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.errors import FileRefused, TooLarge, Unavailable, WrongKind
from portail_app.http.asking import id_of, signed_in, viewer_of
from portail_app.http.downloads import send_file
from portail_app.http.file_forms import keep_file, receiving_form, words_of
from portail_app.http.refusals import refusing
from portail_app.pdf.leak import draw_leak_file
from portail_app.services.leaks import certificates, papers
from portail_app.services.leaks.alerts import find_placed
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer

PRIVATE = {"Cache-Control": "private, no-store"}
WORDS = {TooLarge: "poids", WrongKind: "nature", FileRefused: "danger", Unavailable: "panne"}
TYPED = {"leak_place": "lieu", "repaired_on": "date", "plumber": "entreprise"}


@refusing
async def send_certificate(request: Request) -> Response:
    """`POST /fuites/{id}/attestation`: back to the file's page, which says what was kept or what is wrong; there, what
    was typed is still in the form."""
    viewer = (await signed_in(request)).as_subscriber()
    alert_id, typed = id_of(request, "Dossier"), dict[str, str]()
    async with transaction(viewer) as session:
        placed = await find_placed(session, viewer, alert_id)
    try:
        async with receiving_form(request, certificates.MOST_BYTES) as form:
            typed = {said: words_of(form, name)[: certificates.LONGEST] for name, said in TYPED.items()}
            await _keep(viewer, alert_id, form)
    except certificates.CertificateRefused as wrong:
        return _back(placed.contract, refus=wrong.word, **typed)
    except (FileRefused, TooLarge, Unavailable) as wrong:
        word = next(word for kind, word in WORDS.items() if isinstance(wrong, kind))
        return _back(placed.contract, refus=word, **typed)
    return _back(placed.contract, envoi="fait")


@refusing
async def download_certificate(request: Request) -> Response:
    """`GET /telecharger/attestations/{id}`: never shown inside the portal's own pages."""
    viewer = await viewer_of(request)
    async with transaction(viewer) as session:
        file = await certificates.find_certificate(session, viewer, id_of(request, "Attestation"))
    name = f"attestation-{file.id}.{file.media_type.partition('/')[2]}"
    return await send_file(request, file.file_key, name, file.media_type, shown_in="inline")


@refusing
async def download_file(request: Request) -> Response:
    """`GET /telecharger/fuites/{id}.pdf`: figures, decision and certificates."""
    viewer = await viewer_of(request)
    async with transaction(viewer) as session:
        sheet = await papers.compose_leak_sheet(session, viewer, id_of(request, "Dossier"), today())
    headers = {**PRIVATE, "Content-Disposition": f'inline; filename="fuite-{sheet.number}.pdf"'}
    return Response(await to_thread(draw_leak_file, sheet), media_type="application/pdf", headers=headers)


routes = [
    Route("/fuites/{id:int}/attestation", send_certificate, methods=["POST"]),
    Route("/telecharger/attestations/{id:int}", download_certificate, methods=["GET"]),
    Route("/telecharger/fuites/{id:int}.pdf", download_file, methods=["GET"]),
]


async def _keep(viewer: Viewer, alert_id: int, form: FormData) -> None:
    draft = certificates.CertificateDraft(
        leak_place=words_of(form, "leak_place"),
        repaired_on=_day(words_of(form, "repaired_on")),
        plumber=words_of(form, "plumber"),
    )
    async with transaction(viewer) as session:
        await certificates.check_certificate(session, viewer, alert_id, draft, today())
    upload = await keep_file(form, "file", certificates.MOST_BYTES, certificates.KINDS)
    if upload is None:
        raise certificates.CertificateRefused("fichier")
    async with transaction(viewer) as session:
        await certificates.send_certificate(session, viewer, alert_id, draft, upload, now())


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _back(contract: str, **said: str) -> Response:
    path = f"/contrats/{quote(contract, safe='')}/fuite?{urlencode(said)}#attestation"
    return RedirectResponse(path, status_code=303, headers={"Cache-Control": "no-store"})
