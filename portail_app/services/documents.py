"""Documents: who may read which."""

from sqlalchemy import ARRAY, ColumnElement, Integer, any_, bindparam, true
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, StoredFile
from portail_app.errors import NotFound
from portail_app.viewer import Scope, Viewer

READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(Document.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: col(Document.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer))),
}
"""The one rule of who reads which document: every read of one starts here."""


async def find_document(session: AsyncSession, viewer: Viewer, document_id: int) -> tuple[Document, StoredFile]:
    wanted = (
        select(Document, StoredFile)
        .join(StoredFile, col(StoredFile.id) == col(Document.file_id))
        .where(READABLE[viewer.scope], col(Document.id) == document_id)
        .params(**viewer.bounds)
    )
    found = (await session.exec(wanted)).one_or_none()
    if found is None:
        raise NotFound("Document")
    return found


async def lock_document(session: AsyncSession, viewer: Viewer, document_id: int) -> tuple[Document, StoredFile]:
    """As it is once whoever else files it or takes it away has committed. The file is held: of two who take away its
    documents at once, the last one sees that it is the last."""
    _, file = await find_document(session, viewer, document_id)
    await session.exec(select(StoredFile.id).where(StoredFile.id == file.id).with_for_update())
    again = select(Document).where(Document.id == document_id).execution_options(populate_existing=True)
    document = (await session.exec(again)).one_or_none()
    if document is None:
        raise NotFound("Document")
    return document, file
