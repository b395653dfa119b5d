"""Delegates: invited by mail, free to decline and to leave, removed at once."""

import asyncio
from datetime import timedelta

import pytest
from sqlmodel import select

from models import Account, AccountSubscriber, AuditEntry, DelegateInvitation, Hold, Mail
from portail_app.database import transaction
from portail_app.errors import Invalid, NotFound
from portail_app.reading import reader_of
from portail_app.services.accounts import activate, find_known, open_account
from portail_app.services.activations import ask_for_activation
from portail_app.services.delegate_invitations import (
    MOST,
    VALID_FOR,
    accept_invitation,
    decline_invitation,
    invite_delegate,
    list_open,
    withdraw_invitation,
)
from portail_app.services.delegate_list import list_delegations
from portail_app.services.delegates import leave_subscriber, remove_delegate
from portail_app.services.invoices import find_invoice
from portail_app.services.sessions import find_viewer
from portail_app.viewer import Viewer
from tests.factories import NOW, create_invoice, create_subscriber
from tests.jobs.outbox import run_sql

DANIEL = "daniel@example.org"


def subscriber_of(viewer):
    (subscriber_id,) = viewer.subscriber_ids
    return subscriber_id


async def invite(session, viewer, email, hold=Hold.MAY_SEE, now=NOW):
    await invite_delegate(session, viewer, subscriber_of(viewer), email, hold, now)
    return (await list_open(session, email, now))[-1]


async def let_bruno_in(session, cast, hold=Hold.MAY_SEE):
    """Bruno as he is seen at his next event."""
    invitation = await invite(session, cast.alice.viewer, cast.bruno.viewer.email, hold)
    await accept_invitation(session, cast.bruno.viewer, invitation.id, NOW)
    return await seen(session, cast.bruno)


async def seen(session, person):
    found = await find_viewer(await reader_of(session), person.token, NOW)
    return found[0]


async def test_an_invitation_is_told_by_mail_and_opens_nothing_yet(session, cast, alice, bruno):
    await invite(session, alice, bruno.email)
    (mail,) = (await session.exec(select(Mail))).all()
    assert (mail.recipient, mail.has_secret) == (bruno.email, False)
    assert (await seen(session, cast.bruno)).subscriber_ids == bruno.subscriber_ids


@pytest.mark.parametrize(("hold", "may_pay"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])
async def test_who_accepts_sees_the_invoices_and_pays_where_that_was_allowed(session, cast, alice, hold, may_pay):
    invoice = await create_invoice(session, alice)
    bruno = await let_bruno_in(session, cast, hold)
    assert (await find_invoice(session, bruno, invoice.number)).id == invoice.id
    assert (subscriber_of(alice) in bruno.payable_subscriber_ids) is may_pay


async def test_the_holder_is_told_and_the_journal_says_so(session, cast, alice):
    await let_bruno_in(session, cast)
    recipients = (await session.exec(select(Mail.recipient).order_by(Mail.id))).all()
    assert recipients == ["bruno@example.fr", "alice@example.fr"]
    actions = (await session.exec(select(AuditEntry.action).order_by(AuditEntry.id))).all()
    assert actions == ["Délégué invité", "Délégué accepté"]


async def test_the_page_says_who_is_in_who_is_invited_and_for_whom(session, cast, alice):
    bruno = await let_bruno_in(session, cast)
    await invite(session, alice, DANIEL, Hold.MAY_PAY)
    hers, his = await list_delegations(session, alice, NOW), await list_delegations(session, bruno, NOW)
    assert [(one.who, one.hold, one.invitation_id > 0) for one in hers.delegates] == [
        ("Bruno Petit", "delegue_consultation", False),
        (DANIEL, "delegue_paiement", True),
    ]
    assert [one.who for one in his.delegated] == ["Alice Martin"]
    assert (his.delegates, hers.delegated) == ((), ())


async def test_an_invitation_is_shown_to_whom_it_was_sent_only(session, cast, alice, bruno, chloe):
    await invite(session, alice, bruno.email)
    assert [one.who for one in (await list_delegations(session, bruno, NOW)).received] == ["Alice Martin"]
    assert (await list_delegations(session, chloe, NOW)).received == ()


async def test_somebody_else_cannot_accept_or_decline_it(session, alice, bruno, chloe):
    invitation = await invite(session, alice, bruno.email)
    for answer in (accept_invitation, decline_invitation):
        with pytest.raises(NotFound):
            await answer(session, chloe, invitation.id, NOW)
    assert len((await session.exec(select(AccountSubscriber))).all()) == 2


async def test_an_invitation_ends_and_can_be_sent_again(session, alice, bruno):
    invitation = await invite(session, alice, bruno.email)
    with pytest.raises(NotFound):
        await accept_invitation(session, bruno, invitation.id, NOW + VALID_FOR)
    again = await invite(session, alice, bruno.email, Hold.MAY_PAY, NOW + VALID_FOR)
    assert (again.id, again.hold) == (invitation.id, Hold.MAY_PAY)
    await accept_invitation(session, bruno, again.id, NOW + VALID_FOR)


