"""Staff want a payment asked about again (payfip.md 1.6, rule 3)."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import AttemptState, AuditEntry, StaffRank
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.payments.rechecks import ask_again
from tests.factories import NOW, create_invoice
from tests.payments import create_attempt
from tests.services.staff import damien_of_elsewhere, staff_of

A_YEAR = timedelta(days=365)


@pytest.fixture
async def attempt(session, alice):
    invoice = await create_invoice(session, alice)
    return await create_attempt(session, alice, invoice, state=AttemptState.EXPIRED, opened_at=NOW)


@pytest.mark.parametrize("state", [state for state in AttemptState if state is not AttemptState.PAID])
async def test_a_manager_has_any_payment_without_a_paid_result_asked_about_now(session, cast, attempt, state):
    manager = await staff_of(session, cast.utility, StaffRank.MANAGER)
    attempt.state, later = state, NOW + timedelta(days=30)

    assert await ask_again(session, manager, attempt.reference, later) == attempt.id

    assert (attempt.next_check_at, attempt.state) == (later, state)
    entry = (await session.exec(select(AuditEntry))).one()
    assert (entry.action, entry.subject) == ("Paiement vérifié de nouveau", attempt.reference)
    assert (entry.account_id, entry.utility_id) == (manager.account_id, cast.utility.id)


async def test_payfip_keeps_a_result_for_a_year_to_the_day(session, chloe, attempt):
    assert await ask_again(session, chloe, attempt.reference, NOW + A_YEAR) == attempt.id
    with pytest.raises(Invalid, match=r"^PayFiP ne garde le résultat d’un paiement qu’un an\.$"):
        await ask_again(session, chloe, attempt.reference, NOW + A_YEAR + timedelta(microseconds=1))
    assert attempt.next_check_at == NOW + A_YEAR


@pytest.mark.parametrize("change", [{"state": AttemptState.PAID}, {"opened_at": None}])
async def test_what_is_paid_or_never_left_has_nothing_to_ask(session, chloe, attempt, change):
    for name, value in change.items():
        setattr(attempt, name, value)

    with pytest.raises(Invalid, match=r"^Ce paiement n’a rien à vérifier auprès de PayFiP\.$"):
        await ask_again(session, chloe, attempt.reference, NOW)

    assert attempt.next_check_at is None
    assert (await session.exec(select(AuditEntry))).all() == []


async def test_neither_who_pays_nor_an_agent_nor_another_utility_has_it_asked(session, cast, alice, bruno, attempt):
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)
    elsewhere = await damien_of_elsewhere(session)

    for viewer, refusal in ((alice, Forbidden), (agent, Forbidden), (bruno, NotFound), (elsewhere, NotFound)):
        with pytest.raises(refusal):
            await ask_again(session, viewer, attempt.reference, NOW)

    assert attempt.next_check_at is None
    assert (await session.exec(select(AuditEntry))).all() == []
