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
    SentReading,
    SignInTicket,
    StoredFile,
)
from portail_app.services.access_links import write_link
from portail_app.services.attempt_limits import ACCOUNT_SIGN_IN, count_try
from portail_app.services.files import find_unused
from portail_app.services.mails import write_mail
from portail_app.services.request_attachments import attach_file, list_pieces, list_waiting
from portail_app.services.request_drafts import find_draft, keep_draft
from portail_app.services.retention import USEFUL_FOR, KeptFor, forget_what_is_over
from portail_app.services.sessions import Browser, open_session
from portail_app.services.tickets import write_ticket
from tests.documents import upload
from tests.factories import NOW, save, send_request
from tests.receipts import create_receipt
from tests.supplies import create_supply

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
    await forget_what_is_over(session, now, KeptFor(timedelta(days=400), timedelta(days=90)))


@pytest.mark.parametrize(
    ("entity", "over_at"),
    [
        (SignInTicket, NOW + timedelta(minutes=1)),
        (AccessLink, NOW + timedelta(minutes=10)),
        (AttemptCounter, NOW),
        (AccessSession, NOW + timedelta(days=30)),
    ],
)
async def test_a_trace_of_access_goes_thirty_days_after_it_is_over_and_not_a_moment_before(
    session, used, alice, entity, over_at
):
    wanted = select(entity)
    if entity is AccessSession:
        wanted = wanted.where(AccessSession.remembered)
    await forget(session, over_at + USEFUL_FOR)
    assert len((await session.exec(wanted)).all()) == 1
    await forget(session, over_at + USEFUL_FOR + timedelta(seconds=1))
    assert (await session.exec(wanted)).all() == []


async def test_a_session_that_was_closed_goes_thirty_days_after_that(session, used, alice):
    opened = (await session.exec(select(AccessSession).where(AccessSession.remembered))).one()
    opened.revoked_at = NOW + timedelta(days=2)
    await forget(session, NOW + timedelta(days=32))
    assert len((await session.exec(select(AccessSession).where(AccessSession.remembered))).all()) == 1
    await forget(session, NOW + timedelta(days=32, seconds=1))
    assert (await session.exec(select(AccessSession).where(AccessSession.remembered))).all() == []


async def test_what_was_begun_and_never_sent_is_kept_for_ninety_days(session, alice):
    await keep_draft(session, alice, "type:fuite:1", {"description": "Sous l’évier"}, NOW)
    await forget(session, NOW + timedelta(days=90))
    assert (await find_draft(session, alice, "type:fuite:1")).typed == {"description": "Sous l’évier"}
    await forget(session, NOW + timedelta(days=90, seconds=1))
    assert (await find_draft(session, alice, "type:fuite:1")).typed == {}


async def test_a_file_that_was_never_sent_goes_after_ninety_days_and_gives_its_room_back(session, alice):
    (hers,) = alice.subscriber_ids
    place = f"type:fuite:{hers}"
    await attach_file(session, alice, place, upload("jamais.pdf"), NOW)
    await forget(session, NOW + timedelta(days=90))
    assert [piece.name for piece in await list_waiting(session, alice, place)] == ["jamais.pdf"]
    await forget(session, NOW + timedelta(days=90, seconds=1))
    assert await list_waiting(session, alice, place) == ()
    assert (await session.exec(select(StoredFile))).all() == []


async def test_a_file_that_was_sent_stays_as_long_as_its_request(session, alice):
    (hers,) = alice.subscriber_ids
    await attach_file(session, alice, f"type:fuite:{hers}", upload("compteur.pdf"), NOW)
    sent = await send_request(session, alice)
    await forget(session, NOW + timedelta(days=5_000))
    assert [piece.name for piece in await list_pieces(session, sent)] == ["compteur.pdf"]


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


@pytest.mark.parametrize("fate", ["refused_at", "withdrawn_at", "accepted_at", None])
async def test_photos_of_refused_and_withdrawn_readings_go_after_their_days_and_the_others_stay(session, alice, fate):
    supply = await create_supply(session, alice)
    reading = SentReading(
        utility_id=supply.contract.utility_id,
        contract_id=supply.contract.id,
        meter_id=supply.meter.id,
        index_litres=1_000,
        read_on=NOW.date(),
        sent_at=NOW,
        sent_by=alice.account_id,
        photo_key="0" * 64,
    )
    if fate:
        setattr(reading, fate, NOW)
    await save(session, reading)

    await forget(session, NOW + timedelta(days=89))
    await session.refresh(reading)
    assert reading.has_photo
    await forget(session, NOW + timedelta(days=91))
    await session.refresh(reading)
    assert reading.has_photo is (fate in ("accepted_at", None))
    assert reading.index_litres == 1_000


async def test_the_content_of_a_forgotten_photo_leaves_the_store_unless_another_row_names_it(session, alice):
    supply = await create_supply(session, alice)
    usual = {"utility_id": supply.contract.utility_id, "contract_id": supply.contract.id, "meter_id": supply.meter.id}
    usual |= {"index_litres": 1_000, "read_on": NOW.date(), "sent_at": NOW, "sent_by": alice.account_id}
    for fate, key in (("refused_at", "a" * 64), ("refused_at", "b" * 64), ("accepted_at", "b" * 64)):
        await save(session, SentReading(**usual, **{fate: NOW, "photo_key": key}))

    await forget(session, NOW + timedelta(days=91))
    assert await find_unused(session, ["a" * 64, "b" * 64]) == {"a" * 64}