async def test_a_declined_or_withdrawn_one_opens_nothing(session, alice, bruno):
    declined = await invite(session, alice, bruno.email)
    await decline_invitation(session, bruno, declined.id, NOW)
    withdrawn = await invite(session, alice, bruno.email)
    await withdraw_invitation(session, alice, withdrawn.id, NOW)
    for one in (declined, withdrawn):
        with pytest.raises(NotFound):
            await accept_invitation(session, bruno, one.id, NOW)


async def test_a_double_click_on_accept_lets_in_once(town):
    async with transaction(town.alice.viewer) as session:
        invitation = await invite(session, town.alice.viewer, town.bruno.viewer.email)

    async def accept():
        async with transaction(town.bruno.viewer) as session:
            await accept_invitation(session, town.bruno.viewer, invitation.id, NOW)

    outcomes = await asyncio.gather(accept(), accept(), return_exceptions=True)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "NotFound"]
    assert run_sql("SELECT count(*) FROM account_subscriber") == [(3,)]


async def test_two_invitations_at_once_are_one(town):
    async def send():
        async with transaction(town.alice.viewer) as session:
            await invite(session, town.alice.viewer, DANIEL)

    await asyncio.gather(send(), send())
    assert run_sql("SELECT count(*) FROM delegate_invitation") == [(1,)]


async def test_oneself_and_who_is_in_already_are_refused(session, cast, alice):
    await let_bruno_in(session, cast)
    for email, words in (("alice@example.fr", "votre propre adresse"), ("bruno@example.fr", "déjà accès")):
        with pytest.raises(Invalid, match=words):
            await invite(session, alice, email)


async def test_a_holder_cannot_be_invited_as_such(session, alice):
    with pytest.raises(Invalid):
        await invite(session, alice, DANIEL, Hold.HOLDER)


async def test_there_are_so_many_at_most(session, alice):
    for n in range(MOST):
        await invite(session, alice, f"ami{n}@example.org")
    with pytest.raises(Invalid, match=f"Pas plus de {MOST}"):
        await invite(session, alice, DANIEL)
    await invite(session, alice, "ami0@example.org")


async def test_those_who_are_in_and_those_who_are_invited_count_together(session, cast, alice):
    bruno = await let_bruno_in(session, cast)
    for n in range(MOST - 1):
        await invite(session, alice, f"ami{n}@example.org")
    with pytest.raises(Invalid, match="retirez-en une d’abord") as refused:
        await invite(session, alice, DANIEL)
    assert refused.value.field == "email"
    await remove_delegate(session, alice, subscriber_of(alice), bruno.account_id, NOW)
    await invite(session, alice, DANIEL)


async def test_an_invitation_is_good_until_its_last_second(session, alice, bruno):
    invitation = await invite(session, alice, bruno.email)
    assert invitation.expires_at == NOW + VALID_FOR
    last = NOW + VALID_FOR - timedelta(seconds=1)
    assert [one.id for one in await list_open(session, bruno.email, last)] == [invitation.id]
    await accept_invitation(session, bruno, invitation.id, last)


async def test_what_was_answered_is_withdrawn_no_more(session, alice, bruno):
    invitation = await invite(session, alice, bruno.email)
    await accept_invitation(session, bruno, invitation.id, NOW)
    trail = await actions(session)
    await withdraw_invitation(session, alice, invitation.id, NOW)
    await session.refresh(invitation)
    assert (invitation.accepted_at, invitation.withdrawn_at) == (NOW, None)
    assert await actions(session) == trail


async def test_who_accepts_and_is_in_already_keeps_what_they_had(session, cast, alice, bruno):
    invitation = await invite(session, alice, bruno.email, Hold.MAY_PAY)
    session.add(AccountSubscriber(account_id=bruno.account_id, subscriber_id=subscriber_of(alice), hold=Hold.MAY_SEE))
    await session.flush()
    await accept_invitation(session, bruno, invitation.id, NOW)
    holds = select(AccountSubscriber.hold).where(AccountSubscriber.account_id == bruno.account_id)
    assert sorted((await session.exec(holds)).all()) == [Hold.MAY_SEE, Hold.HOLDER]


