"""Publishing: one file, put by staff into the folder of one subscriber, or of all that a query finds."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Folder, FolderKind, StoredFile
from portail_app.errors import Invalid
from portail_app.gateways.file_kinds import SHEET
from portail_app.services import audit
from portail_app.services.announcements import announce
from portail_app.services.files import Upload, find_sent_file
from portail_app.services.folders import FILLED_BY_ITSELF, find_folder
from portail_app.services.placing import place_for_all, place_once
from portail_app.services.readers import Readers, check_publisher, count_readers, list_reader_ids
from portail_app.viewer import Viewer

PUBLISHED_IN = (FolderKind.CONTRACT, FolderKind.INVOICES, FolderKind.SENT)
NO_FILE = "Choisissez d’abord le document à publier."
NOBODY = "Aucun abonné ne correspond : rien n’a été publié."
NOT_HERE = "Ce dossier se remplit tout seul. Choisissez-en un autre pour y publier."


async def foresee(session: AsyncSession, viewer: Viewer, readers: Readers) -> int:
    """How many subscribers it would reach. Raises Invalid where that is nobody."""
    count = await count_readers(session, viewer, readers)
    _refuse_nobody(readers, count)
    return count


async def publish(
    session: AsyncSession, viewer: Viewer, file_id: int, readers: Readers, kind: FolderKind, now: datetime
) -> int:
    """How many subscribers have it now. Publishing again reaches only those who had it not."""
    account_id = check_publisher(viewer, readers.utility_id)
    file = await _find_document(session, account_id, file_id)
    if kind not in PUBLISHED_IN:
        raise Invalid(field="kind")
    ids = await list_reader_ids(session, readers)
    _refuse_nobody(readers, len(ids))
    placed = await place_for_all(session, viewer, file, kind, ids, now)
    if placed:
        await announce(session, file.id)
    details = {"abonnés": placed, "dossier": kind.value}
    audit.record(session, viewer, "Document publié", file.name, utility_id=readers.utility_id, details=details)
    return placed


async def find_reader_folder(session: AsyncSession, viewer: Viewer, folder_id: int) -> Folder:
    """Where the viewer may publish to one subscriber, before any of the file is read. Raises what forbids it."""
    folder = await find_folder(session, viewer, folder_id)
    check_publisher(viewer, folder.utility_id)
    if folder.kind in FILLED_BY_ITSELF:
        raise Invalid(NOT_HERE)
    return folder


async def publish_here(
    session: AsyncSession, viewer: Viewer, folder_id: int, upload: Upload, now: datetime
) -> Document:
    """To one subscriber, into that folder of theirs. The same file twice in a folder is one document."""
    folder = await find_reader_folder(session, viewer, folder_id)
    document, is_new = await place_once(session, viewer, folder, upload, now, is_deposit=False)
    if is_new:
        await announce(session, document.file_id)
        details = {"abonnés": 1, "dossier": folder.name}
        audit.record(session, viewer, "Document publié", upload.name, utility_id=folder.utility_id, details=details)
    return document


def _refuse_nobody(readers: Readers, count: int) -> None:
    if not count:
        raise Invalid(NOBODY, field="number" if readers.number else "words")


async def _find_document(session: AsyncSession, account_id: int, file_id: int) -> StoredFile:
    file = await find_sent_file(session, account_id, file_id)
    if file is None or file.media_type == SHEET.media_type:
        raise Invalid(NO_FILE, field="file_id")
    return file
