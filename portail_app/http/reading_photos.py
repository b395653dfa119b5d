"""`/releves/{id}/photo`: the photo of a reading that waits, sent by its sender, seen by them and by staff."""

from asyncio import Semaphore, to_thread
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from models import Contract
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound, TooLarge, TooManyTries
from portail_app.gateways.file_kinds import JPEG
from portail_app.gateways.photos import NotAnImage, TooManyPixels, clean_photo
from portail_app.gateways.storage import storage
from portail_app.http.asking import id_of, signed_in
from portail_app.http.downloads import send_file
from portail_app.http.file_forms import content_of, receiving_form
from portail_app.http.frequency import Frequency
from portail_app.http.refusals import refusing
from portail_app.services.sent_readings import PhotoAnswer, attach_photo, find_sent
from portail_app.settings import settings

_photos = Frequency(most=10, within_seconds=60)  # of one account: decoding one takes a second of processor
_decoding = Semaphore(2)  # and half a gigabyte at worst


@refusing
async def receive_photo(request: Request) -> Response:
    """Back to the contract's page, which says whether the photo was kept; the reading itself is kept in any case."""
    viewer, sent_id = await signed_in(request), id_of(request, "Relève")
    if not _photos.allows(str(viewer.account_id)):
        raise TooManyTries(60)
    async with transaction(viewer) as session:
        sent = await find_sent(session, viewer, sent_id)
        contract = await session.get_one(Contract, sent.contract_id)
    try:
        async with receiving_form(request, settings().photo_megabytes * 1024 * 1024) as form, _decoding:
            photo = await to_thread(clean_photo, await content_of(form, "photo"))
        key = await to_thread(storage().add, photo)
        async with transaction(viewer) as session:
            await attach_photo(session, viewer, sent_id, key)
        answer = PhotoAnswer.KEPT
    except TooLarge:
        answer = PhotoAnswer.TOO_LARGE
    except TooManyPixels:
        answer = PhotoAnswer.TOO_MANY_PIXELS
    except NotAnImage:
        answer = PhotoAnswer.NOT_AN_IMAGE
    except Invalid:
        answer = PhotoAnswer.TOO_LATE
    address = f"/contrats/{quote(contract.number, safe='')}?photo={answer}"
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


@refusing
async def show_photo(request: Request) -> Response:
    viewer = await signed_in(request)
    async with transaction(viewer) as session:
        sent = await find_sent(session, viewer, id_of(request, "Relève"))
    if sent.photo_key is None:
        raise NotFound("Photo")
    return await send_file(request, sent.photo_key, f"releve-{sent.id}.jpg", JPEG.media_type, shown_in="inline")


routes = [
    Route("/releves/{id:int}/photo", show_photo, methods=["GET"]),
    Route("/releves/{id:int}/photo", receive_photo, methods=["POST"]),
]
