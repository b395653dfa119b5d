"""`/telecharger/documents/{id}` for whoever may read it, and what subscribers and staff send."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.errors import NotSignedIn
from portail_app.http.downloads import send_file
from portail_app.http.refusals import refusing
from portail_app.http.uploads import answering, receiving
from portail_app.services.deposits import deposit, find_place
from portail_app.services.documents import find_document
from portail_app.services.files import Owner, record_file
from portail_app.services.publishing import check_publisher
from portail_app.states.viewers import viewers
from portail_app.viewer import Viewer


@refusing
async def download_document(request: Request) -> Response:
    viewer = await viewers.find(request.headers.get("cookie", ""))
    async with transaction(viewer) as session:
        _, file = await find_document(session, viewer, request.path_params["id"])
    return await send_file(request, file.key, file.name, file.media_type)


@answering
async def receive_deposit(request: Request) -> Response:
    """Into a folder of the subscriber who sends it."""
    viewer = (await _signed_in(request)).as_subscriber()
    folder_id = request.path_params["id"]
    async with transaction(viewer) as session:
        await find_place(session, viewer, folder_id)
    async with receiving(request) as upload, transaction(viewer) as session:
        document = await deposit(session, viewer, folder_id, upload, datetime.now(UTC))
    return JSONResponse({"id": document.id, "name": upload.name}, 201)


@answering
async def receive_publication(request: Request) -> Response:
    """From staff, who say next whom it is for: until then nobody sees it."""
    viewer = await _signed_in(request)
    utility_id = request.path_params["id"]
    check_publisher(viewer, utility_id)
    async with receiving(request) as upload, transaction(viewer) as session:
        file = await record_file(session, viewer, upload, Owner(utility_id), datetime.now(UTC))
    return JSONResponse({"id": file.id, "name": file.name}, 201)


routes = [
    Route("/telecharger/documents/{id:int}", download_document, methods=["GET"]),
    Route("/documents/dossiers/{id:int}/fichiers", receive_deposit, methods=["POST"]),
    Route("/agent/collectivites/{id:int}/fichiers", receive_publication, methods=["POST"]),
]


async def _signed_in(request: Request) -> Viewer:
    viewer = await viewers.find(request.headers.get("cookie", ""))
    if not viewer.is_signed_in:
        raise NotSignedIn
    return viewer
