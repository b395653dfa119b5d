"""`/telecharger/documents/{id}` for whoever may read it, and what subscribers send into their folders."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.http.asking import id_of, signed_in, viewer_of
from portail_app.http.downloads import send_file
from portail_app.http.refusals import answering, refusing
from portail_app.http.uploads import receiving
from portail_app.services.deposits import deposit, find_place
from portail_app.services.documents import find_document
from portail_app.states.clock import now
from portail_app.states.looks import looking


@refusing
async def download_document(request: Request) -> Response:
    """What staff take away is written in the history of accesses of whose it is."""
    viewer = await viewer_of(request)
    async with looking(viewer) as look:
        document, file = await find_document(look.session, viewer, id_of(request, "Document"))
        await look.at([document.subscriber_id], f"Document « {file.name} »")
    return await send_file(request, file.key, file.name, file.media_type)


@answering
async def receive_deposit(request: Request) -> Response:
    """Into a folder of the subscriber who sends it."""
    viewer = (await signed_in(request)).as_subscriber()
    folder_id = id_of(request, "Dossier")
    async with transaction(viewer) as session:
        await find_place(session, viewer, folder_id)
    async with receiving(request) as upload, transaction(viewer) as session:
        document = await deposit(session, viewer, folder_id, upload, now())
    return JSONResponse({"id": document.id, "name": upload.name}, 201)


routes = [
    Route("/telecharger/documents/{id:int}", download_document, methods=["GET"]),
    Route("/documents/dossiers/{id:int}/fichiers", receive_deposit, methods=["POST"]),
]
