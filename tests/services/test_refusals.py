"""Whatever is Alice's or her utility's: who has no business there is refused, and has written nothing by trying."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import FolderKind, Hold, RequestChannel, StaffRank, StoredFile, Utility
from portail_app.errors import Forbidden, NotFound
from portail_app.services import audit, desk, exports, paper_desk, publications, readers
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.data_decisions import Decision, decide_change
from portail_app.services.data_reviews import review_request
from portail_app.services.delegate_invitations import (
    accept_invitation,
    decline_invitation,
    invite_delegate,
    list_open,
    withdraw_invitation,
)
from portail_app.services.delegates import remove_delegate
from portail_app.services.deposits import deposit
from portail_app.services.documents import find_document
from portail_app.services.files import Owner, record_file
from portail_app.services.filing import file_deposit, find_deposit, list_waiting
from portail_app.services.folder_desk import make_folder, remove_folder, rename_folder
from portail_app.services.notices import publish_notice, withdraw_notice
from portail_app.services.own_sessions import close_own_session, list_sessions
from portail_app.services.paper_choices import choose_paper, list_choices
from portail_app.services.paper_desk import PaperTab
from portail_app.services.publishing import foresee, publish, publish_here
from portail_app.services.readers import Readers
from portail_app.services.request_attachments import attach_file, find_piece, remove_waiting
from portail_app.services.request_desk import assign_request, read_desk_thread
from portail_app.services.request_notes import add_note
from portail_app.services.request_opening import open_request
from portail_app.services.request_threads import answer_request, read_thread, withdraw_request, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.services.request_type_desk import add_type, list_types
from portail_app.services.served_subscribers import find_served, search_served
from portail_app.services.utilities import write_welcome_text
from portail_app.services.withdrawals import take_back, withdraw_document, withdraw_publication
from portail_app.viewer import Viewer
from tests.documents import folder_of, sent, upload
from tests.factories import NOW, TODAY, draft_notice, draft_request, let_in, send_request
from tests.services.staff import damien_of_elsewhere, staff_of

TURN = Turn("Bonjour", "cle-d-un-intrus")
PLAN = upload("plan.pdf")


@dataclass
class Hers:
    """What there is to reach for."""

    alice: Viewer
    utility: Utility
    subscriber: int
    number: str
    change: str
    change_id: int
    contract: int
    folder: int
    deposit: int
    published: int
    file: StoredFile
    waiting: int
    notice: int
    invitation: int
    delegate: int
    session: int
    export: int


Act = Callable[[AsyncSession, Viewer, Hers], Awaitable[Any]]
OF_HERS: dict[str, Act] = {
    "choose paper": lambda s, v, its: choose_paper(s, v, its.subscriber, False, NOW),
    "ask for a change": lambda s, v, its: ask_for_changes(s, v, its.subscriber, {"city": "Aire"}, "cle-intruse", NOW),
    "invite": lambda s, v, its: invite_delegate(s, v, its.subscriber, "intrus@x.fr", Hold.MAY_PAY, NOW),
    "withdraw an invitation": lambda s, v, its: withdraw_invitation(s, v, its.invitation, NOW),
    "accept an invitation": lambda s, v, its: accept_invitation(s, v, its.invitation, NOW),
    "decline an invitation": lambda s, v, its: decline_invitation(s, v, its.invitation, NOW),
    "remove a delegate": lambda s, v, its: remove_delegate(s, v, its.subscriber, its.delegate, NOW),
    "ask": lambda s, v, its: open_request(s, v, draft_request(its.alice), NOW),
    "write in her request": lambda s, v, its: write_to_service(s, v, its.number, TURN, NOW),
    "withdraw her request": lambda s, v, its: withdraw_request(s, v, its.number, NOW),
    "remove a file of her draft": lambda s, v, its: remove_waiting(s, v, its.waiting),
    "deposit": lambda s, v, its: deposit(s, v, its.folder, PLAN, NOW),
    "take a deposit back": lambda s, v, its: take_back(s, v, its.deposit),
    "close her session": lambda s, v, its: close_own_session(s, v, its.session, NOW),
    "download her copy": lambda s, v, its: exports.find_download(s, v, its.export, NOW),
    "read her choices": lambda s, v, its: list_choices(s, v, its.subscriber),
}
OF_ATTACHING: dict[str, Act] = {
    "add a file to her form": lambda s, v, its: attach_file(s, v, f"type:fuite:{its.subscriber}", PLAN, NOW),
    "add a file to her request": lambda s, v, its: attach_file(s, v, f"fil:{its.number}", PLAN, NOW),
}
OF_AGENTS: dict[str, Act] = {
    "take a request down": lambda s, v, its: open_request(
        s, v, draft_request(its.alice, channel=RequestChannel.PHONE), NOW
    ),
    "answer": lambda s, v, its: answer_request(s, v, its.number, TURN, NOW),
    "note": lambda s, v, its: add_note(s, v, its.number, "Note", "cle-intruse", NOW),
    "assign": lambda s, v, its: assign_request(s, v, its.number, None, TODAY, NOW),
    "decide": lambda s, v, its: decide_change(s, v, its.change, Decision(its.change_id, True, ""), NOW),
    "file a deposit": lambda s, v, its: file_deposit(s, v, its.deposit, its.contract, NOW),
    "withdraw a deposit": lambda s, v, its: withdraw_document(s, v, its.deposit, "Motif"),
    "make a folder": lambda s, v, its: make_folder(s, v, its.contract, "Intrus"),
    "rename a folder": lambda s, v, its: rename_folder(s, v, its.folder, "Intrus"),
    "remove a folder": lambda s, v, its: remove_folder(s, v, its.folder),
    "read the desk's thread": lambda s, v, its: read_desk_thread(s, v, its.number),
    "review": lambda s, v, its: review_request(s, v, its.change),
    "find a deposit": lambda s, v, its: find_deposit(s, v, its.deposit),
    "find who she is": lambda s, v, its: readers.find_subscriber(s, v, its.subscriber),
    "find whom they serve": lambda s, v, its: find_served(s, v, its.subscriber),
}
OF_MANAGERS: dict[str, Act] = {
    "publish": lambda s, v, its: publish(s, v, its.file.id, Readers(its.utility.id), FolderKind.CONTRACT, NOW),
    "foresee": lambda s, v, its: foresee(s, v, Readers(its.utility.id)),
    "publish here": lambda s, v, its: publish_here(s, v, its.contract, PLAN, NOW),
    "withdraw from her": lambda s, v, its: withdraw_document(s, v, its.published, "Motif"),
    "withdraw from all": lambda s, v, its: withdraw_publication(s, v, its.file.id, "Motif"),
    "publish a notice": lambda s, v, its: publish_notice(s, v, draft_notice(its.utility), NOW),
    "withdraw a notice": lambda s, v, its: withdraw_notice(s, v, its.notice, NOW),
    "write the welcome": lambda s, v, its: write_welcome_text(s, v, its.utility.id, "Intrus"),
    "add a type": lambda s, v, its: add_type(s, v, its.utility.id, "Intrus"),
}
OF_STAFF_ANYWHERE: dict[str, Act] = {
    "list what waits": lambda s, v, its: list_waiting(s, v),
    "count what waits": lambda s, v, its: desk.count_waiting(s, v, TODAY),
    "list publications": lambda s, v, its: publications.list_publications(s, v),
    "list types": lambda s, v, its: list_types(s, v),
    "search readers": lambda s, v, its: readers.search_subscribers(s, v, "martin"),
    "search the served": lambda s, v, its: search_served(s, v, "martin"),
    "list who has paper": lambda s, v, its: paper_desk.list_papers(s, v, PaperTab.PAPER, audit.FIRST_PAGE),
    "count papers": lambda s, v, its: paper_desk.count_papers(s, v, NOW),
    "read the trail": lambda s, v, its: audit.list_entries(s, v),
}
OF_READERS: dict[str, Act] = {
    "read her request": lambda s, v, its: read_thread(s, v, its.number),
    "read her document": lambda s, v, its: find_document(s, v, its.deposit),
    "read her draft's file": lambda s, v, its: find_piece(s, v, its.waiting),
}


@pytest.fixture
async def hers(session, cast, alice, chloe) -> Hers:
    (subscriber,) = alice.subscriber_ids
    place = f"type:fuite:{subscriber}"
    deposited = await sent(session, alice)
    file = await record_file(session, chloe, upload("reglement.pdf"), Owner(cast.utility.id), NOW)
    await publish(session, chloe, file.id, Readers(cast.utility.id), FolderKind.CONTRACT, NOW)
    contract = await folder_of(session, alice, FolderKind.CONTRACT)
    request, change = (
        await send_request(session, alice),
        await ask_for_changes(session, alice, subscriber, {"phone": "03 27 00 00 00"}, "cle-d-alice", NOW),
    )
    _, (review,) = await review_request(session, chloe, change.number)
    await invite_delegate(session, alice, subscriber, "daniel@example.org", Hold.MAY_SEE, NOW)
    export = await exports.ask_for_export(session, alice, NOW)
    export.done_at, export.expires_at = NOW, NOW + timedelta(days=7)
    published = await publish_here(session, chloe, contract.id, upload("devis.pdf"), NOW)
    return Hers(
        alice=alice,
        utility=cast.utility,
        subscriber=subscriber,
        number=request.number,
        change=change.number,
        change_id=review.id,
        contract=contract.id,
        folder=(await make_folder(session, chloe, contract.id, "2026")).id,
        deposit=deposited.id,
        published=published.id,
        file=file,
        waiting=(await attach_file(session, alice, place, upload("compteur.pdf"), NOW)).id,
        notice=(await publish_notice(session, chloe, draft_notice(cast.utility), NOW)).id,
        invitation=(await list_open(session, "daniel@example.org", NOW))[0].id,
        delegate=(await let_in(session, alice, Hold.MAY_PAY)).account_id,
        session=(await list_sessions(session, alice, NOW))[0].id,
        export=export.id,
    )


async def test_a_stranger_a_neighbour_a_delegate_who_sees_and_another_towns_staff_write_nothing(
    session, alice, bruno, hers
):
    seeing, damien = await let_in(session, alice, Hold.MAY_SEE), await damien_of_elsewhere(session)
    acts = OF_HERS | OF_ATTACHING | OF_AGENTS | OF_MANAGERS
    for viewer in (Viewer.nobody(), bruno, seeing, damien):
        assert await let_through(session, viewer, hers, acts) == []


async def test_staff_do_nothing_in_her_place(session, chloe, hers):
    assert await let_through(session, chloe, hers, OF_HERS) == []


async def test_a_subscriber_does_nothing_of_what_staff_do_about_themselves_neither(session, alice, hers):
    acts = OF_AGENTS | OF_MANAGERS | OF_STAFF_ANYWHERE
    for viewer in (alice, await let_in(session, alice, Hold.MAY_PAY), Viewer.nobody()):
        assert await let_through(session, viewer, hers, acts) == []


async def test_an_agent_does_nothing_of_what_takes_a_higher_rank(session, hers):
    agent, manager = [await staff_of(session, hers.utility, rank) for rank in (StaffRank.AGENT, StaffRank.MANAGER)]
    trail = {"read the trail": OF_STAFF_ANYWHERE["read the trail"]}
    assert await let_through(session, agent, hers, OF_MANAGERS | trail) == []
    assert await let_through(session, manager, hers, trail) == []


async def test_what_is_hers_is_read_by_nobody_else(session, bruno, hers):
    for viewer in (Viewer.nobody(), bruno, await damien_of_elsewhere(session)):
        assert await let_through(session, viewer, hers, OF_READERS) == []


async def test_whose_it_is_and_whose_work_it_is_are_let_through(session, alice, chloe, hers):
    """Or the refusals above would say nothing."""
    mine = {name: OF_HERS[name] for name in ("choose paper", "write in her request", "read her choices")}
    mine |= OF_ATTACHING | OF_READERS
    assert await let_through(session, alice, hers, mine) == list(mine)
    theirs = {name: OF_AGENTS[name] for name in ("answer", "note", "review")} | OF_STAFF_ANYWHERE
    assert await let_through(session, chloe, hers, theirs) == list(theirs)


async def let_through(session: AsyncSession, viewer: Viewer, hers: Hers, acts: dict[str, Act]) -> list[str]:
    """The acts that were not refused. Where each was, nothing has been written."""
    before, done = await everything(session), []
    for name, act in acts.items():
        try:
            await act(session, viewer, hers)
        except (Forbidden, NotFound):
            continue
        done.append(name)
    assert done or await everything(session) == before
    return done


async def everything(session: AsyncSession) -> dict[str, list[Any]]:
    """Each row of each table, jobs left out."""
    await session.flush()
    connection = await session.connection()
    tables = SQLModel.metadata.sorted_tables
    return {table.name: [tuple(row) for row in await connection.execute(select(table))] for table in tables}
