"""The letters of campaigns: to whom, on which days, and never to who has left or does not want them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from models import (
    Account,
    CampaignContract,
    ContractParty,
    Hold,
    MailBody,
    MailEvent,
    NotificationChoice,
    PartyRole,
    Subscriber,
)
from portail_app.services.campaign_letters import write_invitations, write_reminders
from portail_app.services.campaigns import stop_campaign
from tests.dwellings import create_dwelling, read_at
from tests.factories import NOW, TODAY, create_subscriber, let_in, save
from tests.services.test_campaigns import REMINDED, launch, mails, sent_for

LAST_DAY = datetime(2026, 12, 20, 9, tzinfo=UTC)


def recipients(written) -> list[str]:
    return sorted(recipient for recipient, _ in written)


@pytest.mark.parametrize(("now", "invited"), [(LAST_DAY, 1), (LAST_DAY + timedelta(days=1), 0)])
async def test_the_last_day_is_still_of_the_campaign(session, cast, alice, chloe, now, invited):
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    assert await write_invitations(session, now) == invited


async def test_who_was_never_invited_is_not_reminded(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    assert await write_reminders(session, REMINDED) == 0


async def test_without_a_day_to_remind_nobody_is(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast, remind_on=None)
    await write_invitations(session, NOW)

    assert await write_reminders(session, LAST_DAY) == 0


async def test_a_reminder_that_was_late_is_still_written_on_the_last_day(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)
    await write_invitations(session, NOW)

    assert await write_reminders(session, LAST_DAY) == 1


@pytest.mark.parametrize("taken_back", ["withdrawn_at", "refused_at"])
async def test_who_took_their_reading_back_or_had_it_refused_is_reminded(session, cast, alice, chloe, taken_back):
    home = await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)
    await write_invitations(session, NOW)
    await save(session, sent_for(home, alice, **{taken_back: NOW}))

    assert await write_reminders(session, REMINDED) == 1


async def test_who_sent_a_reading_that_still_waits_is_not_reminded(session, cast, alice, chloe):
    home = await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)
    await write_invitations(session, NOW)
    await save(session, sent_for(home, alice))

    assert await write_reminders(session, REMINDED) == 0


async def test_a_reading_of_before_the_campaign_answers_nothing(session, cast, alice, chloe):
    home = await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)
    await write_invitations(session, NOW)
    await read_at(session, home, (TODAY - timedelta(days=1)).isoformat(), 100)

    assert await write_reminders(session, REMINDED) == 1


async def test_a_stopped_campaign_reminds_nobody(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    campaign = await launch(session, chloe, cast)
    await write_invitations(session, NOW)
    await stop_campaign(session, chloe, campaign.id, NOW)

    assert await write_reminders(session, REMINDED) == 0


async def test_two_campaigns_invite_the_same_contract_once_each(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    for title in ("Automne", "Automne, la suite"):
        await launch(session, chloe, cast, title=title)

    assert await write_invitations(session, NOW) == 2
    assert recipients(await mails(session)) == ["alice@example.fr"] * 2


async def test_two_contracts_of_one_subscriber_have_a_letter_each(session, cast, alice, chloe):
    for _ in range(2):
        await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    await write_invitations(session, NOW)

    assert recipients(await mails(session)) == ["alice@example.fr"] * 2


async def join(session, home, viewer, role: PartyRole, **time) -> None:
    (subscriber_id,) = viewer.subscriber_ids
    party = {"contract_id": home.contract.id, "subscriber_id": subscriber_id, "role": role}
    await save(session, ContractParty(**party, **time))


@pytest.mark.parametrize(
    ("role", "time", "is_told"),
    [
        (PartyRole.OCCUPANT, {}, True),
        (PartyRole.OCCUPANT, {"since": TODAY}, True),
        (PartyRole.OCCUPANT, {"since": TODAY + timedelta(days=1)}, False),
        (PartyRole.OCCUPANT, {"until": TODAY}, True),
        (PartyRole.OCCUPANT, {"until": TODAY - timedelta(days=1)}, False),
        (PartyRole.OWNER, {}, False),
    ],
)
async def test_who_lives_there_on_that_day_is_asked_too(session, cast, alice, bruno, chloe, role, time, is_told):
    home = await create_dwelling(session, cast.utility, alice)
    await join(session, home, bruno, role, **time)
    await launch(session, chloe, cast)

    await write_invitations(session, NOW)

    assert recipients(await mails(session)) == ["alice@example.fr", "bruno@example.fr"][: 1 + is_told]


async def test_whose_contract_has_ended_since_the_launch_is_neither_invited_nor_reminded(session, cast, alice, chloe):
    """The billing software ends the contract alone: its parties are of it "as long as it lasts"."""
    home = await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast, opens_on=TODAY + timedelta(days=5))
    home.contract.ended_on = TODAY + timedelta(days=5)
    await session.flush()
    assert await write_invitations(session, NOW + timedelta(days=6)) == 0

    assert await write_invitations(session, NOW + timedelta(days=5)) == 1  # their last day is theirs
    assert await write_reminders(session, REMINDED) == 0


async def test_every_address_of_who_pays_is_written_to_once(session, cast, alice, chloe):
    """Alice's account is also at the subscriber's address; her accountant's account may pay, and is not the holder."""
    await let_in(session, alice, Hold.MAY_PAY)
    (subscriber_id,) = alice.subscriber_ids
    (await session.get_one(Subscriber, subscriber_id)).email = "Alice@Example.fr"
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    await write_invitations(session, NOW)

    assert recipients(await mails(session)) == ["alice@example.fr"]