async def test_each_step_is_in_the_trail_with_the_address_and_the_right(session, cast, alice, bruno):
    invitation = await invite(session, alice, bruno.email, Hold.MAY_PAY)
    await withdraw_invitation(session, alice, invitation.id, NOW)
    await let_bruno_in(session, cast)
    await remove_delegate(session, alice, subscriber_of(alice), bruno.account_id, NOW)
    await let_bruno_in(session, cast)
    await leave_subscriber(session, bruno, subscriber_of(alice))
    assert await actions(session) == [
        *("Délégué invité", "Invitation retirée", "Délégué invité", "Délégué accepté", "Délégué retiré"),
        *("Délégué invité", "Délégué accepté", "Délégué parti"),
    ]
    (entry,) = (await session.exec(select(AuditEntry).where(AuditEntry.action == "Invitation retirée"))).all()
    assert entry.details == {"adresse": "bruno@example.fr", "droit": "delegue_paiement"}


async def test_neither_a_neighbour_nor_a_delegate_lets_others_in(session, cast, alice, bruno):
    delegate = await let_bruno_in(session, cast, Hold.MAY_PAY)
    for viewer in (delegate, bruno, cast.chloe.viewer):
        with pytest.raises(NotFound):
            await invite_delegate(session, viewer, subscriber_of(alice), DANIEL, Hold.MAY_SEE, NOW)


async def test_who_is_removed_sees_nothing_at_once_and_is_told(session, cast, alice):
    invoice = await create_invoice(session, alice)
    bruno = await let_bruno_in(session, cast)
    await remove_delegate(session, alice, subscriber_of(alice), bruno.account_id, NOW)
    with pytest.raises(NotFound):
        await find_invoice(session, await seen(session, cast.bruno), invoice.number)
    assert (await session.exec(select(Mail.recipient).order_by(Mail.id))).all()[-1] == "bruno@example.fr"


async def test_a_delegate_leaves_by_themselves(session, cast, alice):
    bruno = await let_bruno_in(session, cast)
    await leave_subscriber(session, bruno, subscriber_of(alice))
    assert (await list_delegations(session, alice, NOW)).delegates == ()


async def test_nobody_removes_a_holder_nor_leaves_what_is_their_own(session, alice, bruno):
    with pytest.raises(NotFound):
        await remove_delegate(session, alice, subscriber_of(alice), alice.account_id, NOW)
    with pytest.raises(NotFound):
        await leave_subscriber(session, alice, subscriber_of(alice))
    with pytest.raises(NotFound):
        await remove_delegate(session, bruno, subscriber_of(alice), alice.account_id, NOW)


async def test_withdrawing_anothers_invitation_is_not_found(session, alice, bruno):
    invitation = await invite(session, alice, DANIEL)
    with pytest.raises(NotFound):
        await withdraw_invitation(session, bruno, invitation.id, NOW)
    assert (await session.exec(select(DelegateInvitation.withdrawn_at))).all() == [None]


async def test_who_has_no_account_activates_one_by_the_invited_address_and_is_in(session, alice):
    await invite(session, alice, DANIEL)
    await ask_for_activation(session, DANIEL, frozenset(), NOW)
    secret = (await session.exec(select(Mail.has_secret).where(Mail.recipient == DANIEL).order_by(Mail.id))).all()
    assert secret == [False, True]
    account = await open_account(session, DANIEL, NOW)
    await activate(session, account, "x", NOW, [])
    viewer = Viewer(account_id=account.id, email=DANIEL)
    assert [one.who for one in (await list_delegations(session, viewer, NOW)).delegated] == ["Alice Martin"]


async def test_who_has_bills_of_their_own_finds_no_strangers_among_them(session, cast, bruno):
    """Anybody may invite anybody: whoever activates for their own water would pay somebody else's too."""
    await create_subscriber(session, cast.utility, email=DANIEL, name="Daniel Petit", number="777")
    await invite(session, bruno, DANIEL, Hold.MAY_PAY)
    account = await open_account(session, DANIEL, NOW)
    await activate(session, account, "x", NOW, ["777"])
    viewer = Viewer(account_id=account.id, email=DANIEL)

    shown = await list_delegations(session, viewer, NOW)
    assert [(one.id, one.label.split()[0]) for one in shown.own] == [(shown.own[0].id, "777")]
    assert (shown.delegated, [one.who for one in shown.received]) == ((), ["Bruno Petit"])
    await accept_invitation(session, viewer, shown.received[0].invitation_id, NOW)
    assert len((await list_delegations(session, viewer, NOW)).delegated) == 1


async def test_an_address_that_nobody_invited_activates_nothing(session, alice):
    invitation = await invite(session, alice, DANIEL)
    await withdraw_invitation(session, alice, invitation.id, NOW)
    assert not (await find_known(session, DANIEL)).may_activate(frozenset())


async def test_renewing_a_password_accepts_nothing(session, alice, bruno):
    await invite(session, alice, bruno.email)
    account = await session.get_one(Account, bruno.account_id)
    await activate(session, account, "x", NOW, [])
    assert len((await session.exec(select(AccountSubscriber))).all()) == 2


async def actions(session) -> list[str]:
    return list((await session.exec(select(AuditEntry.action).order_by(AuditEntry.id))).all())
