"""Documents taken away again: from one subscriber or from all, by whom it concerns, and never without a reason."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from models import AuditEntry, Document, FolderKind, StaffRank, StoredFile
from portail_app.database import execute_sql
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.reading import reader_of
from portail_app.services.announcements import announce_some
from portail_app.services.files import UNHELD_FOR, Owner, record_file, remove_unheld
from portail_app.services.paging import Sought
from portail_app.services.papers import list_latest
from portail_app.services.publications import list_publications
from portail_app.services.publishing import publish, publish_here
from portail_app.services.readers import Readers
from portail_app.services.withdrawals import (
    LONGEST_REASON,
    take_back,
    withdraw_document,
    withdraw_publication,
)
from tests.documents import folder_of, sent, upload
from tests.factories import NOW
from tests.services.staff import damien_of_elsewhere, staff_of


@pytest.fixture
async def file(session, cast, chloe) -> StoredFile:
    """Published to Alice and to Bruno."""
    file = await record_file(session, chloe, upload("reglement.pdf"), Owner(cast.utility.id), NOW)
    await publish(session, chloe, file.id, Readers(cast.utility.id), FolderKind.CONTRACT, NOW)
    return file


async def latest(session, viewer) -> list[str]:
    return [paper.name for paper in await list_latest(await reader_of(session), viewer)]


async def files(session) -> list[str]:
    return [file.name for file in (await session.exec(select(StoredFile))).all()]


async def document_of(session, viewer, file) -> Document:
    (subscriber_id,) = viewer.subscriber_ids
    wanted = select(Document).where(Document.file_id == file.id, Document.subscriber_id == subscriber_id)
    return (await session.exec(wanted)).one()


async def entries(session, action) -> list[tuple[str, dict]]:
    found = (await session.exec(select(AuditEntry).where(AuditEntry.action == action))).all()
    return [(entry.subject, entry.details) for entry in found]


async def forgotten(session) -> list[dict]:
    """The keys whose content is to be removed a little later."""
    jobs = text("SELECT args FROM procrastinate_jobs WHERE task_name = 'files.forget'")
    return [args for (args,) in await execute_sql(session, jobs)]


class TestAPublication:
    async def test_it_leaves_everybody_with_its_file_and_its_reason_stays(self, session, alice, bruno, chloe, file):
        key = file.key
        assert await withdraw_publication(session, chloe, file.id, "  Publié par erreur ") == 2

        assert await latest(session, alice) == await latest(session, bruno) == await files(session) == []
        assert await entries(session, "Publication retirée") == [
            ("reglement.pdf", {"motif": "Publié par erreur", "abonnés": 2})
        ]
        assert await forgotten(session) == [{"key": key}]
        with pytest.raises(NotFound, match="Publication introuvable"):
            await withdraw_publication(session, chloe, file.id, "Encore")

    async def test_withdrawn_before_its_mails_left_it_is_announced_to_nobody(self, session, chloe, file):
        await withdraw_publication(session, chloe, file.id, "Erreur")

        assert await announce_some(session, file.id, 0) is None

    async def test_from_one_subscriber_the_others_keep_it(self, session, alice, bruno, chloe, file):
        document = await document_of(session, alice, file)
        await withdraw_document(session, chloe, document.id, "Pas son contrat")

        assert (await latest(session, alice), await latest(session, bruno)) == ([], ["reglement.pdf"])
        assert await files(session) == ["reglement.pdf"]
        assert await forgotten(session) == []
        assert (await list_publications(session, chloe))[0].readers == 1

        await withdraw_document(session, chloe, (await document_of(session, bruno, file)).id, "Ni le sien")
        assert await files(session) == await list_publications(session, chloe) == []

    async def test_the_list_is_the_newest_first_with_how_many_have_each(self, session, alice, chloe, file):
        folder = await folder_of(session, alice, FolderKind.SENT)
        later = NOW + timedelta(hours=1)
        await publish_here(session, chloe, folder.id, upload("plan.pdf"), later)
        await sent(session, alice, "depot.pdf")
        found = await list_publications(session, chloe)

        assert [(one.name, one.readers, one.published_at) for one in found] == [
            ("plan.pdf", 1, later),
            ("reglement.pdf", 2, NOW),
        ]

    async def test_the_list_has_pages_that_count_documents_and_not_their_readers(self, session, alice, chloe, file):
        folder = await folder_of(session, alice, FolderKind.CONTRACT)
        for hours in (1, 2):
            await publish_here(session, chloe, folder.id, upload(f"plan-{hours}.pdf"), NOW + timedelta(hours=hours))
        first, second = [await list_publications(session, chloe, Sought(page=page, size=2)) for page in (1, 2)]

        assert ([one.name for one in first], first.total) == (["plan-2.pdf", "plan-1.pdf"], 3)
        assert ([one.name for one in second], second.total) == (["reglement.pdf"], 3)

    @pytest.mark.parametrize("reason", ["", "   ", "x" * (LONGEST_REASON + 1)])
    async def test_a_reason_is_asked_and_nothing_goes_without(self, session, alice, chloe, file, reason):
        document = await document_of(session, alice, file)
        for act in (
            withdraw_publication(session, chloe, file.id, reason),
            withdraw_document(session, chloe, document.id, reason),
        ):
            with pytest.raises(Invalid, match="Indiquez un motif") as refused:
                await act
            assert refused.value.field == "reason"
        assert await latest(session, alice) == ["reglement.pdf"]

    async def test_agents_subscribers_and_other_towns_withdraw_none(self, session, cast, alice, file):
        agent = await staff_of(session, cast.utility, StaffRank.AGENT)
        damien = await damien_of_elsewhere(session)
        document = await document_of(session, alice, file)
        for viewer, refusal in ((agent, Forbidden), (damien, NotFound), (alice, NotFound)):
            with pytest.raises(refusal):
                await withdraw_publication(session, viewer, file.id, "Erreur")
        for viewer, refusal in ((agent, Forbidden), (damien, NotFound), (alice, Forbidden)):
            with pytest.raises(refusal):
                await withdraw_document(session, viewer, document.id, "Erreur")
        with pytest.raises(Forbidden):
            await list_publications(session, alice)
        assert await list_publications(session, damien) == []
        assert await latest(session, alice) == ["reglement.pdf"]


class TestADeposit:
    async def test_an_agent_withdraws_it_filed_or_not(self, session, cast, alice):
        agent = await staff_of(session, cast.utility, StaffRank.AGENT)
        document = await sent(session, alice)
        await withdraw_document(session, agent, document.id, "Illisible")

        assert await files(session) == []
        assert await entries(session, "Document retiré") == [("bail.pdf", {"motif": "Illisible", "abonnés": 1})]

    async def test_who_sent_it_takes_it_back_once(self, session, alice, bruno):
        document = await sent(session, alice)
        with pytest.raises(NotFound):
            await take_back(session, bruno, document.id)
        await take_back(session, alice, document.id)
        with pytest.raises(NotFound):
            await take_back(session, alice, document.id)
        assert await files(session) == []

    async def test_nobody_takes_back_what_staff_published(self, session, alice, file):
        with pytest.raises(Forbidden):
            await take_back(session, alice, (await document_of(session, alice, file)).id)


class TestInOneFolder:
    async def test_staff_publish_one_document_where_they_look(self, session, alice, bruno, chloe):
        folder = await folder_of(session, alice, FolderKind.CONTRACT)
        document = await publish_here(session, chloe, folder.id, upload("plan.pdf"), NOW)
        again = await publish_here(session, chloe, folder.id, upload("plan.pdf"), NOW)

        assert again.id == document.id
        assert (await latest(session, alice), await latest(session, bruno)) == (["plan.pdf"], [])
        assert await entries(session, "Document publié") == [("plan.pdf", {"abonnés": 1, "dossier": "Contrat"})]
        assert await announce_some(session, document.file_id, 0) == document.id

    async def test_what_staff_publish_takes_nothing_of_the_subscribers_room(self, session, alice, chloe):
        folder = await folder_of(session, alice, FolderKind.CONTRACT)
        document = await publish_here(session, chloe, folder.id, upload("plan.pdf"), NOW)

        assert (await session.get(StoredFile, document.file_id)).subscriber_id is None

    async def test_agents_subscribers_and_other_towns_publish_nothing(self, session, cast, alice):
        folder = await folder_of(session, alice, FolderKind.CONTRACT)
        agent = await staff_of(session, cast.utility, StaffRank.AGENT)
        damien = await damien_of_elsewhere(session)
        for viewer, refusal in ((agent, Forbidden), (damien, NotFound), (alice, Forbidden)):
            with pytest.raises(refusal):
                await publish_here(session, viewer, folder.id, upload("plan.pdf"), NOW)

    @pytest.mark.parametrize("kind", [FolderKind.ROOT, FolderKind.INVOICES])
    async def test_what_fills_itself_is_published_into_by_nobody(self, session, alice, chloe, kind):
        folder = await folder_of(session, alice, kind)
        with pytest.raises(Invalid, match="se remplit tout seul"):
            await publish_here(session, chloe, folder.id, upload("plan.pdf"), NOW)


async def test_what_was_sent_to_be_published_and_never_was_goes_after_a_day(session, cast, alice, chloe, file):
    await record_file(session, chloe, upload("oublie.pdf"), Owner(cast.utility.id), NOW)
    await sent(session, alice)

    assert await remove_unheld(session, NOW + UNHELD_FOR - timedelta(minutes=1)) == 0
    assert await remove_unheld(session, NOW + UNHELD_FOR + timedelta(minutes=1)) == 1
    assert sorted(await files(session)) == ["bail.pdf", "reglement.pdf"]
