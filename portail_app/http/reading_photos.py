"""`GET /releves/{id}/photo`: the photo of a reading, for its sender and for staff."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from portail_app.errors import NotFound
from portail_app.gateways.file_kinds import JPEG
from portail_app.http.asking import id_of, signed_in
from portail_app.http.downloads import send_file
from portail_app.http.refusals import refusing
from portail_app.services.sent_readings import find_sent
from portail_app.states.looks import look_at_reading, looking


@refusing
async def show_photo(request: Request) -> Response:
    viewer = await signed_in(request)
    async with looking(viewer) as look:
        sent = await find_sent(look.session, viewer, id_of(request, "Relève"))
        await look_at_reading(look, sent, "Photo de la relève")
    if sent.photo_key is None:
        raise NotFound("Photo")
    return await send_file(request, sent.photo_key, f"releve-{sent.id}.jpg", JPEG.media_type, shown_in="inline")


routes = [Route("/releves/{id:int}/photo", show_photo, methods=["GET"])]
