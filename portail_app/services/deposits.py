"""Deposits: what subscribers send into their folders, of which staff are told."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Folder
from portail_app.errors import Forbidden, Invalid
from portail_app.services import audit
from portail_app.services.deposit_mails import tell_staff
from portail_app.services.files import Owner, Upload, check_room
from portail_app.services.folders import FILLED_BY_ITSELF, find_folder
from portail_app.services.placing import place_once
from portail_app.viewer import Viewer

NOT_HERE = "Ce dossier se remplit tout seul. Choisissez « Pièces transmises » pour envoyer un document."


async def find_place(session: AsyncSession, viewer: Viewer, folder_id: int) -> Folder:
    """Where the viewer may put a document, before any of it is read. Raises what forbids it."""
    folder = await find_folder(session, viewer, folder_id)
    if folder.subscriber_id not in viewer.payable_subscriber_ids:
        raise Forbidden
    if folder.kind in FILLED_BY_ITSELF:
        raise Invalid(NOT_HERE)
    await check_room(session, Owner(folder.utility_id, folder.subscriber_id))
    return folder


async def deposit(session: AsyncSession, viewer: Viewer, folder_id: int, upload: Upload, now: datetime) -> Document:
    """The same file twice in a folder is one document."""
    folder = await find_place(session, viewer, folder_id)
    document, is_new = await place_once(session, viewer, folder, upload, now, is_deposit=True)
    if is_new:
        audit.record(session, viewer, "Document déposé", upload.name, utility_id=folder.utility_id)
        await tell_staff(session, folder, upload.name, now)
    return document
