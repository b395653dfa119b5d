"""The papers of the demonstration, once: what its utility has published, then what Alice has sent."""

from datetime import datetime, timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, FolderKind, Subscriber
from portail_app.database import transaction
from portail_app.demo_data.papers import CONTRACT, RULES, keep_paper
from portail_app.demo_data.sent_papers import send_papers
from portail_app.demo_data.viewers import find_agent, find_subscriber_of
from portail_app.services.files import Owner, record_file
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
            await send_papers(session, alice, chloe, now - timedelta(days=2))


async def _publish(session: AsyncSession, chloe: Viewer, alice: Viewer, now: datetime) -> None:
    """The rules to everybody, her contract to Alice."""
    (utility_id,) = chloe.staffed_utility_ids
    (subscriber_id,) = alice.subscriber_ids
    number = (await session.get_one(Subscriber, subscriber_id)).number
    for sheet, readers in ((RULES, Readers(utility_id)), (CONTRACT, Readers(utility_id, number=number))):
        file = await record_file(session, chloe, keep_paper(sheet), Owner(utility_id), now)
        assert file.id is not None
        await publish(session, chloe, file.id, readers, FolderKind.CONTRACT, now)
