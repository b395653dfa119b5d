"""What is kept no longer than it is of use."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import (
    AccessLink,
    AccessSession,
    AttemptCounter,
    AttemptState,
    LinkKind,
    Mail,
    MailBody,
    PaymentAnswer,
    SignInTicket,
)
from portail_app.services.access_links import write_link
from portail_app.services.attempt_limits import ACCOUNT_SIGN_IN, count_try
from portail_app.services.mails import write_mail
from portail_app.services.retention import forget_what_is_over
from portail_app.services.sessions import Browser, open_session
from portail_app.services.tickets import write_ticket
from tests.factories import NOW, save
from tests.receipts import create_receipt

LATER = NOW + timedelta(days=70)


@pytest.fixture
async def used(session, alice):
    await open_session(session, alice.account_id, Browser(), NOW, remember=True)
    await write_ticket(session, alice.account_id, "browser", remember=False, now=NOW)
    await write_link(session, alice.account_id, LinkKind.RENEWAL, NOW, NOW + timedelta(minutes=10))
    await count_try(session, "connexion alice@example.fr", ACCOUNT_SIGN_IN, NOW)
    for key, has_secret in (("secret", True), ("recu", False)):
        await write_mail(session, event_key=key, recipient="a@b.fr", subject="x", text="x", has_secret=has_secret)
    await session.flush()


async def forget(session, now):
    await forget_what_is_over(session, now, timedelta(days=400))


@pytest.mark.parametrize("entity", [SignInTicket, AccessLink, AttemptCounter])
async def test_what_is_long_over_is_forgotten(session, used, entity):
    await forget(session, LATER)
    assert (await session.exec(select(entity))).all() == []


@pytest.mark.parametrize("entity", [SignInTicket, AccessLink, AttemptCounter, AccessSession])
async def test_what_is_of_use_is_kept(session, used, entity):
    await forget(session, NOW + timedelta(days=1))
    assert (await session.exec(select(entity))).all() != []


async def test_sessions_are_forgotten_a_month_after_they_end(session, used, alice):
    await forget(session, NOW + timedelta(days=59))
    assert len((await session.exec(select(AccessSession).where(AccessSession.remembered))).all()) == 1
    await forget(session, NOW + timedelta(days=61))
    assert (await session.exec(select(AccessSession).where(AccessSession.remembered))).all() == []


async def test_a_secret_that_was_never_sent_is_erased_and_its_mail_is_kept(session, used):
    await forget(session, LATER + timedelta(days=365))
    kept = (await session.exec(select(Mail.event_key).join(MailBody))).all()
    assert kept == ["recu"]
    assert len((await session.exec(select(Mail))).all()) == 2


@pytest.mark.parametrize(
    ("values", "is_kept"),
    [
        ({}, False),
        ({"trouble": "Trop-perçu de 1,00 € à rembourser"}, False),
        ({"state": AttemptState.EXPIRED}, False),
        ({"state": AttemptState.ANOMALY}, True),
        ({"state": AttemptState.PENDING, "trouble": "PayFiP refuse l’identifiant"}, True),
    ],
)
async def test_raw_answers_are_kept_thirteen_months_and_those_that_a_human_needs_for_longer(
    session, alice, values, is_kept
):
    receipt = await create_receipt(session, alice, "000001", **values)
    await save(session, PaymentAnswer(attempt_id=receipt.attempt_id, operation="x", received_at=NOW, raw_xml="<a/>"))

    await forget(session, NOW + timedelta(days=399))
    assert len((await session.exec(select(PaymentAnswer))).all()) == 1
    await forget(session, NOW + timedelta(days=401))
    assert bool((await session.exec(select(PaymentAnswer))).all()) is is_kept
