"""Who reads which payment, which is abandoned, and which are to be asked about (payfip.md 1.6, rules 2, 3 and 7)."""

from datetime import timedelta

import pytest

from models import AttemptState, Hold, StaffRank
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services.payments.attempts import (
    abandon_attempt,
    claim_due_attempts,
    find_attempt,
    list_allocations,
    make_due,
)
from portail_app.viewer import Viewer
from tests.factories import NOW, create_invoice, let_in
from tests.payments import create_attempt
from tests.services.staff import damien_of_elsewhere, staff_of

IDOP = "11111111-2222-3333-4444-555555555555"
LEASE = NOW + timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def invoice(session, alice):
    return await create_invoice(session, alice)


@pytest.fixture
async def attempt(session, alice, invoice):
    return await create_attempt(session, alice, invoice, reference="ABCDEFGH2345")


async def test_who_pays_and_the_staff_of_the_utility_read_a_payment(session, cast, alice, attempt):
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)

    for viewer in (alice, agent, Viewer.system()):
        assert await find_attempt(session, viewer, "ABCDEFGH2345") is attempt


async def test_to_everybody_else_it_does_not_exist(session, alice, bruno, attempt):
    """Not even to whom the same invoices belong: what somebody pays with is theirs."""
    delegate = await let_in(session, alice, Hold.MAY_PAY)

    for viewer in (bruno, delegate, await damien_of_elsewhere(session), Viewer.nobody()):
        with pytest.raises(NotFound, match=r"^Paiement introuvable\.$"):
            await find_attempt(session, viewer, "ABCDEFGH2345")


@pytest.mark.parametrize(
    "reference", ["", "ABCDEFGH2346", "abcdefgh2345", "ABCDEFGH2345 ", "%", "' OR 1=1", "\0", "A" * 99]
)
async def test_any_other_reference_is_that_of_no_payment(session, alice, attempt, reference):
    with pytest.raises(NotFound, match=r"^Paiement introuvable\.$"):
        await find_attempt(session, alice, reference)


async def test_a_payment_is_read_as_the_database_has_it_now(town):
    alice = town.alice.viewer
    async with transaction(alice) as session:
        attempt = await create_attempt(session, alice, await create_invoice(session, alice))
    async with transaction(alice) as session:
        read = await find_attempt(session, alice, attempt.reference)
        async with transaction(Viewer.system()) as other:
            (await find_attempt(other, Viewer.system(), attempt.reference)).state = AttemptState.PENDING

        assert (await find_attempt(session, alice, attempt.reference)).state is AttemptState.PENDING
        assert read.state is AttemptState.PENDING


async def test_the_parts_of_a_payment_come_in_the_order_of_their_choice(session, alice, invoice):
    first = await create_invoice(session, alice)
    attempt = await create_attempt(session, alice, first, invoice)
    await create_attempt(session, alice, invoice)

    parts = await list_allocations(session, attempt)
    parts[0].amount_cents = 1  # PostgreSQL writes it again, after the others
    await session.flush()

    for found in (parts, await list_allocations(session, attempt)):
        assert [part.invoice_number for part in found] == [first.number, invoice.number]


@pytest.mark.parametrize("state", AttemptState)
async def test_only_what_has_no_result_yet_is_abandoned(session, alice, attempt, state):
    attempt.state, attempt.idop, attempt.next_check_at = state, IDOP, NOW

    await abandon_attempt(session, alice, attempt.reference)

    await session.refresh(attempt)
    may_be = state in (AttemptState.PREPARED, AttemptState.PENDING)
    assert attempt.state is (AttemptState.CANCELLED if may_be else state)
    assert (attempt.idop, attempt.next_check_at) == (IDOP, NOW)


async def test_nobody_else_abandons_it_not_even_the_staff_who_read_it(session, bruno, chloe, attempt):
    for viewer in (bruno, chloe, Viewer.system(), Viewer.nobody()):
        with pytest.raises(NotFound, match=r"^Paiement introuvable\.$"):
            await abandon_attempt(session, viewer, attempt.reference)

    await session.refresh(attempt)
    assert attempt.state is AttemptState.PREPARED


