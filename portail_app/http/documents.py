"""`/telecharger/documents/{id}` for whoever may read it, and what subscribers and staff send."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from models import StaffRank
from portail_app.database import transaction
from portail_app.errors import Forbidden, NotFound, NotSignedIn
from portail_app.http.downloads import send_file
from portail_app.http.refusals import refusing
from portail_app.http.uploads import answering, receive_file
from portail_app.services.deposits import deposit, find_place
from portail_app.services.documents import find_document
from portail_app.services.files import Owner, record_file
from portail_app.services.permissions import utilities_at
from portail_app.states.arguments import LARGEST_NUMBER
from portail_app.states.viewers import viewers
from portail_app.viewer import Viewer


@refusing
async def download_document(request: Request) -> Response:
    viewer = await viewers.find(request.headers.get("cookie", ""))
    async with transaction(viewer) as session:
        _, file = await find_document(session, viewer, _id_of(request, "Document"))
    return await send_file(request, file.key, file.name, file.media_type)


@answering
async def receive_deposit(request: Request) -> Response:
    """Into a folder of the subscriber who sends it."""
    viewer = (await _signed_in(request)).as_subscriber()
    folder_id = _id_of(request, "Dossier")
    async with transaction(viewer) as session:
        await find_place(session, viewer, folder_id)
    upload = await receive_file(request)
    async with transaction(viewer) as session:
        document = await deposit(session, viewer, folder_id, upload, datetime.now(UTC))
    return JSONResponse({"id": document.id, "name": upload.name}, 201)


@answering
async def receive_publication(request: Request) -> Response:
    """From staff, who say next whom it is for: until then nobody sees it."""
    viewer = await _signed_in(request)
    managed = utilities_at(viewer, StaffRank.MANAGER)
    if not managed:
        raise Forbidden
    upload = await receive_file(request)
    async with transaction(viewer) as session:
        file = await record_file(session, viewer, upload, Owner(min(managed)), datetime.now(UTC))
    return JSONResponse({"id": file.id, "name": file.name}, 201)


routes = [
    Route("/telecharger/documents/{id:int}", download_document, methods=["GET"]),
    Route("/documents/dossiers/{id:int}/fichiers", receive_deposit, methods=["POST"]),
    Route("/agent/fichiers", receive_publication, methods=["POST"]),
]


async def _signed_in(request: Request) -> Viewer:
    viewer = await viewers.find(request.headers.get("cookie", ""))
    if not viewer.is_signed_in:
        raise NotSignedIn
    return viewer


def _id_of(request: Request, noun: str) -> int:
    number: int = request.path_params["id"]
    if number > LARGEST_NUMBER:
        raise NotFound(noun)
    return number
