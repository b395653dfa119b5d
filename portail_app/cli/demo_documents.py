"""`portail demo-documents`: what the demonstration's utility has published, and what Alice has sent."""

import asyncio
from datetime import UTC, datetime, timedelta

import click
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, Document, Folder, FolderKind, StaffRole, Subscriber
from portail_app.database import transaction
from portail_app.demo_data.papers import BANK, CONTRACT, HOUSE, RULES, Sheet, draw_paper
from portail_app.gateways.file_kinds import PDF
from portail_app.gateways.storage import storage
from portail_app.services.deposits import deposit
from portail_app.services.files import Owner, Upload, record_file
from portail_app.services.filing import file_deposit
from portail_app.services.publishing import publish
from portail_app.services.readers import Readers
from portail_app.settings import settings
from portail_app.viewer import Viewer

ALICE, CHLOE = "alice@example.fr", "chloe@example.fr"


@click.command("demo-documents", short_help="Range les documents de la démonstration.")
def demo_documents_command() -> None:
    """Publie deux documents et en dépose deux au nom d’Alice, s’il n’y en a pas encore."""
    if not settings().is_demo:
        raise click.ClickException("Refusé : ces documents n’existent qu’en démonstration (PORTAL_DEMO=1).")
    asyncio.run(place_papers(datetime.now(UTC)))


async def place_papers(now: datetime) -> None:
    """Once: a town that has documents keeps them as they are."""
    async with transaction(Viewer.system()) as session:
        if (await session.exec(select(Document.id).limit(1))).first() is None:
            alice, chloe = await _find_alice(session), await _find_chloe(session)
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


async def _find_alice(session: AsyncSession) -> Viewer:
    account_id = await _find_account_id(session, ALICE)
    held = select(Subscriber).join(AccountSubscriber, col(AccountSubscriber.subscriber_id) == col(Subscriber.id))
    subscribers = (await session.exec(held.where(AccountSubscriber.account_id == account_id))).all()
    ids = frozenset(subscriber.id for subscriber in subscribers if subscriber.id is not None)
    utilities = frozenset(subscriber.utility_id for subscriber in subscribers)
    return Viewer(account_id, subscriber_ids=ids, payable_subscriber_ids=ids, subscribed_utility_ids=utilities)


async def _find_chloe(session: AsyncSession) -> Viewer:
    account_id = await _find_account_id(session, CHLOE)
    roles = (await session.exec(select(StaffRole).where(StaffRole.account_id == account_id))).all()
    return Viewer(account_id, ranks={role.utility_id: role.rank for role in roles})


async def _find_account_id(session: AsyncSession, email: str) -> int | None:
    return (await session.exec(select(Account.id).where(Account.email == email))).one()
