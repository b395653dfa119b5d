"""`/telecharger/mes-donnees/{id}.zip`: a copy of all one's data, for whoever asked for it."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.errors import NotFound, NotSignedIn
from portail_app.formats import PARIS
from portail_app.http.refusals import refusing
from portail_app.services.exports import export_files, find_download
from portail_app.states.viewers import viewers


@refusing
async def download_export(request: Request) -> Response:
    """Streamed from the disk, whatever its size."""
    viewer = await viewers.find(request.headers.get("cookie", ""))
    if not viewer.is_signed_in:
        raise NotSignedIn
    async with transaction(viewer) as session:
        export = await find_download(session, viewer, request.path_params["export_id"], datetime.now(UTC))
        path = export_files().path_of(export.file_name)
        if not path.exists():
            raise NotFound("Copie de vos données")
    made_on = export.asked_at.astimezone(PARIS).date()
    headers = {
        "Content-Disposition": f'attachment; filename="mes-donnees-{made_on.isoformat()}.zip"',
        "Cache-Control": "private, no-store",
    }
    return FileResponse(path, media_type="application/zip", headers=headers)


routes = [Route("/telecharger/mes-donnees/{export_id:int}.zip", download_export, methods=["GET"])]
