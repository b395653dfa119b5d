"""What the demonstration's utility has published, and what Alice has sent."""

from datetime import datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Folder, FolderKind, Subscriber
from portail_app.database import transaction
from portail_app.demo_data.papers import BANK, CONTRACT, HOUSE, RULES, Sheet, draw_paper
from portail_app.demo_data.viewers import find_agent, find_subscriber_of
from portail_app.gateways.file_kinds import PDF
from portail_app.gateways.storage import storage
from portail_app.services.deposits import deposit
from portail_app.services.files import Owner, Upload, record_file
from portail_app.services.filing import file_deposit
from portail_app.services.publishing import publish
from portail_app.services.readers import Readers
from portail_app.viewer import Viewer

ALICE, CHLOE = "alice@example.fr", "chloe@example.fr"


async def place_papers(now: datetime) -> None:
    """Once: a town that has documents keeps them as they are."""
    async with transaction(Viewer.system()) as session:
        if (await session.exec(select(Document.id).limit(1))).first() is None:
            alice, chloe = await find_subscriber_of(session, ALICE), await find_agent(session, CHLOE)
            await _publish(session, chloe, alice, now - timedelta(days=40))
            await _send(session, alice, chloe, now - timedelta(days=2))


async def _publish(session: AsyncSession, chloe: Viewer, alice: Viewer, now: datetime) -> None:
    """The rules to everybody, her contract to Alice."""
    (utility_id,) = chloe.staffed_utility_ids
    (subscriber_id,) = alice.subscriber_ids
    number = (await session.get_one(Subscriber, subscriber_id)).number
    for sheet, readers in ((RULES, Readers(utility_id)), (CONTRACT, Readers(utility_id, number=number))):
        file = await record_file(session, chloe, _keep(sheet), Owner(utility_id), now)
        assert file.id is not None
        await publish(session, chloe, file.id, readers, FolderKind.CONTRACT, now)


async def _send(session: AsyncSession, alice: Viewer, chloe: Viewer, now: datetime) -> None:
    """Two papers, of which one is filed and the other waits."""
    mine = select(Folder.id).where(
        col(Folder.subscriber_id).in_(alice.subscriber_ids), col(Folder.kind) == FolderKind.SENT
    )
    folder_id = (await session.exec(mine.order_by(col(Folder.id)))).first()
    assert folder_id is not None
    seen = await deposit(session, alice, folder_id, _keep(HOUSE), now - timedelta(days=9))
    await deposit(session, alice, folder_id, _keep(BANK), now)
    assert seen.id is not None
    await file_deposit(session, chloe, seen.id, None, now - timedelta(days=8))


def _keep(sheet: Sheet) -> Upload:
    content = draw_paper(sheet)
    return Upload(storage().add(content), sheet.name, PDF.media_type, len(content))
