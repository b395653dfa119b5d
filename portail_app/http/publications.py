"""What staff send to be read: to be published next, or at once into a folder of one subscriber."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.http.asking import id_of, signed_in
from portail_app.http.refusals import answering
from portail_app.http.uploads import receiving
from portail_app.services.files import Owner, record_file
from portail_app.services.publishing import find_reader_folder, publish_here
from portail_app.services.readers import find_publisher_utility
from portail_app.states.clock import now


@answering
async def receive_publication(request: Request) -> Response:
    """From staff, who say next whom it is for: until then nobody sees it."""
    viewer = await signed_in(request)
    utility_id = find_publisher_utility(viewer)
    async with receiving(request) as upload, transaction(viewer) as session:
        file = await record_file(session, viewer, upload, Owner(utility_id), now())
    return JSONResponse({"id": file.id, "name": file.name}, 201)


@answering
async def publish_into_folder(request: Request) -> Response:
    viewer, folder_id = await signed_in(request), id_of(request, "Dossier")
    async with transaction(viewer) as session:
        await find_reader_folder(session, viewer, folder_id)
    async with receiving(request) as upload, transaction(viewer) as session:
        document = await publish_here(session, viewer, folder_id, upload, now())
    return JSONResponse({"id": document.id, "name": upload.name}, 201)


routes = [
    Route("/agent/fichiers", receive_publication, methods=["POST"]),
    Route("/agent/dossiers/{id:int}/fichiers", publish_into_folder, methods=["POST"]),
]
