"""A request that staff take down for who calls or comes: found among those they serve, told to who holds them."""

from dataclasses import replace

import pytest
from sqlmodel import col, select

from models import AccountSubscriber, AuditEntry, Hold, Mail, RequestChannel, StaffRank
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.attachment_owners import find_owner
from portail_app.services.request_desk import read_desk_thread
from portail_app.services.request_drafts import form_place
from portail_app.services.request_opening import open_request
from portail_app.services.request_threads import answer_request, read_thread, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.services.served_subscribers import MOST_FOUND, find_served, search_served
from portail_app.viewer import Viewer
from tests.factories import (
    NOW,
    appoint,
    create_account,
    create_subscriber,
    create_utility,
    draft_request,
    link,
    save,
    sign_in,
)

CALLED = RequestChannel.PHONE


@pytest.fixture
async def elsewhere(session) -> Viewer:
    """An agent of another utility."""
    utility = await create_utility(session)
    account = await create_account(session, "ines@example.fr", name="Inès")
    await appoint(session, account, utility, StaffRank.AGENT)
    return (await sign_in(session, account))[0]


async def test_it_is_the_subscribers_who_is_told_and_answers_in_it(session, alice, chloe):
    request = await open_request(session, chloe, draft_request(alice, channel=CALLED), NOW)

    assert (request.channel, request.is_taken_down, request.opened_by) == (CALLED, True, chloe.account_id)
    (mail,) = await mails(session, "alice@example.fr")
    assert mail.subject == f"Votre demande {request.number} est enregistrée pour vous par le service"
    assert (await read_thread(session, alice, request.number)).request.content[0][1] == "Après le compteur"
    await write_to_service(session, alice, request.number, Turn("Merci.", "cle-d-alice"), NOW)
    await answer_request(session, chloe, request.number, Turn("Nous venons.", "cle-de-chloe"), NOW)
    assert len(await mails(session, "alice@example.fr")) == 2
    assert await mails(session, "chloe@example.fr") == []


async def test_the_journal_says_that_it_was_taken_down(session, alice, chloe):
    request = await open_request(session, chloe, draft_request(alice, channel=CALLED), NOW)
    (entry,) = await session.exec(select(AuditEntry).where(AuditEntry.subject == request.number))
    assert (entry.action, entry.account_id) == ("Demande saisie pour l’abonné", chloe.account_id)


async def test_a_neighbour_reads_nothing_of_it(session, alice, bruno, chloe):
    request = await open_request(session, chloe, draft_request(alice, channel=CALLED), NOW)
    with pytest.raises(NotFound):
        await read_thread(session, bruno, request.number)


async def test_every_holder_is_told_and_no_delegate(session, alice, bruno, chloe):
    (subscriber_id,) = alice.subscriber_ids
    delegated = AccountSubscriber(account_id=bruno.account_id, subscriber_id=subscriber_id, hold=Hold.MAY_PAY)
    await save(session, delegated)
    await open_request(session, chloe, draft_request(alice, channel=CALLED), NOW)
    assert len(await mails(session, "alice@example.fr")) == 1
    assert await mails(session, "bruno@example.fr") == []


async def test_who_has_no_account_is_told_nothing_and_staff_know_it(session, cast, chloe):
    """The address that billing knows may be somebody else's."""
    nobody = await create_subscriber(session, cast.utility, email="sans-compte@example.fr")
    draft = replace(draft_request(cast.alice.viewer, channel=CALLED), subscriber_id=nobody.id)
    request = await open_request(session, chloe, draft, NOW)

    assert await mails(session, "sans-compte@example.fr") == []
    assert (await read_desk_thread(session, chloe, request.number)).is_told is False
    await answer_request(session, chloe, request.number, Turn("Fait.", "cle-de-chloe"), NOW)
    await link(session, await create_account(session, "enfin@example.fr"), nobody)
    assert (await read_desk_thread(session, chloe, request.number)).is_told is True
    await answer_request(session, chloe, request.number, Turn("C’est fini.", "autre-cle"), NOW)
    assert len(await mails(session, "enfin@example.fr")) == 1


