"""Deposits and publications: what subscribers send and staff file, and what staff give to read."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import (
    AuditEntry,
    FolderKind,
    Hold,
    Mail,
    StaffRank,
    StoredFile,
)
from portail_app.errors import FileRefused, Forbidden, Invalid, NotFound
from portail_app.reading import reader_of
from portail_app.services.deposits import deposit
from portail_app.services.files import Owner, record_file
from portail_app.services.filing import file_deposit, list_waiting
from portail_app.services.folders import find_folder
from portail_app.services.papers import list_latest
from portail_app.services.publishing import foresee, publish
from portail_app.services.readers import Readers, check_publisher, count_readers
from portail_app.services.withdrawals import take_back
from portail_app.settings import settings
from tests import factories
from tests.documents import folder_of, sent, upload
from tests.factories import NOW


class TestDeposits:
    async def test_what_is_sent_waits_for_staff_who_are_told_by_mail(self, session, cast, alice, chloe):
        cast.utility.email = "accueil@example.fr"
        await sent(session, alice)
        (waiting,) = await list_waiting(session, chloe)
        (mail,) = (await session.exec(select(Mail))).all()

        assert (waiting.name, waiting.folder) == ("bail.pdf", "Pièces transmises")
        assert waiting.subscriber.startswith("Alice Martin (")
        assert mail.recipient == "accueil@example.fr"
        assert "Document déposé" in mail.subject

    async def test_many_files_at_once_are_one_mail(self, session, cast, alice):
        cast.utility.email = "accueil@example.fr"
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            await sent(session, alice, name)

        assert len((await session.exec(select(Mail))).all()) == 1

    async def test_each_hour_has_its_mail(self, session, cast, alice):
        cast.utility.email = "accueil@example.fr"
        folder = await folder_of(session, alice, FolderKind.SENT)
        for minutes in (0, 29, 30, 89, 90):
            await deposit(session, alice, folder.id, upload(f"{minutes}.pdf"), NOW + timedelta(minutes=minutes))
        assert len((await session.exec(select(Mail))).all()) == 3

    async def test_a_quota_in_bytes_is_met_to_the_byte(self, session, alice, monkeypatch):
        monkeypatch.setenv("QUOTA_MEGABYTES", "1")
        settings.cache_clear()
        await sent(session, alice, "a.pdf", size=999_000)
        with pytest.raises(FileRefused, match="plein"):
            await sent(session, alice, "b.pdf", size=1_001)
        await sent(session, alice, "c.pdf", size=1_000)
        with pytest.raises(FileRefused, match="plein"):
            await sent(session, alice, "d.pdf", size=1)
        monkeypatch.undo()
        settings.cache_clear()

    async def test_the_same_file_twice_is_one_document(self, session, alice):
        assert (await sent(session, alice)).id == (await sent(session, alice)).id
        assert len((await session.exec(select(StoredFile))).all()) == 1

    @pytest.mark.parametrize("kind", [FolderKind.ROOT, FolderKind.INVOICES])
    async def test_what_fills_itself_takes_no_deposit(self, session, alice, kind):
        folder = await folder_of(session, alice, kind)
        with pytest.raises(Invalid, match="se remplit tout seul"):
            await deposit(session, alice, folder.id, upload(), NOW)

    async def test_nobody_puts_anything_into_a_neighbours_folder(self, session, alice, bruno):
        folder = await folder_of(session, alice, FolderKind.SENT)
        with pytest.raises(NotFound):
            await deposit(session, bruno, folder.id, upload(), NOW)

    async def test_who_may_only_see_sends_nothing(self, session, cast, alice):
        (subscriber_id,) = alice.subscriber_ids
        folder = await folder_of(session, alice, FolderKind.SENT)
        account = await factories.create_account(session, "fils@example.fr")
        subscriber = await session.get_one(factories.Subscriber, subscriber_id)
        await factories.link(session, account, subscriber, Hold.MAY_SEE)
        son, _ = await factories.sign_in(session, account)

        assert (await find_folder(session, son, folder.id)).id == folder.id
        with pytest.raises(Forbidden):
            await deposit(session, son, folder.id, upload(), NOW)

    async def test_ten_thousand_small_files_meet_the_quota(self, session, alice, monkeypatch):
        monkeypatch.setenv("QUOTA_FILES", "3")
        settings.cache_clear()
        for number in range(3):
            await sent(session, alice, f"{number}.pdf")
        with pytest.raises(FileRefused, match="plein"):
            await sent(session, alice, "4.pdf")
        monkeypatch.undo()
        settings.cache_clear()

    async def test_who_sent_it_takes_it_back_until_it_is_filed(self, session, alice, bruno, chloe):
        document = await sent(session, alice)
        with pytest.raises(NotFound):
            await take_back(session, bruno, document.id)
        await take_back(session, alice, document.id)
        assert (await session.exec(select(StoredFile))).all() == []

        document = await sent(session, alice)
        await file_deposit(session, chloe, document.id, None, NOW)
        with pytest.raises(Forbidden):
            await take_back(session, alice, document.id)


class TestFiling:
    async def test_a_deposit_that_is_filed_waits_no_more(self, session, alice, chloe):
        document = await sent(session, alice)
        await file_deposit(session, chloe, document.id, None, NOW)
        await file_deposit(session, chloe, document.id, None, NOW + timedelta(days=1))

        assert await list_waiting(session, chloe) == []
        assert document.filed_at == NOW
        entries = (await session.exec(select(AuditEntry).where(AuditEntry.account_id == chloe.account_id))).all()
        assert [(entry.action, entry.subject) for entry in entries] == [("Document classé", "bail.pdf")]

    async def test_it_can_be_moved_to_another_folder_of_the_same_subscriber(self, session, alice, bruno, chloe):
        document = await sent(session, alice)
        contract = await folder_of(session, alice, FolderKind.CONTRACT)
        theirs = await folder_of(session, bruno, FolderKind.CONTRACT)

        with pytest.raises(Invalid, match="autre abonné"):
            await file_deposit(session, chloe, document.id, theirs.id, NOW)
        await file_deposit(session, chloe, document.id, contract.id, NOW)
        assert document.folder_id == contract.id

    async def test_staff_of_elsewhere_and_subscribers_file_nothing(self, session, alice):
        document = await sent(session, alice)
        other = await factories.create_utility(session)
        account = await factories.create_account(session, "damien@example.fr")
        await factories.appoint(session, account, other)
        damien, _ = await factories.sign_in(session, account)

        assert await list_waiting(session, damien) == []
        with pytest.raises(NotFound):
            await file_deposit(session, damien, document.id, None, NOW)
        with pytest.raises(Forbidden):
            await file_deposit(session, alice, document.id, None, NOW)
        with pytest.raises(Forbidden):
            await list_waiting(session, alice)


class TestPublishing:
    async def prepare(self, session, cast, chloe) -> StoredFile:
        return await record_file(session, chloe, upload("reglement.pdf"), Owner(cast.utility.id), NOW)

    async def test_a_document_reaches_everybody_once(self, session, cast, alice, bruno, chloe):
        file = await self.prepare(session, cast, chloe)
        everybody = Readers(cast.utility.id)

        assert await count_readers(session, chloe, everybody) == 2
        assert await publish(session, chloe, file.id, everybody, FolderKind.CONTRACT, NOW) == 2
        assert await publish(session, chloe, file.id, everybody, FolderKind.CONTRACT, NOW) == 0
        for viewer in (alice, bruno):
            (paper,) = await list_latest(await reader_of(session), viewer)
            assert (paper.name, paper.is_deposit) == ("reglement.pdf", False)
        assert len((await session.exec(select(StoredFile))).all()) == 1

    async def test_a_document_reaches_one_subscriber_by_number(self, session, cast, alice, bruno, chloe):
        file = await self.prepare(session, cast, chloe)
        (subscriber_id,) = alice.subscriber_ids
        number = (await session.get_one(factories.Subscriber, subscriber_id)).number

        assert await publish(session, chloe, file.id, Readers(cast.utility.id, number), FolderKind.CONTRACT, NOW) == 1
        reader = await reader_of(session)
        assert (len(await list_latest(reader, alice)), await list_latest(reader, bruno)) == (1, [])

    @pytest.mark.parametrize(("words", "count"), [("martin", 1), ("Alice", 1), ("%", 0), ("_", 0), ("nobody", 0)])
    async def test_words_are_looked_for_as_they_are(self, session, cast, chloe, words, count):
        assert await count_readers(session, chloe, Readers(cast.utility.id, words=words)) == count

    async def test_nobody_to_publish_for_is_said(self, session, cast, chloe):
        file = await self.prepare(session, cast, chloe)
        with pytest.raises(Invalid, match="Aucun abonné"):
            await publish(session, chloe, file.id, Readers(cast.utility.id, city="Ailleurs"), FolderKind.CONTRACT, NOW)

    async def test_whom_it_would_reach_is_said_before_anything_is_published(self, session, cast, chloe):
        file = await self.prepare(session, cast, chloe)
        martin = Readers(cast.utility.id, words="martin")

        assert await foresee(session, chloe, martin) == 1
        assert (await session.exec(select(AuditEntry.action).where(AuditEntry.action == "Document publié"))).all() == []
        assert await publish(session, chloe, file.id, martin, FolderKind.CONTRACT, NOW) == 1

    @pytest.mark.parametrize(
        ("asked", "field"), [({"number": "999999"}, "number"), ({"words": "zz"}, "words"), ({"city": "Loin"}, "words")]
    )
    async def test_that_it_would_reach_nobody_is_said_at_what_was_typed(self, session, cast, chloe, asked, field):
        with pytest.raises(Invalid, match="Aucun abonné") as refused:
            await foresee(session, chloe, Readers(cast.utility.id, **asked))
        assert refused.value.field == field

    async def test_a_subscriber_does_not_learn_how_many_others_there_are(self, session, cast, alice):
        with pytest.raises(Forbidden):
            await foresee(session, alice, Readers(cast.utility.id))

    async def test_nobody_publishes_a_subscribers_own_file(self, session, cast, alice, chloe):
        document = await sent(session, alice)
        with pytest.raises(Invalid, match="Choisissez d’abord"):
            await publish(session, chloe, document.file_id, Readers(cast.utility.id), FolderKind.CONTRACT, NOW)

    async def test_publishing_takes_a_manager(self, session, cast, alice):
        account = await factories.create_account(session, "agent@example.fr")
        await factories.appoint(session, account, cast.utility, StaffRank.AGENT)
        agent, _ = await factories.sign_in(session, account)
        for viewer in (agent, alice):
            with pytest.raises(Forbidden):
                check_publisher(viewer, cast.utility.id)
