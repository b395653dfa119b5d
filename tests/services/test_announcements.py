"""Who hears that a document was published: each account that may read it, once, unless they want no such mail."""

import pytest
from sqlmodel import col, select

from models import Account, FolderKind, Hold, Mail, MailBody, MailEvent, StoredFile, Subscriber
from portail_app.services import announcements
from portail_app.services.announcements import announce_some
from portail_app.services.files import Owner, record_file
from portail_app.services.notifications import choose_notification
from portail_app.services.publishing import publish
from portail_app.services.readers import Readers
from portail_app.settings import settings
from tests.documents import upload
from tests.factories import NOW, create_account, create_subscriber, let_in, link


@pytest.fixture
async def file(session, cast, chloe) -> StoredFile:
    return await record_file(session, chloe, upload("reglement.pdf"), Owner(cast.utility.id), NOW)


async def test_the_mail_names_the_document_and_leads_to_it_in_the_utilitys_name(session, cast, chloe, file):
    await told(session, cast, chloe, file)
    mail = (await session.exec(select(Mail).where(Mail.recipient == "alice@example.fr"))).one()
    assert (mail.subject, mail.utility_id) == ("Un nouveau document est disponible", cast.utility.id)
    text = (await session.exec(select(MailBody.text).where(MailBody.mail_id == mail.id))).one()
    assert "dans votre espace : reglement.pdf\n" in text
    assert f"{settings().url}/documents\n" in text
    assert f"Salutations distinguées,\n{cast.utility.name}\n" in text


async def test_delegates_read_it_and_are_told_as_well(session, cast, alice, chloe, file):
    delegates = [await let_in(session, alice, hold) for hold in (Hold.MAY_SEE, Hold.MAY_PAY)]
    expected = {"alice@example.fr", "bruno@example.fr", *(one.email for one in delegates)}
    assert set(await told(session, cast, chloe, file)) == expected


async def test_billings_address_of_who_has_no_account_is_not_written_to(session, cast, chloe, file):
    """It may be somebody else's; nor to who has begun to open an account."""
    await create_subscriber(session, cast.utility, email="sans-compte@example.fr")
    begun = await create_account(session, "commence@example.fr")
    begun.activated_at = None
    await link(session, begun, await create_subscriber(session, cast.utility))
    assert await told(session, cast, chloe, file) == ["alice@example.fr", "bruno@example.fr"]


async def test_who_wants_no_such_mail_has_none_and_the_document_all_the_same(session, cast, alice, chloe, file):
    await choose_notification(session, alice, MailEvent.DOCUMENT, False, NOW)
    assert await told(session, cast, chloe, file) == ["bruno@example.fr"]


async def test_who_has_two_subscriptions_is_told_of_each(session, cast, alice, chloe, file):
    second = await create_subscriber(session, cast.utility, name="Alice Martin, résidence")
    await link(session, await session.get_one(Account, alice.account_id), second)
    assert await told(session, cast, chloe, file) == ["alice@example.fr", "alice@example.fr", "bruno@example.fr"]


async def test_it_is_done_some_at_a_time_and_ends(session, cast, chloe, file, monkeypatch):
    monkeypatch.setattr(announcements, "AT_ONCE", 1)
    await publish(session, chloe, file.id, Readers(cast.utility.id), FolderKind.CONTRACT, NOW)
    first = await announce_some(session, file.id, 0)
    second = await announce_some(session, file.id, first)
    assert first < second
    assert await announce_some(session, file.id, second) is None
    assert len((await session.exec(select(Mail))).all()) == 2


async def test_published_again_it_is_told_to_the_newcomer_alone(session, cast, chloe, file):
    await told(session, cast, chloe, file)
    newcomer = await create_subscriber(session, cast.utility)
    await link(session, await create_account(session, "nouvelle@example.fr"), newcomer)
    assert await told(session, cast, chloe, file) == ["alice@example.fr", "bruno@example.fr", "nouvelle@example.fr"]
    assert (await session.get_one(Subscriber, newcomer.id)).email != "nouvelle@example.fr"


async def told(session, cast, chloe, file: StoredFile) -> list[str]:
    """Whoever has had a mail once it is published to everybody."""
    await publish(session, chloe, file.id, Readers(cast.utility.id), FolderKind.CONTRACT, NOW)
    last: int | None = 0
    while last is not None:
        last = await announce_some(session, file.id, last)
    return list((await session.exec(select(Mail.recipient).order_by(col(Mail.recipient)))).all())