async def test_an_account_that_is_not_activated_is_no_account(session, cast, chloe):
    nobody = await create_subscriber(session, cast.utility)
    account = await create_account(session, "pas-encore@example.fr")
    account.activated_at = None
    await link(session, account, nobody)
    draft = replace(draft_request(cast.alice.viewer, channel=CALLED), subscriber_id=nobody.id)
    request = await open_request(session, chloe, draft, NOW)
    assert (await read_desk_thread(session, chloe, request.number)).is_told is False


async def test_taking_it_down_twice_is_taking_it_down_once(session, alice, chloe):
    draft = draft_request(alice, channel=CALLED)
    first, second = [await open_request(session, chloe, draft, NOW) for _ in range(2)]
    assert first.number == second.number
    assert len(await mails(session, "alice@example.fr")) == 1


@pytest.mark.parametrize("channel", sorted(set(RequestChannel) - {RequestChannel.PORTAL}))
async def test_a_subscriber_takes_nothing_down(session, alice, bruno, channel):
    for owner in (alice, bruno):
        with pytest.raises(Forbidden):
            await open_request(session, alice, draft_request(owner, channel=channel), NOW)


async def test_staff_send_nothing_as_if_they_were_the_subscriber(session, alice, chloe):
    with pytest.raises(NotFound):
        await open_request(session, chloe, draft_request(alice), NOW)


async def test_staff_of_elsewhere_find_nobody_of_ours(session, alice, elsewhere):
    (subscriber_id,) = alice.subscriber_ids
    with pytest.raises(NotFound):
        await open_request(session, elsewhere, draft_request(alice, channel=CALLED), NOW)
    with pytest.raises(NotFound):
        await find_served(session, elsewhere, subscriber_id)
    with pytest.raises(NotFound):
        await find_owner(session, elsewhere, form_place("fuite", subscriber_id))
    assert await search_served(session, elsewhere, "martin") == ()


@pytest.mark.parametrize("code", ["donnees-personnelles", "message", "inconnue"])
async def test_what_only_the_account_asks_is_not_taken_down(session, alice, chloe, code):
    typed = {"message": "Bonjour"}
    with pytest.raises(NotFound):
        await open_request(session, chloe, draft_request(alice, type_code=code, typed=typed, channel=CALLED), NOW)


async def test_its_form_is_checked_as_any_other(session, alice, chloe):
    with pytest.raises(Invalid) as refused:
        await open_request(session, chloe, draft_request(alice, typed={}, channel=CALLED), NOW)
    assert refused.value.field == "lieu"


async def test_what_staff_join_takes_no_room_of_the_subscribers(session, alice, chloe, bruno):
    place = form_place("fuite", *alice.subscriber_ids)
    assert (await find_owner(session, chloe, place)).subscriber_id is None
    assert (await find_owner(session, alice, place)).subscriber_id in alice.subscriber_ids
    for wrong in ("type:fuite:", "type:fuite:x", "type:fuite:99999999999999999999", "type:fuite:0"):
        with pytest.raises(NotFound):
            await find_owner(session, chloe, wrong)
    with pytest.raises(NotFound):
        await find_owner(session, bruno, place)


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("martin", ["Alice Martin"]),
        ("ALICE mart", ["Alice Martin"]),
        ("petit bruno", ["Bruno Petit"]),
        ("example.fr", ["Alice Martin", "Bruno Petit"]),
        ("dupont", []),
        ("%", []),
        ("_", []),
        ("", []),
        ("   ", []),
    ],
)
async def test_a_subscriber_is_found_by_parts_of_what_is_known_of_them(session, chloe, search, names):
    assert [one.name for one in await search_served(session, chloe, search)] == names


async def test_only_so_many_are_shown(session, cast, chloe):
    for _ in range(MOST_FOUND + 5):
        await create_subscriber(session, cast.utility, name="Famille Nombreuse")
    assert len(await search_served(session, chloe, "nombreuse")) == MOST_FOUND


@pytest.mark.parametrize("who", ["alice", "nobody"])
async def test_only_staff_search(session, alice, who):
    with pytest.raises(Forbidden):
        await search_served(session, alice if who == "alice" else Viewer.nobody(), "martin")


async def mails(session, recipient: str) -> list[Mail]:
    return list(await session.exec(select(Mail).where(col(Mail.recipient) == recipient).order_by(col(Mail.id))))
