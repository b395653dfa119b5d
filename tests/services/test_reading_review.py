"""Staff validate or refuse what subscribers sent; the sender is told, the trail remembers, both see the same."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models import AuditEntry, Mail, MailBody, Reading, ReadingKind, SentReadingState, StaffRank
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.desk import count_waiting
from portail_app.services.notifications import choose_notification
from portail_app.services.reading_checks import SentDraft
from portail_app.services.reading_desk import list_review
from portail_app.services.reading_review import accept_reading, refuse_reading
from portail_app.services.reading_sending import send_reading
from tests import factories
from tests.factories import NOW, TODAY
from tests.supplies import create_supply, read


@pytest.fixture
async def sent(session, alice):
    supply = await create_supply(session, alice)
    await read(session, supply.meter)
    return await send_reading(session, alice, supply.contract.number, SentDraft(509_000, TODAY), NOW, TODAY)


async def mail_of(session) -> tuple[Mail, str]:
    mail = (await session.exec(select(Mail))).one()
    return mail, (await session.exec(select(MailBody.text))).one()


async def test_a_validated_reading_becomes_one_of_the_meter(session, chloe, sent):
    reading = await accept_reading(session, chloe, sent.id, NOW)

    assert (reading.meter_id, reading.read_on, reading.index_litres) == (sent.meter_id, TODAY, 509_000)
    assert (reading.kind, reading.received_at) == (ReadingKind.SENT, NOW)
    assert sent.state is SentReadingState.ACCEPTED


async def test_the_sender_is_told_and_the_trail_remembers(session, chloe, sent):
    await accept_reading(session, chloe, sent.id, NOW)

    mail, text = await mail_of(session)
    assert (mail.recipient, mail.subject) == ("alice@example.fr", "Votre relève du 22/11/2026 est validée")
    assert "509\u00a0m³" in text
    entry = (await session.exec(select(AuditEntry))).one()
    assert (entry.action, entry.account_id) == ("Relève validée", chloe.account_id)


async def test_a_corrected_reading_is_kept_with_the_index_of_the_photo_and_both_are_remembered(session, chloe, sent):
    reading = await accept_reading(session, chloe, sent.id, NOW, instead_litres=519_000)

    assert (reading.index_litres, reading.kind) == (519_000, ReadingKind.SENT)
    assert (sent.state, sent.index_litres, sent.corrected_index_litres) == (SentReadingState.ACCEPTED, 509_000, 519_000)
    _, text = await mail_of(session)
    assert "(509\u00a0m³)" in text
    assert "avec l'index 519\u00a0m³ que le service a corrigé" in text
    entry = (await session.exec(select(AuditEntry))).one()
    assert (entry.action, entry.details["index retenu"]) == ("Relève corrigée", "519000 L")


async def test_a_correction_to_the_same_index_corrects_nothing(session, chloe, sent):
    await accept_reading(session, chloe, sent.id, NOW, instead_litres=509_000)

    assert (sent.state, sent.corrected_index_litres) == (SentReadingState.ACCEPTED, None)
    assert "corrigé" not in (await mail_of(session))[1]


@pytest.mark.parametrize("litres", [-1, 100_000_000, 2**31 - 1])
async def test_an_index_that_the_meter_cannot_show_is_not_kept(session, chloe, sent, litres):
    with pytest.raises(Invalid) as refused:
        await accept_reading(session, chloe, sent.id, NOW, instead_litres=litres)
    assert refused.value.field == f"index-{sent.id}"
    assert sent.state is SentReadingState.WAITING


async def test_a_refusal_says_why(session, chloe, sent):
    await refuse_reading(session, chloe, sent.id, " L’index est illisible sur la photo. ", NOW)

    mail, text = await mail_of(session)
    assert mail.subject == "Votre relève du 22/11/2026 n'a pas été retenue"
    assert "L’index est illisible sur la photo." in text
    assert (sent.state, sent.refusal_reason) == (SentReadingState.REFUSED, "L’index est illisible sur la photo.")
    assert (await session.exec(select(Reading).where(Reading.read_on == TODAY))).all() == []


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
async def test_a_refusal_needs_a_reason(session, chloe, sent, reason):
    with pytest.raises(Invalid) as refused:
        await refuse_reading(session, chloe, sent.id, reason, NOW)
    assert refused.value.field == f"reason-{sent.id}"
    assert sent.state is SentReadingState.WAITING


async def test_what_was_decided_or_withdrawn_is_not_decided_again(session, chloe, sent):
    sent.withdrawn_at = NOW
    await session.flush()

    for decide in (accept_reading(session, chloe, sent.id, NOW), refuse_reading(session, chloe, sent.id, "non", NOW)):
        with pytest.raises(Invalid, match="n’attend plus"):
            await decide


async def test_where_that_day_has_another_index_it_cannot_be_validated(session, chloe, sent):
    await factories.save(session, Reading(meter_id=sent.meter_id, read_on=TODAY, index_litres=1, kind=ReadingKind.READ))

    with pytest.raises(Invalid, match="Une autre relève"):
        await accept_reading(session, chloe, sent.id, NOW)


async def test_a_subscriber_decides_nothing_and_the_neighbouring_utility_neither(session, alice, sent):
    with pytest.raises(Forbidden):
        await accept_reading(session, alice, sent.id, NOW)
    with pytest.raises(Forbidden):
        await list_review(session, alice)
    account = await factories.create_account(session, "ailleurs@example.fr")
    await factories.appoint(session, account, await factories.create_utility(session))
    elsewhere, _ = await factories.sign_in(session, account)
    with pytest.raises(NotFound):
        await accept_reading(session, elsewhere, sent.id, NOW)
    assert await list_review(session, elsewhere) == []


async def test_staff_see_what_waits_with_the_last_index_and_the_desk_counts_it(session, chloe, sent):
    (row,) = await list_review(session, chloe)

    assert (row.index_litres, row.last_index_litres, row.state) == (509_000, 461_000, "a_valider")
    assert (row.sender, row.address) == ("Alice Martin", "12 rue du Moulin")
    assert (await count_waiting(session, chloe, TODAY)).readings == 1
    await accept_reading(session, chloe, sent.id, NOW)
    assert (await count_waiting(session, chloe, TODAY)).readings == 0
    assert [row.state for row in await list_review(session, chloe)] == ["validee"]


async def test_who_wants_no_mails_about_readings_is_told_nothing_of_what_was_decided(session, alice, chloe, sent):
    await choose_notification(session, alice, "releve", False, NOW)

    await accept_reading(session, chloe, sent.id, NOW)

    assert (await session.exec(select(Mail))).all() == []


async def test_who_works_for_another_town_does_not_validate_what_they_sent_at_home(session, alice, sent):
    elsewhere = await factories.create_utility(session)
    agent = replace(alice, ranks={elsewhere.id: StaffRank.ADMINISTRATOR})

    for decide in (accept_reading(session, agent, sent.id, NOW), refuse_reading(session, agent, sent.id, "Non", NOW)):
        with pytest.raises(NotFound):
            await decide
    assert sent.state is SentReadingState.WAITING
