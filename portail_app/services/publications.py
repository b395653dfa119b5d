"""What staff have published, and how many have it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, StoredFile
from portail_app.errors import Forbidden
from portail_app.services.documents import READABLE
from portail_app.services.paging import FIRST_PAGE, Page, Sought, read_page
from portail_app.viewer import Scope, Viewer


@dataclass(frozen=True, slots=True)
class Publication:
    """A file that staff have published, and how many subscribers have it now."""

    file_id: int
    name: str
    published_at: datetime
    readers: int


async def list_publications(session: AsyncSession, viewer: Viewer, sought: Sought = FIRST_PAGE) -> Page[Publication]:
    """Those of the viewer's utilities, the latest first."""
    if not viewer.is_staff:
        raise Forbidden
    first = func.min(Document.placed_at)
    wanted = (
        select(StoredFile.id, StoredFile.name, first, func.count())
        .join(Document, col(Document.file_id) == col(StoredFile.id))
        .where(READABLE[Scope.STAFF], ~col(Document.is_deposit))
        .params(**viewer.bounds)
        .group_by(col(StoredFile.id), StoredFile.name)
        .order_by(first.desc(), col(StoredFile.id).desc())
    )
    found = await read_page(session, wanted, sought)
    return Page((Publication(*row) for row in found), found.total)
