"""`/telecharger/mes-donnees/{id}.zip`: a copy of all one's data, for whoever asked for it."""

from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.formats import PARIS
from portail_app.http.asking import id_of, signed_in
from portail_app.http.refusals import refusing
from portail_app.services.exports import export_files, find_download


@refusing
async def download_export(request: Request) -> Response:
    """Streamed from the disk, whatever its size."""
    viewer, export_id = await signed_in(request), id_of(request, "Copie de vos données", "export_id")
    async with transaction(viewer) as session:
        export = await find_download(session, viewer, export_id, datetime.now(UTC))
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
