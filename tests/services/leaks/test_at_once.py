"""The subscriber and staff, or two of a household, at the same moment: whoever is second sees what the first did."""

import asyncio

import pytest
from sqlmodel import select

from models import LeakAlert, LeakCertificate, LeakState, LeakWatch
from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services.leaks.certificates import CertificateRefused, send_certificate
from portail_app.services.leaks.decisions import accept_leak, close_leak, refuse_leak
from portail_app.services.leaks.watches import WatchDraft, keep_watch
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer
from tests.at_once import begun
from tests.leaks import leak_at_alices
from tests.services.leaks.files import draft, kept

WATCH = WatchDraft(warns_of_flow=True, most_litres_a_day=500, away_from=None, away_until=None)


@pytest.fixture
async def alert(town) -> LeakAlert:
    found, _ = await leak_at_alices(town)
    return found


async def send(town, alert: LeakAlert) -> None:
    async with transaction(town.alice.viewer) as session:
        repaired = draft(repaired_on=today())
        await send_certificate(session, town.alice.viewer, alert.id, repaired, kept(), now())


async def stored(alert: LeakAlert) -> tuple[LeakState, int]:
    """The state of the file, and how many certificates it has."""
    async with transaction(Viewer.system()) as session:
        found = await session.get_one(LeakAlert, alert.id)
        return found.state, len((await session.exec(select(LeakCertificate))).all())


async def test_a_certificate_that_comes_while_staff_close_the_file_is_refused(town, alert):
    async with transaction(town.chloe.viewer) as session:
        await close_leak(session, town.chloe.viewer, alert.id, "Erreur de relève.", now(), today())
        sending = await begun(send(town, alert))

    with pytest.raises(CertificateRefused, match="Ce dossier est clos"):
        await sending
    assert await stored(alert) == (LeakState.CLOSED, 0)


async def test_of_two_certificates_at_once_that_would_be_the_fifth_one_is_kept(town, alert):
    for _ in range(4):
        await send(town, alert)
    async with transaction(town.alice.viewer) as session:
        repaired = draft(repaired_on=today())
        await send_certificate(session, town.alice.viewer, alert.id, repaired, kept(), now())
        other = await begun(send(town, alert))

    with pytest.raises(CertificateRefused, match="5 fichiers"):
        await other
    assert await stored(alert) == (LeakState.RECEIVED, 5)


async def test_of_two_agents_who_decide_at_once_the_second_is_told_that_it_is_decided(town, alert):
    await send(town, alert)

    async def accept() -> None:
        async with transaction(town.chloe.viewer) as other:
            await accept_leak(other, town.chloe.viewer, alert.id, now(), today())

    async with transaction(town.chloe.viewer) as session:
        await refuse_leak(session, town.chloe.viewer, alert.id, "Chauffe-eau.", now(), today())
        accepting = await begun(accept())

    with pytest.raises(Invalid, match="déjà décidé"):
        await accepting
    assert (await stored(alert))[0] is LeakState.REFUSED


async def test_two_of_a_household_who_choose_for_the_first_time_at_once_are_both_answered(town):
    _, dwelling = await leak_at_alices(town)
    async with transaction(Viewer.system()) as session:
        dwelling.meter.is_telemetered = True
        session.add(dwelling.meter)

    async def keep() -> None:
        async with transaction(town.alice.viewer) as other:
            await keep_watch(other, town.alice.viewer, dwelling.contract.number, WATCH, now())

    async with transaction(town.alice.viewer) as session:
        await keep_watch(session, town.alice.viewer, dwelling.contract.number, WATCH, now())
        other = await begun(keep())
    await other

    async with transaction(Viewer.system()) as session:
        (watch,) = (await session.exec(select(LeakWatch))).all()
    assert watch.most_litres_a_day == 500
    assert await asyncio.gather(keep(), keep()) == [None, None]
