"""Two people at the same moment, or one who presses twice: one is done, the other told, and nothing is done twice."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from models import FolderKind
from portail_app.database import transaction
from portail_app.errors import FileRefused, Forbidden, Invalid, NotFound
from portail_app.services.deposits import deposit
from portail_app.services.files import Owner, record_file
from portail_app.services.filing import file_deposit
from portail_app.services.folder_desk import make_folder
from portail_app.services.folders import plant_folders
from portail_app.services.publishing import publish, publish_here
from portail_app.services.readers import Readers
from portail_app.services.request_desk import assign_request
from portail_app.services.request_notes import add_note
from portail_app.services.request_threads import answer_request, withdraw_request
from portail_app.services.request_turns import Turn
from portail_app.services.request_type_desk import add_type
from portail_app.services.withdrawals import take_back, withdraw_document, withdraw_publication
from portail_app.settings import settings
from portail_app.viewer import Viewer
from tests.cast import Cast
from tests.documents import folder_of, sent, upload
from tests.factories import NOW, TODAY, send_request
from tests.jobs.outbox import run_sql

Act = Callable[[AsyncSession], Awaitable[Any]]


@pytest.fixture
def room_for_two(monkeypatch) -> Iterator[None]:
    monkeypatch.setenv("QUOTA_FILES", "2")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


class TestDocuments:
    async def test_the_last_room_is_given_to_one_file(self, town: Cast, room_for_two):
        alice = town.alice.viewer
        folder = await prepare(alice, lambda s: folder_of(s, alice, FolderKind.SENT))
        outcomes = await at_once(
            *((alice, lambda s, n=n: deposit(s, alice, folder.id, upload(f"{n}.pdf"), NOW)) for n in range(4))
        )
        assert refusals(outcomes) == [FileRefused, FileRefused]
        assert count("stored_file") == count("document") == 2

    async def test_the_same_file_sent_twice_is_one_document_and_one_mail(self, town: Cast):
        alice = town.alice.viewer
        folder = await prepare(alice, lambda s: folder_of(s, alice, FolderKind.SENT))
        first, second = await at_once(*[(alice, lambda s: deposit(s, alice, folder.id, upload(), NOW))] * 2)
        assert first.id == second.id
        assert count("stored_file") == count("document") == 1

    async def test_two_agents_file_a_deposit_once(self, town: Cast):
        document = await prepare(town.alice.viewer, lambda s: sent(s, town.alice.viewer))
        chloe = town.chloe.viewer
        await at_once(*[(chloe, lambda s: file_deposit(s, chloe, document.id, None, NOW))] * 3)
        assert count("audit_entry", "action = 'Document classé'") == 1

    async def test_a_deposit_is_filed_or_taken_back(self, town: Cast):
        alice, chloe = town.alice.viewer, town.chloe.viewer
        document = await prepare(alice, lambda s: sent(s, alice))
        outcomes = await at_once(
            (alice, lambda s: take_back(s, alice, document.id)),
            (chloe, lambda s: file_deposit(s, chloe, document.id, None, NOW)),
        )
        assert refusals(outcomes) in ([NotFound], [Forbidden])
        assert count("document") == count("document", "filed_at IS NOT NULL")

    async def test_a_folder_has_its_name_once(self, town: Cast):
        chloe = town.chloe.viewer
        folder = await prepare(town.alice.viewer, lambda s: folder_of(s, town.alice.viewer, FolderKind.CONTRACT))
        outcomes = await at_once(*[(chloe, lambda s: make_folder(s, chloe, folder.id, "2026"))] * 3)
        assert refusals(outcomes) == [Invalid, Invalid]
        assert count("folder", "name = '2026'") == 1

    async def test_a_publication_reaches_each_reader_once(self, town: Cast):
        chloe, everybody = town.chloe.viewer, Readers(town.utility.id)
        owner = Owner(town.utility.id)
        for person in (town.alice, town.bruno):
            await prepare(chloe, lambda s, ids=person.viewer.subscriber_ids: plant_folders(s, ids))
        file = await prepare(chloe, lambda s: record_file(s, chloe, upload("reglement.pdf"), owner, NOW))
        outcomes = await at_once(
            *[(chloe, lambda s: publish(s, chloe, file.id, everybody, FolderKind.CONTRACT, NOW))] * 3
        )
        assert sorted(outcomes) == [0, 0, 2]
        assert count("document") == 2

    async def test_a_publication_is_withdrawn_once_with_one_reason(self, town: Cast):
        chloe, owner = town.chloe.viewer, Owner(town.utility.id)
        file = await prepare(chloe, lambda s: record_file(s, chloe, upload("reglement.pdf"), owner, NOW))
        readers = Readers(town.utility.id)
        await prepare(chloe, lambda s: publish(s, chloe, file.id, readers, FolderKind.CONTRACT, NOW))
        outcomes = await at_once(
            *((chloe, lambda s, n=n: withdraw_publication(s, chloe, file.id, f"Motif {n}")) for n in range(2))
        )
        assert refusals(outcomes) == [NotFound]
        assert (count("document"), count("stored_file")) == (0, 0)
        assert count("audit_entry", "action = 'Publication retirée'") == 1

    async def test_of_two_who_withdraw_the_same_document_one_is_told_that_it_has_gone(self, town: Cast):
        alice, chloe = town.alice.viewer, town.chloe.viewer
        folder = await prepare(alice, lambda s: folder_of(s, alice, FolderKind.CONTRACT))
        document = await prepare(chloe, lambda s: publish_here(s, chloe, folder.id, upload("plan.pdf"), NOW))
        outcomes = await at_once(*[(chloe, lambda s: withdraw_document(s, chloe, document.id, "Motif"))] * 2)
        assert refusals(outcomes) == [NotFound]
        assert count("audit_entry", "action = 'Document retiré'") == 1


class TestRequests:
    async def test_each_of_two_who_assign_it_writes_what_the_other_had_written(self, town: Cast):
        chloe = town.chloe.viewer
        sent_one = await prepare(town.alice.viewer, lambda s: send_request(s, town.alice.viewer))
        await at_once(
            (chloe, lambda s: assign_request(s, chloe, sent_one.number, chloe.account_id, sent_one.due_on, NOW)),
            (chloe, lambda s: assign_request(s, chloe, sent_one.number, None, TODAY, NOW)),
        )
        trail = run_sql("SELECT details FROM audit_entry WHERE action = 'Demande confiée' ORDER BY id")
        ((first,), (second,)) = trail
        assert second["avant"] == first["après"]

    async def test_a_note_sent_twice_is_written_once(self, town: Cast):
        chloe = town.chloe.viewer
        sent_one = await prepare(town.alice.viewer, lambda s: send_request(s, town.alice.viewer))
        await at_once(*[(chloe, lambda s: add_note(s, chloe, sent_one.number, "Note", "cle-note", NOW))] * 3)
        assert count("request_note") == 1

    async def test_an_answer_and_a_withdrawal_leave_one_of_both_states_with_its_messages(self, town: Cast):
        alice, chloe = town.alice.viewer, town.chloe.viewer
        sent_one = await prepare(alice, lambda s: send_request(s, alice))
        turn = Turn("Nous passons demain.", "cle-1")
        await at_once(
            (alice, lambda s: withdraw_request(s, alice, sent_one.number, NOW)),
            (chloe, lambda s: answer_request(s, chloe, sent_one.number, turn, NOW)),
        )
        ((status, closed_at),) = run_sql("SELECT status, closed_at FROM request")
        assert (status == "annulee") is (closed_at is not None)
        assert count("request_message") == 2

    async def test_two_types_of_the_same_name_have_two_addresses(self, town: Cast):
        chloe = town.chloe.viewer
        made = await at_once(*[(chloe, lambda s: add_type(s, chloe, town.utility.id, "Relève contestée"))] * 3)
        assert {one.code for one in made} == {"releve-contestee", "releve-contestee-2", "releve-contestee-3"}
        assert len({one.position for one in made}) == 3


async def prepare(viewer: Viewer, act: Act) -> Any:
    async with transaction(viewer) as session:
        return await act(session)


async def at_once(*acts: tuple[Viewer, Act]) -> list[Any]:
    """What each returned, or why it was refused; each in a transaction of its own. What is no refusal is raised."""

    async def one(viewer: Viewer, act: Act) -> Any:
        async with transaction(viewer) as session:
            done = await act(session)
            await asyncio.sleep(0.02)  # the others come in before this has committed
            return done

    outcomes = await asyncio.gather(*(one(viewer, act) for viewer, act in acts), return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, BaseException) and not isinstance(outcome, (FileRefused, Forbidden, Invalid, NotFound)):
            raise outcome
    return outcomes


def refusals(outcomes: list[Any]) -> list[type]:
    return [type(outcome) for outcome in outcomes if isinstance(outcome, Exception)]


def count(table: str, where: str = "true") -> int:
    ((found,),) = run_sql(f"SELECT count(*) FROM {table} WHERE {where}")
    return found
