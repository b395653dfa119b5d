"""Of what there is one, the database itself keeps one, whatever a service forgets or two do at once."""

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models import (
    Account,
    AccountSubscriber,
    DataExport,
    DelegateInvitation,
    Folder,
    FolderKind,
    Hold,
    Mail,
    MailEvent,
    Notice,
    NoticeClosing,
    NotificationChoice,
    ProposedChange,
    RequestAttachment,
    RequestDraft,
    RequestMessage,
    RequestNote,
    RequestType,
    StaffRank,
    StaffRole,
    StoredFile,
    Subscriber,
    Utility,
)
from tests.factories import NOW, TODAY, save, send_request

OPEN = {"email": "daniel@example.org", "invited_at": NOW, "expires_at": NOW}
TWICE = {
    "an account of an address": lambda its: Account(email="alice@example.fr"),
    "a utility of a code": lambda its: Utility(code=its.utility.code, name="Une autre"),
    "a subscriber of a number in a utility": lambda its: Subscriber(
        utility_id=its.utility.id, number=its.number, name="Un autre"
    ),
    "a hold of an account on a subscriber": lambda its: AccountSubscriber(
        account_id=its.alice.account_id, subscriber_id=its.subscriber_id, hold=Hold.MAY_SEE
    ),
    "a rank of an account in a utility": lambda its: StaffRole(
        account_id=its.chloe.account_id, utility_id=its.utility.id, rank=StaffRank.AGENT
    ),
    "a type of request of a code": lambda its: RequestType(utility_id=its.utility.id, code="fuite", name="Fuites"),
}
ONCE = {
    "a mail of an event": lambda its: Mail(event_key="recu-1", recipient="a@b.fr", subject="x", message_id="<x>"),
    "an open invitation of an address": lambda its: DelegateInvitation(
        subscriber_id=its.subscriber_id, account_id=its.alice.account_id, **OPEN
    ),
    "an unfinished copy of one's data": lambda its: DataExport(account_id=its.alice.account_id, asked_at=NOW),
    "a choice of an account about an event": lambda its: NotificationChoice(
        account_id=its.alice.account_id, event=MailEvent.INVOICE, is_wanted=False, chosen_at=NOW
    ),
    "a closing of a notice by an account": lambda its: NoticeClosing(
        notice_id=its.notice_id, account_id=its.alice.account_id
    ),
    "a draft of an account at a place": lambda its: RequestDraft(
        account_id=its.alice.account_id, place="fil:D2026-00001", kept_at=NOW
    ),
    "a message of a request that was sent": lambda its: RequestMessage(
        request_id=its.request_id, account_id=its.alice.account_id, is_staff=False, sent_at=NOW, sent_key="x"
    ),
    "a note of a request that was sent": lambda its: RequestNote(
        request_id=its.request_id, account_id=its.chloe.account_id, text="x", written_at=NOW, sent_key="x"
    ),
    "a change of a field in a request": lambda its: ProposedChange(
        request_id=its.request_id, field="name", label="Nom"
    ),
    "an attachment of a file": lambda its: RequestAttachment(
        account_id=its.alice.account_id, place="fil:D2026-00001", file_id=its.file_id, attached_at=NOW
    ),
    "a tree of a subscriber without a contract": lambda its: Folder(
        utility_id=its.utility.id, subscriber_id=its.subscriber_id, kind=FolderKind.ROOT
    ),
}


class Known:
    """What the rows of these tests point at."""

    def __init__(self, cast, subscriber: Subscriber) -> None:
        self.utility, self.alice, self.chloe = cast.utility, cast.alice.viewer, cast.chloe.viewer
        self.subscriber_id, self.number = subscriber.id, subscriber.number


@pytest.fixture
async def its(session, cast) -> Known:
    (subscriber_id,) = cast.alice.viewer.subscriber_ids
    known = Known(cast, await session.get_one(Subscriber, subscriber_id))
    file = StoredFile(utility_id=cast.utility.id, key="0" * 64, name="a", media_type="b", size_bytes=1, stored_at=NOW)
    written = {"published_at": NOW, "published_by": known.chloe.account_id, "starts_on": TODAY}
    notice = Notice(utility_id=cast.utility.id, title="Avis", body="Avis", **written)
    known.file_id, known.notice_id = (await save(session, file)).id, (await save(session, notice)).id
    known.request_id = (await send_request(session, known.alice)).id
    return known


@pytest.mark.parametrize("made", TWICE.values(), ids=TWICE)
async def test_there_is_one_only_of_what_the_cast_has_already(session, its, made):
    with pytest.raises(IntegrityError, match="duplicate key"):
        await save(session, made(its))


@pytest.mark.parametrize("made", ONCE.values(), ids=ONCE)
async def test_there_is_one_only(session, its, made):
    await save(session, made(its))
    with pytest.raises(IntegrityError, match="duplicate key"):
        await save(session, made(its))


@pytest.mark.parametrize("answer", ["accepted_at", "declined_at", "withdrawn_at"])
async def test_an_invitation_that_was_answered_bars_no_other(session, its, answer):
    who = {"subscriber_id": its.subscriber_id, "account_id": its.alice.account_id}
    await save(session, DelegateInvitation(**who, **OPEN, **{answer: NOW}))
    await save(session, DelegateInvitation(**who, **OPEN))
    assert len((await session.exec(select(DelegateInvitation))).all()) == 2


@pytest.mark.parametrize("end", ["done_at", "failed_at"])
async def test_a_copy_that_is_finished_or_failed_bars_no_other(session, its, end):
    await save(session, DataExport(account_id=its.alice.account_id, asked_at=NOW, **{end: NOW}))
    await save(session, DataExport(account_id=its.alice.account_id, asked_at=NOW))
    assert len((await session.exec(select(DataExport))).all()) == 2


async def test_two_utilities_may_give_the_same_number_and_the_same_code_of_a_type(session, its):
    other = await save(session, Utility(code="dechets", name="Déchets"))
    await save(session, Subscriber(utility_id=other.id, number=its.number, name="Un autre"))
    codes = (await session.exec(select(RequestType.utility_id).where(RequestType.code == "fuite"))).all()
    assert set(codes) == {its.utility.id, other.id}


async def test_staff_make_as_many_folders_as_they_like_but_no_two_of_a_name_in_one_place(session, its):
    usual = {"utility_id": its.utility.id, "subscriber_id": its.subscriber_id}
    root = await save(session, Folder(**usual, kind=FolderKind.ROOT))
    for name in ("2025", "2026"):
        await save(session, Folder(**usual, parent_id=root.id, name=name))
    with pytest.raises(IntegrityError, match="uq_folder_parent_id_name"):
        await save(session, Folder(**usual, parent_id=root.id, name="2026"))
