"""What an account leaves when it is closed: each thing that was only its own goes, each thing that the law keeps stays,
and nobody else loses anything."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import (
    AccessLink,
    AccessRecord,
    AccessSession,
    Account,
    AccountSubscriber,
    AuditEntry,
    DataExport,
    DelegateInvitation,
    EmailChange,
    Hold,
    LinkKind,
    MailEvent,
    NoticeClosing,
    NotificationChoice,
    PaperChoice,
    PasswordHash,
    PaymentAttempt,
    Receipt,
    Request,
    RequestAttachment,
    RequestDraft,
    SignInTicket,
    StoredFile,
    Subscriber,
)
from portail_app.services.access_links import write_link
from portail_app.services.accesses import record_staff_look
from portail_app.services.closing import forget_account
from portail_app.services.delegate_invitations import accept_invitation, invite_delegate, list_open
from portail_app.services.exports import ask_for_export
from portail_app.services.notice_board import close_notice
from portail_app.services.notices import publish_notice
from portail_app.services.notifications import choose_notification
from portail_app.services.paper_choices import choose_paper
from portail_app.services.request_attachments import attach_file
from portail_app.services.request_drafts import keep_draft
from portail_app.services.sessions import Browser, open_session
from portail_app.services.tickets import write_ticket
from portail_app.viewer import Viewer
from tests.documents import sent, upload
from tests.factories import NOW, draft_notice, save, send_request
from tests.passwords import give_password
from tests.receipts import create_receipt

LATER = NOW + timedelta(days=3)
GONE = [PasswordHash, AccessLink, SignInTicket, NotificationChoice, NoticeClosing, RequestDraft, EmailChange]
KEPT = [PaperChoice, PaymentAttempt]


@pytest.fixture
async def lived(session, cast, alice, bruno, chloe) -> None:
    """Alice and Bruno have each done a little of everything."""
    notice = await publish_notice(session, chloe, draft_notice(cast.utility), NOW)
    for number, viewer in enumerate((alice, bruno)):
        (subscriber_id,) = viewer.subscriber_ids
        await give_password(session, viewer.account_id, NOW)
        await write_link(session, viewer.account_id, LinkKind.RENEWAL, NOW, LATER)
        await write_ticket(session, viewer.account_id, "navigateur", False, NOW)
        await open_session(session, viewer.account_id, Browser("Firefox/145", "192.0.2.7"), NOW, remember=True)
        await choose_notification(session, viewer, MailEvent.INVOICE, False, NOW)
        await choose_paper(session, viewer, subscriber_id, False, NOW)
        await close_notice(session, viewer, notice.id, NOW)
        await keep_draft(session, viewer, "contact:message", {"message": "Bonjour"}, NOW)
        former = {"former": f"ancienne{number}@example.fr", "chosen": viewer.email, "changed_at": NOW}
        await save(session, EmailChange(account_id=viewer.account_id, **former))
        await create_receipt(session, viewer, f"00000{number}", payer_email=viewer.email)
        await record_staff_look(session, chloe, subscriber_id, "Facture", NOW)


@pytest.mark.parametrize("entity", GONE, ids=lambda entity: entity.__name__)
async def test_what_was_only_the_accounts_goes_and_the_neighbours_stays(session, alice, bruno, lived, entity):
    assert await owners(session, entity) == {alice.account_id, bruno.account_id}
    await forget_account(session, alice.account_id, LATER)
    assert await owners(session, entity) == {bruno.account_id}


@pytest.mark.parametrize("entity", KEPT, ids=lambda entity: entity.__name__)
async def test_proofs_and_payments_are_kept(session, alice, bruno, lived, entity):
    await forget_account(session, alice.account_id, LATER)
    assert await owners(session, entity) == {alice.account_id, bruno.account_id}
    assert len((await session.exec(select(Receipt))).all()) == 2


async def test_nothing_in_the_accounts_row_says_whose_it_was(session, alice, bruno, lived):
    await forget_account(session, alice.account_id, LATER)
    account = await session.get_one(Account, alice.account_id)
    await session.refresh(account)
    assert account.email == f"compte-supprime-{alice.account_id}@supprime.invalid"
    assert (account.name, account.activated_at) == ("Compte supprimé", None)
    assert (await session.get_one(Account, bruno.account_id)).email == "bruno@example.fr"


async def test_every_session_ends_and_says_no_more_from_where(session, alice, bruno, lived):
    await forget_account(session, alice.account_id, LATER)
    hers, his = [await sessions(session, viewer) for viewer in (alice, bruno)]
    assert {(one.revoked_at, one.user_agent, one.address) for one in hers} == {(LATER, "", "")}
    assert {one.revoked_at for one in his} == {None}
    assert ("Firefox/145", "192.0.2.7") in {(one.user_agent, one.address) for one in his}


async def test_her_sign_ins_go_and_what_staff_looked_at_stays(session, alice, bruno, chloe, lived):
    await forget_account(session, alice.account_id, LATER)
    found = (await session.exec(select(AccessRecord.kind, AccessRecord.account_id))).all()
    assert sorted(found) == sorted(
        [("connexion", bruno.account_id), ("consultation", chloe.account_id), ("consultation", chloe.account_id)]
    )


async def test_a_copy_that_is_ready_can_be_had_no_more_and_one_that_is_made_is_given_up(session, alice, bruno):
    for viewer in (alice, bruno):
        ready = {"done_at": NOW, "expires_at": NOW + timedelta(days=7), "file_name": "x"}
        await save(session, DataExport(account_id=viewer.account_id, asked_at=NOW, **ready))
        await ask_for_export(session, viewer, NOW)
    await forget_account(session, alice.account_id, LATER)

    exports = (await session.exec(select(DataExport).order_by(DataExport.id))).all()
    for export in exports:
        await session.refresh(export)
    assert [(one.expires_at, one.failed_at) for one in exports if one.account_id == alice.account_id] == [
        (LATER, None),
        (None, LATER),
    ]
    assert [(one.expires_at, one.failed_at) for one in exports if one.account_id == bruno.account_id] == [
        (NOW + timedelta(days=7), None),
        (None, None),
    ]


async def test_a_copy_that_had_expired_is_not_made_to_last(session, alice):
    over = {"done_at": NOW, "expires_at": NOW + timedelta(days=1), "removed_at": NOW + timedelta(days=1)}
    export = await save(session, DataExport(account_id=alice.account_id, asked_at=NOW, **over))
    await forget_account(session, alice.account_id, LATER)
    await session.refresh(export)
    assert export.expires_at == NOW + timedelta(days=1)


async def test_files_that_were_never_sent_go_and_those_of_a_request_or_a_folder_stay(session, alice, bruno):
    await attach_file(session, alice, place_of(alice), upload("avec-la-demande.pdf"), NOW)
    await send_request(session, alice)
    await sent(session, alice, "au-dossier.pdf")
    for viewer, name in ((alice, "jamais-envoye.pdf"), (bruno, "le-sien.pdf")):
        await attach_file(session, viewer, place_of(viewer), upload(name), NOW)
    await forget_account(session, alice.account_id, LATER)

    files = set((await session.exec(select(StoredFile.name))).all())
    assert files == {"avec-la-demande.pdf", "au-dossier.pdf", "le-sien.pdf"}
    assert len((await session.exec(select(RequestAttachment))).all()) == 2
    assert len((await session.exec(select(Request))).all()) == 1


async def test_she_is_nobodys_delegate_any_more(session, alice, bruno):
    (his,) = bruno.subscriber_ids
    await invite_delegate(session, bruno, his, alice.email, Hold.MAY_SEE, NOW)
    (invitation,) = await list_open(session, alice.email, NOW)
    await accept_invitation(session, alice, invitation.id, NOW)
    await forget_account(session, alice.account_id, LATER)
    assert (await session.exec(select(AccountSubscriber.account_id))).all() == [bruno.account_id]


async def test_what_billing_knows_of_her_is_billings(session, alice, lived):
    await forget_account(session, alice.account_id, LATER)
    subscriber = await session.get_one(Subscriber, next(iter(alice.subscriber_ids)))
    assert (subscriber.name, subscriber.email) == ("Alice Martin", "alice@example.fr")


async def test_forgetting_twice_changes_nothing_more(session, alice, lived):
    await forget_account(session, alice.account_id, LATER)
    before = [await owners(session, entity) for entity in (*GONE, *KEPT)]
    trail = len((await session.exec(select(AuditEntry))).all())
    await forget_account(session, alice.account_id, LATER)
    assert [await owners(session, entity) for entity in (*GONE, *KEPT)] == before
    assert len((await session.exec(select(AuditEntry))).all()) == trail
    assert (await session.exec(select(DelegateInvitation))).all() == []


def place_of(viewer: Viewer) -> str:
    (subscriber_id,) = viewer.subscriber_ids
    return f"type:fuite:{subscriber_id}"


async def owners(session, entity) -> set[int]:
    await session.flush()
    return set((await session.exec(select(entity.account_id))).all())


async def sessions(session, viewer: Viewer) -> list[AccessSession]:
    own = select(AccessSession).where(AccessSession.account_id == viewer.account_id)
    return list((await session.exec(own.execution_options(populate_existing=True))).all())
