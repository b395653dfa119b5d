"""The water and the papers in a copy of one's data: of one's own time at a delivery point, to the day."""

from datetime import date, timedelta

import pytest

from models import Hold, LeakAlert, LeakKind, PartyRole, SentReading
from portail_app.services.export_water import water_sections
from portail_app.viewer import Viewer
from tests.documents import sent, upload
from tests.factories import NOW, let_in, save
from tests.supplies import count_days, create_supply
from tests.supplies import read as read_meter

SINCE, UNTIL = date(2026, 3, 1), date(2026, 6, 30)
DAY = timedelta(days=1)
AROUND = (SINCE - DAY, SINCE, UNTIL, UNTIL + DAY)
in_time = pytest.mark.parametrize(
    ("contract", "party"),
    [
        ({}, {"since": SINCE, "until": UNTIL}),
        ({"started_on": SINCE, "ended_on": UNTIL}, {}),
        ({"started_on": SINCE}, {"since": date(2020, 1, 1), "until": UNTIL}),
        ({"ended_on": UNTIL}, {"since": SINCE, "until": date(2030, 1, 1)}),
    ],
    ids=["a party's days", "a contract's days", "a party before the contract", "a party after the contract"],
)


@in_time
async def test_readings_and_volumes_are_those_of_ones_own_time_to_the_day(session, alice, contract, party):
    supply = await create_supply(session, alice, **contract, **party)
    await read_meter(session, supply.meter, *((day.isoformat(), n) for n, day in enumerate(AROUND, start=1)))
    for day in AROUND:
        await count_days(session, supply.meter, day, day)

    assert [row["date"] for row in await read(session, alice, "releves")] == [SINCE, UNTIL]
    assert [row["jour"] for row in await read(session, alice, "volumes_journaliers")] == [SINCE, UNTIL]


@in_time
async def test_a_leak_is_told_to_whose_time_it_ended_in(session, alice, contract, party):
    supply = await create_supply(session, alice, **contract, **party)
    for end in AROUND:
        await warn(session, supply.contract, end - DAY, end)
    assert [row["au"] for row in await read(session, alice, "alertes_de_fuite")] == [SINCE, UNTIL]


async def test_a_reading_is_told_with_its_meter_its_litres_and_how_it_came(session, alice):
    supply = await create_supply(session, alice)
    await read_meter(session, supply.meter, ("2026-06-30", 461))
    assert await read(session, alice, "releves") == [
        {"compteur": supply.meter.serial, "date": date(2026, 6, 30), "index_litres": 461_000, "nature": "relevee"}
    ]


@pytest.mark.parametrize(
    ("role", "sees"), [(PartyRole.PAYER, True), (PartyRole.OCCUPANT, True), (PartyRole.OWNER, False)]
)
async def test_an_owner_has_the_contract_and_not_the_tenants_days(session, alice, role, sees):
    supply = await create_supply(session, alice, role=role)
    await read_meter(session, supply.meter, ("2026-06-30", 461))
    await count_days(session, supply.meter, date(2026, 6, 30), date(2026, 6, 30))
    await warn(session, supply.contract, date(2026, 6, 1), date(2026, 6, 30))

    parts = [await read(session, alice, name) for name in ("releves", "volumes_journaliers", "alertes_de_fuite")]
    assert [len(part) for part in parts] == [int(sees)] * 3
    (contract,) = await read(session, alice, "contrats")
    assert (contract["contrat"], contract["role"]) == (supply.contract.number, role)


async def test_a_contract_is_told_with_its_place_and_both_pairs_of_days(session, alice):
    supply = await create_supply(session, alice, since=SINCE, until=UNTIL, ended_on=date(2026, 12, 31))
    (row,) = await read(session, alice, "contrats")
    assert (row["service"], row["adresse"]) == ("Eau", "12 rue du Moulin")
    assert (row["debut"], row["fin"]) == (supply.contract.started_on, date(2026, 12, 31))
    assert (row["depuis"], row["jusqu_au"]) == (SINCE, UNTIL)


async def test_a_sent_reading_is_told_to_who_sent_it_with_what_became_of_it(session, alice):
    supply = await create_supply(session, alice)
    helper = await let_in(session, alice, Hold.MAY_PAY)
    place = {"utility_id": supply.contract.utility_id, "contract_id": supply.contract.id, "meter_id": supply.meter.id}
    given = {"index_litres": 462_000, "read_on": date(2026, 11, 20), "sent_at": NOW, "comment": "Sous l’évier."}
    decided = {"refused_at": NOW, "refusal_reason": "Illisible."}
    await save(session, SentReading(**place, **given, **decided, sent_by=alice.account_id))
    await save(session, SentReading(**place, **given, sent_by=helper.account_id))

    (row,) = await read(session, alice, "releves_envoyees")
    assert (row["compteur"], row["index_litres"], row["remarque"]) == (supply.meter.serial, 462_000, "Sous l’évier.")
    assert (row["refusee_le"], row["motif"], row["validee_le"]) == (NOW, "Illisible.", None)


async def test_documents_are_told_by_name_and_by_who_placed_them(session, alice, bruno):
    await sent(session, alice, "bail.pdf")
    await sent(session, bruno, "le-sien.pdf")
    assert await read(session, alice, "documents") == [
        {
            "document": "bail.pdf",
            "type": "application/pdf",
            "octets": upload().size_bytes,
            "transmis_par_vous": True,
            "date": NOW,
        }
    ]


async def test_nothing_of_a_neighbours_water_is_in_it(session, alice, bruno):
    supply = await create_supply(session, bruno)
    await read_meter(session, supply.meter)
    await count_days(session, supply.meter, SINCE, SINCE)
    await warn(session, supply.contract, SINCE, UNTIL)
    names = [section.name for section in sections(alice)]
    assert [await read(session, alice, name) for name in names] == [[]] * len(names)
    assert [len(await read(session, bruno, name)) > 0 for name in names] == [True, True, True, False, True, False]


async def warn(session, contract, first: date, last: date) -> None:
    seen = {"kind": LeakKind.VOLUME, "litres": 250_340, "recorded_at": NOW, "mean_litres": 60_000, "years": 3}
    period = {"period_start": first, "period_end": last, "answer_until": last + 30 * DAY}
    await save(session, LeakAlert(utility_id=contract.utility_id, contract_id=contract.id, **seen, **period))


def sections(viewer: Viewer):
    return water_sections(viewer.account_id, list(viewer.subscriber_ids))


async def read(session, viewer: Viewer, name: str) -> list[dict]:
    (statement,) = [section.statement for section in sections(viewer) if section.name == name]
    return [dict(row) async for row in (await session.stream(statement)).mappings()]
