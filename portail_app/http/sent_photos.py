"""`POST /releves/{id}/photo`: the photo of a reading that waits, sent by its sender."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.errors import Invalid, Refusal, TooLarge, TooManyTries, Unavailable
from portail_app.gateways.photos import TooManyPixels, keep_photo, most_bytes
from portail_app.http.asking import id_of, signed_in
from portail_app.http.file_forms import content_of, receiving_form
from portail_app.http.frequency import Frequency
from portail_app.http.going_back import back_to
from portail_app.http.refusals import refusing
from portail_app.services.sent_readings import AlreadyDecided, PhotoAnswer, attach_photo, find_contract_of

_photos = Frequency(most=10, within_seconds=60)  # of one account: decoding one takes a second of processor
ANSWERS: dict[type[Refusal], PhotoAnswer] = {
    TooLarge: PhotoAnswer.TOO_LARGE,
    TooManyPixels: PhotoAnswer.TOO_MANY_PIXELS,
    AlreadyDecided: PhotoAnswer.TOO_LATE,
    Invalid: PhotoAnswer.NOT_AN_IMAGE,
    Unavailable: PhotoAnswer.NOT_KEPT,
}
"""The first that fits: also what is no form at all holds no image."""


@refusing
async def receive_photo(request: Request) -> Response:
    """Back to the contract's page, which says whether the photo was kept; the reading itself is kept in any case."""
    viewer, sent_id = await signed_in(request), id_of(request, "Relève")
    if not _photos.allows(str(viewer.account_id)):
        raise TooManyTries(60)
    async with transaction(viewer) as session:
        contract = await find_contract_of(session, viewer, sent_id)
    answer = PhotoAnswer.KEPT
    try:
        async with receiving_form(request, most_bytes()) as form:
            key = await keep_photo(await content_of(form, "photo"))
        async with transaction(viewer) as session:
            await attach_photo(session, viewer, sent_id, key)
    except Refusal as refused:
        told = next((answer for kind, answer in ANSWERS.items() if isinstance(refused, kind)), None)
        if told is None:
            raise
        answer = told
    return back_to("contrats", contract.number, photo=answer)


routes = [Route("/releves/{id:int}/photo", receive_photo, methods=["POST"])]
