"""Who hears of a request by mail, in which words: each side of what the other did, once, and nobody who left."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from models import Account, AccountSubscriber, Hold, Mail, MailBody, MailEvent, RequestChannel, RequestStatus
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.data_decisions import Decision, decide_change
from portail_app.services.data_reviews import review_request
from portail_app.services.delegates import remove_delegate
from portail_app.services.notifications import choose_notification
from portail_app.services.request_desk import assign_request, read_desk_thread
from portail_app.services.request_opening import open_request
from portail_app.services.request_threads import answer_request, withdraw_request, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.settings import settings
from tests.factories import NOW, TODAY, draft_request, let_in, send_request

SERVICE = "contact@regie.example"
IN_PROGRESS, WAITING, RESOLVED = RequestStatus.IN_PROGRESS, RequestStatus.WAITING, RequestStatus.RESOLVED


@pytest.fixture(autouse=True)
async def service(session, cast) -> None:
    cast.utility.email = SERVICE
    await session.flush()


async def test_what_arrived_is_said_whole_to_who_asked(session, cast, alice):
    sent = await send_request(session, alice)
    (mail,) = await mails(session, alice.email)
    assert mail.subject == f"Votre demande {sent.number} est enregistrée"
    assert (mail.utility_id, mail.has_secret) == (cast.utility.id, False)
    assert await text_of(session, mail) == "\n\n".join(
        (
            "Bonjour,",
            f"Votre demande « Fuite » est enregistrée sous le numéro {sent.number}.",
            "Votre demande est enregistrée. Nous vous répondons ici, et un message électronique vous en prévient.",
            f"Pour la suivre ou la compléter :\n{settings().url}/demandes/{sent.number}",
            f"Salutations distinguées,\n{cast.utility.name}",
            "Merci de ne pas répondre à ce message : écrivez dans la demande.\n",
        )
    )


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (RequestChannel.PHONE, "À la suite de votre appel, le service a enregistré pour vous la demande « Fuite »"),
        (RequestChannel.VISIT, "À la suite de votre visite, le service a enregistré pour vous la demande « Fuite »"),
        (RequestChannel.LETTER, "À la suite de votre courrier, le service a enregistré pour vous la demande « Fuite »"),
    ],
)
async def test_what_was_taken_down_says_after_what_and_that_it_may_be_corrected(session, alice, chloe, channel, words):
    await open_request(session, chloe, draft_request(alice, channel=channel), NOW)
    (mail,) = await mails(session, alice.email)
    text = await text_of(session, mail)
    assert words in text
    assert "Si elle ne dit pas ce que vous vouliez, répondez-y." in text


@pytest.mark.parametrize(
    ("turn", "news"),
    [
        (Turn("Bonjour", "cle-1"), "elle est en cours de traitement"),
        (Turn("Bonjour", "cle-1", WAITING), "le service attend votre réponse"),
        (Turn("", "cle-1", RESOLVED), "elle est résolue"),
        (Turn("", "cle-1", RequestStatus.REFUSED), "elle est refusée"),
    ],
)
async def test_a_subject_says_what_became_of_the_request(session, alice, chloe, turn, news):
    sent = await send_request(session, alice)
    await answer_request(session, chloe, sent.number, turn, NOW)
    assert (await mails(session, alice.email))[-1].subject == f"Votre demande {sent.number} : {news}"


async def test_an_answer_that_changes_nothing_else_is_an_answer(session, alice, chloe):
    sent = await send_request(session, alice)
    for key in ("cle-1", "cle-2"):
        await answer_request(session, chloe, sent.number, Turn("Bonjour", key), NOW)
    assert (await mails(session, alice.email))[-1].subject == f"Votre demande {sent.number} : le service vous a répondu"


async def test_the_service_hears_of_what_arrives_of_what_is_added_and_of_what_is_withdrawn(session, alice):
    sent = await send_request(session, alice)
    await write_to_service(session, alice, sent.number, Turn("Cela empire.", "cle-1"), NOW)
    await withdraw_request(session, alice, sent.number, NOW)
    told = f"Demande {sent.number} : l’abonné a écrit"
    assert [mail.subject for mail in await mails(session, SERVICE)] == [
        f"Nouvelle demande {sent.number} : Fuite",
        told,
        told,
    ]


async def test_whoever_handles_it_hears_of_it_instead_of_the_service_while_they_work_there(
    session, alice, bruno, chloe
):
    sent = await send_request(session, alice)
    await assign_request(session, chloe, sent.number, chloe.account_id, TODAY, NOW)
    await write_to_service(session, alice, sent.number, Turn("Un", "cle-1"), NOW)
    assert [len(await mails(session, one)) for one in (chloe.email, SERVICE)] == [1, 1]

    sent.assignee_id = bruno.account_id  # as one who worked there once
    await write_to_service(session, alice, sent.number, Turn("Deux", "cle-2"), NOW)
    assert [len(await mails(session, one)) for one in (chloe.email, SERVICE, bruno.email)] == [1, 2, 0]


async def test_a_utility_without_an_address_is_written_to_by_nobody(session, cast, alice):
    cast.utility.email = ""
    sent = await send_request(session, alice)
    await write_to_service(session, alice, sent.number, Turn("Un", "cle-1"), NOW)
    assert [mail.recipient for mail in (await session.exec(select(Mail))).all()] == [alice.email]


async def test_who_wants_no_mail_about_requests_has_none_and_the_service_has_its_own(session, alice, chloe):
    await choose_notification(session, alice, MailEvent.REQUEST, False, NOW)
    sent = await send_request(session, alice)
    await answer_request(session, chloe, sent.number, Turn("Bonjour", "cle-1"), NOW)
    assert [len(await mails(session, one)) for one in (alice.email, SERVICE)] == [0, 1]


class TestWhoLeft:
    async def test_a_delegate_who_asked_is_answered(self, session, alice, chloe):
        delegate = await let_in(session, alice, Hold.MAY_PAY)
        sent = await open_request(session, delegate, draft_request(alice), NOW)
        await answer_request(session, chloe, sent.number, Turn("Bonjour", "cle-1"), NOW)
        assert [len(await mails(session, one)) for one in (delegate.email, alice.email)] == [2, 0]

    async def test_once_removed_they_hear_no_more_and_the_holder_does(self, session, alice, chloe):
        """They could not read it; and she would not know that it was answered."""
        delegate = await let_in(session, alice, Hold.MAY_PAY)
        sent = await open_request(session, delegate, draft_request(alice), NOW)
        await remove_delegate(session, alice, *alice.subscriber_ids, delegate.account_id, NOW)
        before = len(await mails(session, delegate.email))
        await answer_request(session, chloe, sent.number, Turn("Bonjour", "cle-1"), NOW)

        assert len(await mails(session, delegate.email)) == before
        assert [mail.subject for mail in await mails(session, alice.email)] == [
            f"Votre demande {sent.number} : elle est en cours de traitement"
        ]

    async def test_where_nobody_holds_the_subscriber_any_more_staff_know_that_nobody_is_told(
        self, session, alice, chloe
    ):
        sent = await send_request(session, alice)
        assert (await read_desk_thread(session, chloe, sent.number)).is_told
        hold = await session.exec(
            select(AccountSubscriber).where(col(AccountSubscriber.account_id) == alice.account_id)
        )
        await session.delete(hold.one())
        await session.flush()
        assert not (await read_desk_thread(session, chloe, sent.number)).is_told

    async def test_what_one_holder_asked_of_their_data_is_told_to_no_other(self, session, alice, chloe):
        spouse = replace(await let_in(session, alice, Hold.HOLDER), ranks={})
        (hers,) = alice.subscriber_ids
        asked = await ask_for_changes(session, spouse, hers, {"city": "Aire"}, "cle-du-conjoint", NOW)
        hold = await session.exec(select(AccountSubscriber).where(AccountSubscriber.account_id == spouse.account_id))
        await session.delete(hold.one())
        await session.flush()
        _, (review,) = await review_request(session, chloe, asked.number)
        await decide_change(session, chloe, asked.number, Decision(review.id, True, review.current), NOW)
        assert await mails(session, alice.email) == []
        assert (await session.get_one(Account, spouse.account_id)).email == spouse.email


async def mails(session, recipient: str) -> list[Mail]:
    return list((await session.exec(select(Mail).where(Mail.recipient == recipient).order_by(col(Mail.id)))).all())


async def text_of(session, mail: Mail) -> str:
    return (await session.exec(select(MailBody.text).where(MailBody.mail_id == mail.id))).one()
