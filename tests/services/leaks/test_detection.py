"""Running the rule over contracts: who is warned, once, with which figures, and what is looked at again."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models import LeakAlert, LeakKind, LeakState, Mail, MailBody, Reading, ReadingKind, SentReading
from portail_app.services.leaks.areas import LEAST_DWELLINGS, AreaMeans
from portail_app.services.leaks.detection import detect_leaks
from portail_app.services.reading_review import accept_reading
from tests.dwellings import create_dwelling, read_at, read_half_years
from tests.factories import NOW, save

USUAL = (50, 60, 50, 60, 50, 60, 50)  # and then the half-year that ends on 30 September 2026


@pytest.fixture
def utility(cast):
    return cast.utility


async def detect(session, now=NOW, **values):
    return (await detect_leaks(session, now, AreaMeans(), **values)).alerts


async def mails(session):
    found = select(Mail.recipient, Mail.subject, MailBody.text).join(MailBody, MailBody.mail_id == Mail.id)
    return (await session.exec(found.where(Mail.event_key.startswith("fuite-")).order_by(Mail.id))).all()


async def test_more_than_twice_the_mean_is_recorded_with_its_figures_and_its_reading(session, utility, alice):
    dwelling = await create_dwelling(session, utility, alice)
    reading = await read_half_years(session, dwelling, *USUAL, 121)

    (alert,) = await detect(session)

    assert (alert.contract_id, alert.reading_id, alert.kind) == (dwelling.contract.id, reading.id, LeakKind.VOLUME)
    assert (alert.period_start, alert.period_end) == (date(2026, 4, 1), date(2026, 9, 30))
    assert (alert.litres, alert.mean_litres, alert.years) == (121_000, 60_000, 3)
    assert (alert.recorded_at, alert.answer_until) == (NOW, date(2026, 12, 22))
    assert alert.state is LeakState.AWAITED


async def test_twice_the_mean_is_not_a_leak(session, utility, alice):
    await read_half_years(session, await create_dwelling(session, utility, alice), *USUAL, 120)

    assert await detect(session) == []
    assert await mails(session) == []


async def test_the_subscriber_is_told_what_it_means_what_to_do_and_until_when(session, utility, alice):
    dwelling = await create_dwelling(session, utility, alice)
    await read_half_years(session, dwelling, *USUAL, 180)

    (alert,) = await detect(session)

    ((recipient, subject, text),) = await mails(session)
    assert recipient == "alice@example.fr"
    assert "fuite" in subject
    for words in (
        "180\u00a0m³",
        "60\u00a0m³",
        "du double",
        "jusqu'au 22/12/2026",
        f"/contrats/{dwelling.contract.number}/fuite",
    ):
        assert words in text
    assert utility.name in text
    assert alert.mailed_to == 1


async def test_a_leak_without_an_address_waits_for_a_letter(session, utility):
    await read_half_years(session, await create_dwelling(session, utility), *USUAL, 180)

    (alert,) = await detect(session)

    assert alert.mailed_to == 0
    assert await mails(session) == []


async def test_an_alert_is_recorded_once_however_often_the_rule_runs(session, utility, alice):
    dwelling = await create_dwelling(session, utility, alice)
    await read_half_years(session, dwelling, *USUAL, 180)
    await detect(session)

    again = await detect_leaks(session, NOW + timedelta(days=1), AreaMeans())

    assert (again.looked_at, again.alerts) == (0, [])
    assert len(await mails(session)) == 1


async def test_a_reading_of_a_few_days_later_tells_the_same_leak_no_second_time(session, utility, alice):
    dwelling = await create_dwelling(session, utility, alice)
    await read_half_years(session, dwelling, *USUAL, 180)
    await detect(session)
    await read_at(session, dwelling, "2026-10-08", sum(USUAL) + 200, ReadingKind.SENT)

    again = await detect_leaks(session, NOW, AreaMeans())

    assert (again.looked_at, again.alerts) == (1, [])


async def test_a_corrected_reading_is_looked_at_again(session, utility, alice):
    dwelling = await create_dwelling(session, utility, alice)
    reading = await read_half_years(session, dwelling, *USUAL, 60)
    assert await detect(session) == []
    reading.index_litres += 100_000
    await session.flush()

    (alert,) = await detect(session)

    assert alert.litres == 160_000


async def test_the_next_half_year_is_another_period(session, utility, alice):
    dwelling = await create_dwelling(session, utility, alice)
    await read_half_years(session, dwelling, *USUAL, 180)
    first = await detect(session)
    await read_at(session, dwelling, "2026-11-20", sum(USUAL) + 180 + 100)

    second = await detect(session)

    assert [alert.period_start for alert in first + second] == [date(2026, 4, 1), date(2026, 10, 1)]


async def test_an_estimate_warns_nobody(session, utility, alice):
    dwelling = await create_dwelling(session, utility, alice)
    await read_half_years(session, dwelling, *USUAL, 900, last_kind=ReadingKind.ESTIMATED)

    assert await detect(session) == []


async def test_only_dwellings_that_are_served_water_are_judged(session, utility, alice):
    shop = await create_dwelling(session, utility, alice, is_dwelling=False)
    drained = await create_dwelling(session, utility, alice, service="Assainissement")
    left = await create_dwelling(session, utility, alice, ended_on=date(2026, 5, 1))
    both = await create_dwelling(session, utility, alice, service="Eau et assainissement")
    for dwelling in (shop, drained, left, both):
        await read_half_years(session, dwelling, *USUAL, 180)

    assert [alert.contract_id for alert in await detect(session)] == [both.contract.id]


async def test_a_reading_that_has_had_its_bill_long_ago_warns_nobody(session, utility, alice):
    await read_half_years(session, await create_dwelling(session, utility, alice), *USUAL, 180)

    assert await detect(session, NOW + timedelta(days=120)) == []


async def test_without_history_the_neighbourhood_is_compared_with(session, utility, alice):
    newcomer = await create_dwelling(session, utility, alice)
    newcomer.meter.installed_on = date(2026, 4, 1)
    await read_at(session, newcomer, "2026-09-30", 130)
    for _ in range(LEAST_DWELLINGS):
        await read_half_years(session, await create_dwelling(session, utility), 60, 60, 60, 60, 60, 60, 60, 60)

    (alert,) = await detect(session)

    assert (alert.contract_id, alert.years) == (newcomer.contract.id, 0)
    assert 58_000 < alert.mean_litres < 62_000


async def test_too_few_neighbours_or_those_of_another_area_say_nothing(session, utility, alice):
    newcomer = await create_dwelling(session, utility, alice, area="Nord")
    newcomer.meter.installed_on = date(2026, 4, 1)
    await read_at(session, newcomer, "2026-09-30", 900)
    for place in range(LEAST_DWELLINGS + 3):
        neighbour = await create_dwelling(session, utility, area="Nord" if place < 3 else "Centre")
        await read_half_years(session, neighbour, 60, 60, 60, 60, 60, 60, 60, 60)

    assert await detect(session) == []


async def test_contracts_are_looked_at_by_chunks_until_none_is_left(session, utility, alice):
    for volume in (180, 60, 190):
        await read_half_years(session, await create_dwelling(session, utility, alice), *USUAL, volume)

    first = await detect_leaks(session, NOW, AreaMeans(), limit=2)
    second = await detect_leaks(session, NOW, AreaMeans(), limit=2, after=first.last_id)

    assert [(one.looked_at, len(one.alerts)) for one in (first, second)] == [(2, 1), (1, 1)]
    assert second.last_id is None


async def test_an_occupant_is_told_and_neither_an_owner_nor_who_has_left(session, utility, alice, bruno, chloe):
    from models import ContractParty, PartyRole

    dwelling = await create_dwelling(session, utility)
    (alices,), (brunos,) = alice.subscriber_ids, bruno.subscriber_ids
    session.add(ContractParty(contract_id=dwelling.contract.id, subscriber_id=alices, role=PartyRole.OCCUPANT))
    session.add(ContractParty(contract_id=dwelling.contract.id, subscriber_id=brunos, role=PartyRole.OWNER))
    former = {"role": PartyRole.PAYER, "until": date(2026, 10, 1)}
    session.add(ContractParty(contract_id=dwelling.contract.id, subscriber_id=brunos, **former))
    await read_half_years(session, dwelling, *USUAL, 180)

    await detect(session)

    assert [recipient for recipient, _, _ in await mails(session)] == ["alice@example.fr"]


async def test_what_is_recorded_points_to_rows_that_exist(session, utility, alice):
    await read_half_years(session, await create_dwelling(session, utility, alice), *USUAL, 180)
    await detect(session)

    joined = select(Reading.read_on).join(LeakAlert, LeakAlert.reading_id == Reading.id)

    assert (await session.exec(joined)).all() == [date(2026, 9, 30)]


async def test_a_reading_that_staff_accept_is_judged_at_once(session, utility, alice, chloe):
    dwelling = await create_dwelling(session, utility, alice)
    await read_half_years(session, dwelling, *USUAL, 60)
    neighbour = await create_dwelling(session, utility)
    await read_half_years(session, neighbour, *USUAL, 180)
    await detect(session)
    sent = SentReading(
        utility_id=utility.id,
        contract_id=dwelling.contract.id,
        meter_id=dwelling.meter.id,
        index_litres=(sum(USUAL) + 60 + 100) * 1000,
        read_on=date(2026, 11, 20),
        sent_at=NOW,
        sent_by=alice.account_id,
    )
    await save(session, sent)

    reading = await accept_reading(session, chloe, sent.id, NOW)

    wanted = select(LeakAlert).where(LeakAlert.contract_id == dwelling.contract.id)
    alert = (await session.exec(wanted)).one()
    assert (alert.reading_id, alert.litres, alert.period_start) == (reading.id, 100_000, date(2026, 10, 1))