async def test_the_subscribers_address_and_the_accounts_are_both_written_to(session, cast, alice, chloe):
    (subscriber_id,) = alice.subscriber_ids
    (await session.get_one(Subscriber, subscriber_id)).email = "famille@example.fr"
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    await write_invitations(session, NOW)

    assert recipients(await mails(session)) == ["alice@example.fr", "famille@example.fr"]


async def test_an_address_as_long_as_they_come_is_written_to_like_another(session, cast, alice, chloe):
    (subscriber_id,) = alice.subscriber_ids
    longest = f"{'a' * 242}@example.fr"
    (await session.get_one(Subscriber, subscriber_id)).email = longest
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    await write_invitations(session, NOW)

    assert recipients(await mails(session)) == [longest, "alice@example.fr"]


async def test_an_account_that_was_never_activated_is_not_written_to(session, cast, alice, chloe):
    (subscriber_id,) = alice.subscriber_ids
    (await session.get_one(Subscriber, subscriber_id)).email = "famille@example.fr"
    (await session.get_one(Account, alice.account_id)).activated_at = None
    await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    await write_invitations(session, NOW)

    assert recipients(await mails(session)) == ["famille@example.fr"]


async def test_without_an_address_a_contract_counts_as_invited_and_nothing_is_written(session, cast, chloe):
    home = await create_dwelling(session, cast.utility)
    silent = await create_subscriber(session, cast.utility, email=None)
    await save(session, ContractParty(contract_id=home.contract.id, subscriber_id=silent.id))
    await launch(session, chloe, cast)

    assert await write_invitations(session, NOW) == 1
    assert await mails(session) == []
    assert (await session.exec(select(CampaignContract.invited_at))).one() == NOW


async def test_who_wants_no_mails_about_readings_has_none(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    choice = {"account_id": alice.account_id, "event": MailEvent.READING, "is_wanted": False, "chosen_at": NOW}
    await save(session, NotificationChoice(**choice))
    await launch(session, chloe, cast)

    assert await write_invitations(session, NOW) == 1
    assert await mails(session) == []


async def test_the_letter_is_in_the_name_of_the_contracts_utility_and_gives_the_last_day(session, cast, alice, chloe):
    home = await create_dwelling(session, cast.utility, alice, number="C/1 é")
    home.point.postal_code = "59900"
    await launch(session, chloe, cast, closes_on=date(2026, 12, 31))
    await write_invitations(session, NOW)

    text = (await session.exec(select(MailBody.text))).one()
    assert f"Contrat n° C/1 é, {home.point.address}, 59900 Clermont-sur-Lys" in text
    assert "jusqu'au 31 décembre 2026 :" in text
    assert "/contrats/C%2F1%20%C3%A9\n" in text
    assert "Régie des eaux de Clermont-sur-Lys" in text
