"""Reading campaigns: which contracts are asked, who is written to and how often, and what staff see of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from models import AuditEntry, CampaignContract, Mail, MailBody, ReadingKind, SentReading, StaffRank
from portail_app.database import execute_sql
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.campaign_letters import write_invitations, write_reminders
from portail_app.services.campaign_progress import list_campaigns
from portail_app.services.campaign_query import CampaignDraft
from portail_app.services.campaigns import count_contracts, launch_campaign, stop_campaign
from tests.dwellings import create_dwelling, read_at
from tests.factories import NOW, TODAY, save

REMINDED = datetime(2026, 12, 8, 9, tzinfo=UTC)


def draft(cast, **values) -> CampaignDraft:
    usual = {"opens_on": TODAY, "closes_on": date(2026, 12, 20), "remind_on": date(2026, 12, 8)}
    return CampaignDraft(cast.utility.id, **{"title": "Relève d’automne", **usual, **values})


async def asked(session, campaign):
    found = select(CampaignContract.contract_id).where(CampaignContract.campaign_id == campaign.id)
    return set((await session.exec(found)).all())


async def mails(session):
    found = select(Mail.recipient, Mail.subject).where(Mail.event_key.startswith("campagne-"))
    return (await session.exec(found.order_by(Mail.id))).all()


async def launch(session, viewer, cast, **values):
    return await launch_campaign(session, viewer, draft(cast, **values), NOW, TODAY)


async def test_the_query_finds_open_contracts_of_water_whose_meter_must_be_read(session, cast, alice, chloe):
    home = await create_dwelling(session, cast.utility, alice)
    telemetered = await create_dwelling(session, cast.utility, alice)
    telemetered.meter.is_telemetered = True
    await create_dwelling(session, cast.utility, alice, ended_on=TODAY - timedelta(days=1))
    await create_dwelling(session, cast.utility, alice, service="Ordures ménagères")
    removed = await create_dwelling(session, cast.utility, alice)
    removed.meter.removed_on = date(2026, 1, 1)
    await session.flush()

    assert await count_contracts(session, chloe, draft(cast), TODAY) == 1
    assert await asked(session, await launch(session, chloe, cast)) == {home.contract.id}


async def test_launching_asks_for_its_letters_at_once_even_where_others_wait_already(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    first, second = await launch(session, chloe, cast), await launch(session, chloe, cast, title="La suivante")

    assert [one.campaign.id for one in await list_campaigns(session, chloe)] == [second.id, first.id]
    assert await count_jobs(session) == 1


async def count_jobs(session) -> int:
    asked = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'campaigns.write'")
    return (await execute_sql(session, asked)).scalar_one()


async def test_the_last_day_that_there_is_is_a_day_like_another(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    never = {"opens_on": date.max, "closes_on": date.max, "remind_on": None}

    assert await count_contracts(session, chloe, draft(cast, **never), TODAY) == 1


async def test_the_query_chooses_by_place_and_by_the_last_true_reading(session, cast, chloe):
    homes = [await create_dwelling(session, cast.utility, area=area) for area in ("Centre", "Nord", "Nord")]
    homes[0].point.city = "Les Aulnes"
    await read_at(session, homes[1], "2026-09-30", 100, ReadingKind.ESTIMATED)
    await read_at(session, homes[2], "2026-09-30", 100)

    async def found(**values):
        return await asked(session, await launch(session, chloe, cast, **values))

    first, second, third = (home.contract.id for home in homes)
    assert await found(city=" les aulnes ") == {first}
    assert await found(area="nord") == {second, third}
    assert await found(unread_since=date(2026, 6, 1)) == {first, second}
    assert await found() == {first, second, third}


async def test_a_campaign_is_written_into_the_journal_with_its_number_of_contracts(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)

    await launch(session, chloe, cast)

    (entry,) = (await session.exec(select(AuditEntry).where(AuditEntry.action == "Campagne de relève lancée"))).all()
    assert (entry.account_id, entry.details) == (chloe.account_id, {"contrats": 1})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"opens_on": TODAY - timedelta(days=1)}, "opens_on"),
        ({"closes_on": TODAY - timedelta(days=1)}, "closes_on"),
        ({"closes_on": TODAY + timedelta(days=93)}, "closes_on"),
        ({"remind_on": TODAY}, "remind_on"),
        ({"remind_on": date(2026, 12, 21)}, "remind_on"),
        ({"city": "Nulle-Part"}, "city"),
        ({"city": "x" * 81}, "city"),
        ({"area": "x" * 81}, "area"),
    ],
)
async def test_what_cannot_be_meant_is_refused_at_its_field(session, cast, alice, chloe, values, field):
    await create_dwelling(session, cast.utility, alice)

    with pytest.raises(Invalid) as refused:
        await launch(session, chloe, cast, **values)

    assert refused.value.field == field
    with pytest.raises(Invalid):
        await count_contracts(session, chloe, draft(cast, **values), TODAY)


@pytest.mark.parametrize(
    "values",
    [
        {"closes_on": TODAY + timedelta(days=92)},
        {"closes_on": TODAY, "remind_on": None},
        {"remind_on": TODAY + timedelta(days=1)},
        {"remind_on": date(2026, 12, 20)},
        {"title": "x" * 120},
    ],
)
async def test_what_is_at_the_edge_of_what_can_be_meant_is_launched(session, cast, alice, chloe, values):
    await create_dwelling(session, cast.utility, alice)

    assert (await launch(session, chloe, cast, **values)).id is not None


async def test_a_campaign_is_kept_without_the_blanks_around_its_words(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice, area="Nord")

    campaign = await launch(session, chloe, cast, title=" Automne ", city=" Clermont-sur-Lys", area="Nord ")

    assert (campaign.title, campaign.city, campaign.area) == ("Automne", "Clermont-sur-Lys", "Nord")


async def test_a_campaign_is_stopped_once_and_the_journal_says_when_and_by_whom(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    campaign = await launch(session, chloe, cast)

    for day in (1, 2):
        await stop_campaign(session, chloe, campaign.id, NOW + timedelta(days=day))

    assert campaign.stopped_at == NOW + timedelta(days=1)
    (entry,) = (await session.exec(select(AuditEntry).where(AuditEntry.action == "Campagne de relève arrêtée"))).all()
    assert (entry.account_id, entry.subject) == (chloe.account_id, "Relève d’automne")


async def test_only_managers_of_the_utility_launch_and_stop(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    campaign = await launch(session, chloe, cast)

    for refused in (launch(session, alice, cast), list_campaigns(session, alice)):
        with pytest.raises(Forbidden):
            await refused
    with pytest.raises(NotFound):
        await stop_campaign(session, alice, campaign.id, NOW)
    chloe.ranks[cast.utility.id] = StaffRank.AGENT
    with pytest.raises(Forbidden):
        await launch(session, chloe, cast)
    with pytest.raises(Forbidden):
        await stop_campaign(session, chloe, campaign.id, NOW)
    assert len(await list_campaigns(session, chloe)) == 1


async def test_each_contract_is_invited_once(session, cast, alice, chloe):
    dwelling = await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)

    assert await write_invitations(session, NOW) == 1
    assert await write_invitations(session, NOW + timedelta(days=1)) == 0

    assert await mails(session) == [("alice@example.fr", "Relevez votre compteur d’eau")]
    text = (await session.exec(select(MailBody.text))).one()
    assert dwelling.contract.number in text
    assert "20 décembre 2026" in text


async def test_who_has_not_answered_is_reminded_once_on_the_day(session, cast, alice, bruno, chloe):
    answered = await create_dwelling(session, cast.utility, alice)
    await create_dwelling(session, cast.utility, bruno)
    await launch(session, chloe, cast)
    await write_invitations(session, NOW)
    await read_at(session, answered, "2026-11-25", 400, ReadingKind.SENT)

    assert await write_reminders(session, REMINDED - timedelta(days=1)) == 0
    assert await write_reminders(session, REMINDED) == 1
    assert await write_reminders(session, REMINDED + timedelta(days=1)) == 0

    assert [who for who, subject in await mails(session) if subject.startswith("Rappel")] == ["bruno@example.fr"]


async def test_nobody_is_written_to_before_after_or_once_it_is_stopped(session, cast, alice, chloe):
    await create_dwelling(session, cast.utility, alice)
    campaign = await launch(session, chloe, cast, opens_on=TODAY + timedelta(days=3))

    assert await write_invitations(session, NOW) == 0
    assert await write_invitations(session, NOW + timedelta(days=60)) == 0
    await stop_campaign(session, chloe, campaign.id, NOW)
    await stop_campaign(session, chloe, campaign.id, NOW)
    assert await write_invitations(session, NOW + timedelta(days=4)) == 0


async def test_letters_are_written_a_chunk_at_a_time(session, cast, chloe):
    for _ in range(3):
        await create_dwelling(session, cast.utility)
    await launch(session, chloe, cast)

    assert [await write_invitations(session, NOW, limit=2) for _ in range(3)] == [2, 1, 0]


async def test_staff_see_how_many_were_asked_written_to_and_have_answered(session, cast, alice, bruno, chloe):
    sent, read, _ = [await create_dwelling(session, cast.utility, who) for who in (alice, bruno, alice)]
    await launch(session, chloe, cast)
    await write_invitations(session, NOW)
    await save(session, sent_for(sent, alice))
    await read_at(session, read, "2026-11-24", 400)
    await write_reminders(session, REMINDED)

    (progress,) = await list_campaigns(session, chloe)

    assert (progress.asked, progress.invited, progress.reminded, progress.answered) == (3, 3, 1, 2)


@pytest.mark.parametrize("taken_back", ["withdrawn_at", "refused_at"])
async def test_a_reading_that_was_taken_back_or_refused_is_no_answer(session, cast, alice, chloe, taken_back):
    dwelling = await create_dwelling(session, cast.utility, alice)
    await launch(session, chloe, cast)
    await save(session, sent_for(dwelling, alice, **{taken_back: NOW}))

    (progress,) = await list_campaigns(session, chloe)

    assert progress.answered == 0


def sent_for(dwelling, viewer, **values) -> SentReading:
    return SentReading(
        utility_id=dwelling.contract.utility_id,
        contract_id=dwelling.contract.id,
        meter_id=dwelling.meter.id,
        index_litres=400_000,
        read_on=date(2026, 11, 23),
        sent_at=NOW,
        sent_by=viewer.account_id,
        **values,
    )
