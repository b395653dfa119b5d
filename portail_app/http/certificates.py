"""`POST /fuites/{id}/attestation`: the plumber's certificate on its way in."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.errors import FileRefused, TooLarge, Unavailable, WrongKind
from portail_app.http.asking import id_of, signed_in
from portail_app.http.file_forms import receiving_form, words_of
from portail_app.http.going_back import back_to
from portail_app.http.photo_forms import keep_file_or_photo
from portail_app.http.refusals import refusing
from portail_app.services.leaks import alerts, certificates
from portail_app.states.clock import now, today

WORDS = {TooLarge: "poids", WrongKind: "nature", FileRefused: "danger", Unavailable: "panne"}
TYPED = {"leak_place": "lieu", "repaired_on": "date", "plumber": "entreprise"}


@refusing
async def send_certificate(request: Request) -> Response:
    """Back to the file's page, which says what was kept or what is wrong; what was typed is still in its form."""
    viewer = (await signed_in(request)).as_subscriber()
    alert_id, said = id_of(request, "Dossier"), dict[str, str]()
    async with transaction(viewer) as session:
        placed = await alerts.find_placed(session, viewer, alert_id)
    page = ("contrats", placed.contract, "fuite")
    try:
        async with receiving_form(request, certificates.MOST_BYTES) as form:
            typed = {name: words_of(form, name) for name in TYPED}
            said = {word: typed[name][: certificates.LONGEST] for name, word in TYPED.items()}
            draft = certificates.draft_of(**typed)
            async with transaction(viewer) as session:
                await certificates.check_certificate(session, viewer, alert_id, draft, today())
            upload = await keep_file_or_photo(form, "file", certificates.MOST_BYTES, certificates.KINDS)
        async with transaction(viewer) as session:
            await certificates.send_certificate(session, viewer, alert_id, draft, upload, now())
    except certificates.CertificateRefused as wrong:
        return back_to(*page, at="attestation", refus=wrong.word, **said)
    except (FileRefused, TooLarge, Unavailable) as wrong:
        word = next(word for kind, word in WORDS.items() if isinstance(wrong, kind))
        return back_to(*page, at="attestation", refus=word, **said)
    return back_to(*page, at="attestation", envoi="fait")


routes = [Route("/fuites/{id:int}/attestation", send_certificate, methods=["POST"])]
