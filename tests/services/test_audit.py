"""The audit trail: with the change, or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from models import AuditEntry, StaffRank
from portail_app.database import transaction
from portail_app.errors import Forbidden
from portail_app.services import audit
from portail_app.services.paging import Sought
from portail_app.services.suspensions import suspend_payments
from portail_app.viewer import Viewer
from tests import factories
from tests.factories import NOW
from tests.services.staff import staff_of


async def test_an_entry_says_who_did_what_to_what(session, cast, chloe):
    audit.record(session, chloe, "Avis publié", "Coupure", utility_id=cast.utility.id, details={"jours": 3})

    (line,) = await audit.list_entries(session, chloe)
    assert (line.entry.account_id, line.entry.action, line.entry.subject) == (
        chloe.account_id,
        "Avis publié",
        "Coupure",
    )
    assert (line.who, line.details) == ("Chloé Durand", "jours\u00a0: 3")


async def test_what_nobody_did_was_done_by_the_portal(session, cast, chloe):
    audit.record(session, Viewer.system(), "Essai", "Import", utility_id=cast.utility.id, details={"jusqu’au": None})

    (line,) = await audit.list_entries(session, chloe)
    assert (line.who, line.details) == ("Le portail", "")


async def test_an_entry_is_undone_with_its_change(town):
    chloe = town.chloe.viewer

    async def fail():
        async with transaction(chloe) as session:
            audit.record(session, chloe, "Essai", "Rien", utility_id=town.utility.id)
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    async with transaction(chloe) as session:
        assert await audit.list_entries(session, chloe) == []


async def test_a_long_subject_is_cut_rather_than_refused(session, cast, chloe):
    audit.record(session, chloe, "Essai", "x" * 500, utility_id=cast.utility.id)

    (line,) = await audit.list_entries(session, chloe)
    assert len(line.entry.subject) == 200


async def test_the_newest_entries_come_first_and_no_more_than_asked(session, cast, chloe):
    for n in range(5):
        audit.record(session, chloe, "Essai", str(n), utility_id=cast.utility.id)
        await session.flush()

    assert [line.entry.subject for line in await audit.list_entries(session, chloe, Sought(size=3))] == ["4", "3", "2"]


@pytest.mark.parametrize(
    ("search", "subjects"),
    [("coupure", ["Coupure"]), ("AVIS", ["Coupure"]), ("chloé d", ["Coupure"]), ("portail", []), ("%", []), ("", None)],
)
async def test_a_search_finds_by_who_what_and_on_what(session, cast, chloe, search, subjects):
    audit.record(session, chloe, "Avis publié", "Coupure", utility_id=cast.utility.id)
    audit.record(session, Viewer.system(), "Essai", "Import", utility_id=cast.utility.id)

    found = await audit.list_entries(session, chloe, Sought(search))
    assert [line.entry.subject for line in found] == (["Import", "Coupure"] if subjects is None else subjects)


@pytest.mark.parametrize(
    ("hour", "day"),
    [
        (datetime(2026, 11, 21, 22, 59, tzinfo=UTC), date(2026, 11, 21)),
        (datetime(2026, 11, 21, 23, 0, tzinfo=UTC), date(2026, 11, 22)),
        (datetime(2026, 7, 13, 22, 0, tzinfo=UTC), date(2026, 7, 14)),
        (datetime(2026, 7, 14, 21, 59, 59, tzinfo=UTC), date(2026, 7, 14)),
    ],
)
async def test_a_day_is_one_of_paris_in_winter_and_in_summer(session, cast, chloe, hour, day):
    session.add(AuditEntry(at=hour, utility_id=cast.utility.id, action="Essai", subject="x"))
    await session.flush()
    found = {one: len(await audit.list_entries(session, chloe, Sought(day=one))) for one in around(day)}
    assert found == {one: int(one == day) for one in around(day)}


async def test_what_one_does_of_their_own_is_told_to_each_utility_that_knows_them(session, cast, alice, chloe):
    other = await factories.create_utility(session)
    both = replace(alice, subscribed_utility_ids=alice.subscribed_utility_ids | {other.id})
    audit.record_own(session, both, "Mot de passe changé", alice.email, details={"avant": "x"})
    await session.flush()
    found = (await session.exec(select(AuditEntry.utility_id, AuditEntry.account_id))).all()
    assert sorted(found) == [(cast.utility.id, alice.account_id), (other.id, alice.account_id)]


async def test_an_empty_detail_is_left_out_and_a_zero_is_not(session, cast, chloe):
    details = {"avant": "", "après": None, "abonnés": 0, "dossier": "contrat"}
    audit.record(session, chloe, "Essai", "x", utility_id=cast.utility.id, details=details)
    (line,) = await audit.list_entries(session, chloe)
    assert line.details == "abonnés\u00a0: 0 · dossier\u00a0: contrat"


async def test_only_administrators_read_it_and_only_their_own_utility_s(session, cast, alice, chloe):
    audit.record(session, chloe, "Essai", "Ici", utility_id=cast.utility.id)
    stranger = await staff_of(session, await factories.create_utility(session), StaffRank.ADMINISTRATOR)
    manager = await staff_of(session, cast.utility, StaffRank.MANAGER)

    assert await audit.list_entries(session, stranger) == []
    for refused in (alice, manager, Viewer.nobody()):
        with pytest.raises(Forbidden):
            await audit.list_entries(session, refused)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-30T17:00:00+00:00", "30/11/2026 à\u00a018:00"),
        ("2026-07-14T10:00:00Z", "14/07/2026 à\u00a012:00"),
        ("2026-11-30T17:00:00.123456+00:00", "30/11/2026 à\u00a018:00"),
        ("2026-11-30", "30/11/2026"),
        ("Chloé Durand, 2026-11-30", "Chloé Durand, 30/11/2026"),
        ("en_attente", "en attente de l’abonné"),
        ("2017-020-002059", "2017-020-002059"),
        ("D2026-00012", "D2026-00012"),
    ],
)
async def test_what_is_written_for_machines_is_read_in_french(session, cast, chloe, written, read):
    audit.record(session, chloe, "Essai", "x", utility_id=cast.utility.id, details={"jusqu’au": written})
    (line,) = await audit.list_entries(session, chloe)
    assert line.details == f"jusqu’au\u00a0: {read}"


async def test_the_end_of_a_suspension_is_a_day_and_an_hour_of_paris(session, cast, chloe):
    await suspend_payments(session, chloe, cast.utility.id, "Maintenance", NOW + timedelta(days=1), NOW)
    (line,) = await audit.list_entries(session, chloe)
    assert "23/11/2026 à\u00a010:30" in line.details


def around(day: date) -> list[date]:
    return [day + timedelta(days=n) for n in (-1, 0, 1)]