async def test_one_abandons_ones_own_payment_and_no_other(session, alice, invoice, attempt):
    other = await create_attempt(session, alice, invoice)

    await abandon_attempt(session, alice, attempt.reference)

    await session.refresh(other)
    assert other.state is AttemptState.PREPARED


@pytest.mark.parametrize("appointment", [None, NOW + MINUTE])
@pytest.mark.parametrize("state", [state for state in AttemptState if state is not AttemptState.PAID])
async def test_a_hint_makes_a_payment_due_at_once(session, attempt, state, appointment):
    attempt.state, attempt.idop, attempt.next_check_at = state, IDOP, appointment

    assert await make_due(session, NOW, idop=IDOP) == attempt.id
    await session.refresh(attempt)
    assert attempt.next_check_at == NOW
    assert await make_due(session, NOW, idop=IDOP) is None


async def test_a_hint_is_about_one_payment_and_moves_no_other(session, alice, invoice, attempt):
    attempt.idop, other_idop = IDOP, "99999999-2222-3333-4444-555555555555"
    other = await create_attempt(session, alice, invoice, idop=other_idop, next_check_at=LEASE)

    for named in ({"idop": IDOP}, {"reference": attempt.reference}):
        attempt.next_check_at = None
        assert await make_due(session, NOW, **named) == attempt.id
    await session.refresh(other)
    assert other.next_check_at == LEASE


async def test_the_payers_return_is_a_hint_too(session, attempt):
    attempt.idop = IDOP

    assert await make_due(session, NOW, reference=attempt.reference) == attempt.id


async def test_a_hint_about_what_is_paid_unknown_or_never_handed_over_changes_nothing(session, attempt):
    for named in ({"reference": attempt.reference}, {"idop": IDOP}, {"reference": "ZZZZ"}, {}):
        assert await make_due(session, NOW, **named) is None
    attempt.idop, attempt.state = IDOP, AttemptState.PAID

    assert await make_due(session, NOW, idop=IDOP) is None
    await session.refresh(attempt)
    assert attempt.next_check_at is None


async def test_what_is_due_is_taken_for_a_while_the_longest_waiting_first(session, alice, invoice):
    ages = {"late": -9 * MINUTE, "later": -10 * MINUTE, "now": 0 * MINUTE, "soon": timedelta(microseconds=1)}
    due = {name: await create_attempt(session, alice, invoice, next_check_at=NOW + age) for name, age in ages.items()}
    await create_attempt(session, alice, invoice)

    assert await claim_due_attempts(session, NOW, LEASE, 1) == [due["later"].id]
    assert set(await claim_due_attempts(session, NOW, LEASE, 9)) == {due["late"].id, due["now"].id}
    assert await claim_due_attempts(session, NOW, LEASE, 9) == []
    await session.refresh(due["now"])
    assert due["now"].next_check_at == LEASE


async def test_what_a_crash_left_comes_back_once_its_lease_is_over(session, alice, invoice):
    attempt = await create_attempt(session, alice, invoice, next_check_at=NOW)
    await claim_due_attempts(session, NOW, LEASE, 9)

    assert await claim_due_attempts(session, LEASE - timedelta(microseconds=1), LEASE, 9) == []
    assert await claim_due_attempts(session, LEASE, LEASE + 10 * MINUTE, 9) == [attempt.id]


@pytest.mark.parametrize("state", AttemptState)
async def test_only_what_is_paid_is_never_due(session, alice, invoice, state):
    await create_attempt(session, alice, invoice, state=state, next_check_at=NOW)

    assert len(await claim_due_attempts(session, NOW, LEASE, 9)) == (state is not AttemptState.PAID)


async def test_two_workers_never_take_the_same_payment(town):
    alice = town.alice.viewer
    async with transaction(alice) as session:
        bill = await create_invoice(session, alice)
        ids = {(await create_attempt(session, alice, bill, next_check_at=NOW - n * MINUTE)).id for n in range(4)}

    async with transaction(Viewer.system()) as one, transaction(Viewer.system()) as other:
        taken = await claim_due_attempts(one, NOW, LEASE, 3), await claim_due_attempts(other, NOW, LEASE, 3)

    assert [len(some) for some in taken] == [3, 1]
    assert set(taken[0]) | set(taken[1]) == ids
