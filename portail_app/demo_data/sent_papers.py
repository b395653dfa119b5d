"""What Alice has sent to the demonstration's utility."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Folder, FolderKind
from portail_app.demo_data.papers import BANK, HOUSE, keep_paper
from portail_app.services.deposits import deposit
from portail_app.services.filing import file_deposit
from portail_app.viewer import Viewer


async def send_papers(session: AsyncSession, alice: Viewer, chloe: Viewer, now: datetime) -> None:
    """Two papers, of which one is filed and the other waits."""
    mine = select(Folder.id).where(
        col(Folder.subscriber_id).in_(alice.subscriber_ids), col(Folder.kind) == FolderKind.SENT
    )
    folder_id = (await session.exec(mine.order_by(col(Folder.id)))).first()
    assert folder_id is not None
    seen = await deposit(session, alice, folder_id, keep_paper(HOUSE), now - timedelta(days=9))
    await deposit(session, alice, folder_id, keep_paper(BANK), now)
    assert seen.id is not None
    await file_deposit(session, chloe, seen.id, None, now - timedelta(days=8))
