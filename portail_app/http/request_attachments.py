"""`/pieces-jointes/{place}` takes in a file added to a draft; `/telecharger/pieces-jointes/{id}` hands one out."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.http.asking import id_of, signed_in
from portail_app.http.downloads import send_file
from portail_app.http.refusals import answering, refusing
from portail_app.http.uploads import receiving
from portail_app.services.attachment_owners import check_place
from portail_app.services.request_attachments import attach_file, find_piece
from portail_app.states.clock import now
from portail_app.states.looks import looking


@answering
async def attach(request: Request) -> Response:
    viewer, place = await signed_in(request), request.path_params["place"]
    async with transaction(viewer) as session:
        await check_place(session, viewer, place)
    async with receiving(request) as upload, transaction(viewer) as session:
        piece = await attach_file(session, viewer, place, upload, now())
    return JSONResponse({"id": piece.id, "name": piece.name}, 201)


@refusing
async def download(request: Request) -> Response:
    viewer = await signed_in(request)
    async with looking(viewer) as look:
        file, asker = await find_piece(look.session, viewer, id_of(request, "Pièce jointe", "attachment_id"))
        await look.at(asker, f"Pièce jointe « {file.name} »")
    return await send_file(request, file.key, file.name, file.media_type)


routes = [
    Route("/pieces-jointes/{place}", attach, methods=["POST"]),
    Route("/telecharger/pieces-jointes/{attachment_id:int}", download, methods=["GET"]),
]
