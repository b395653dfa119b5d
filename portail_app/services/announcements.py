"""What has been published is told to whoever may read it, once each."""

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, Document, MailEvent, StoredFile, Utility
from portail_app.jobs.app import defer
from portail_app.mails import documents as words
from portail_app.mails.access import Sender
from portail_app.services.mails import write_mail
from portail_app.settings import settings

ANNOUNCE_TASK = "documents.announce"
AT_ONCE = 200


async def announce(session: AsyncSession, file_id: int | None) -> None:
    """Have it told once what publishes it has committed."""
    await defer(session, ANNOUNCE_TASK, {"file_id": file_id})


async def announce_some(session: AsyncSession, file_id: int, after_id: int) -> int | None:
    """The next documents of a published file, in order; the last one's id, or None where there are no more.

    Announcing twice writes one mail. Who has no account is told nothing: billing's address may be somebody else's.
    """
    wanted = select(Document).where(Document.file_id == file_id, col(Document.id) > after_id).order_by(col(Document.id))
    documents = (await session.exec(wanted.limit(AT_ONCE))).all()
    for document in documents:
        await _announce(session, document)
    return documents[-1].id if documents else None


async def _announce(session: AsyncSession, document: Document) -> None:
    file = await session.get_one(StoredFile, document.file_id)
    utility = await session.get_one(Utility, document.utility_id)
    readers = (
        select(Account)
        .join(AccountSubscriber, col(AccountSubscriber.account_id) == col(Account.id))
        .where(
            AccountSubscriber.subscriber_id == document.subscriber_id,
            col(Account.activated_at).is_not(None),
        )
    )
    for account in (await session.exec(readers)).all():
        await write_mail(
            session,
            event_key=f"document-{document.id}-{account.id}",
            recipient=account.email,
            subject=words.PUBLISHED_SUBJECT,
            text=words.published(Sender(utility.name, settings().url), file.name),
            event=MailEvent.DOCUMENT,
            utility_id=utility.id,
        )
