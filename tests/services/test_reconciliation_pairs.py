"""Which line of the treasury's statement is which payment of the portal: one with one, never more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models import Agreement, StaffRank
from portail_app.services.reconciliation import (
    Fold,
    ReconciliationQuery,
    count_unexplained,
    find_reconciled,
    list_reconciled,
)
from tests.factories import TODAY, create_utility
from tests.receipts import AFTER, BEFORE, PAID_ON, cover, create_line, create_receipt, told

DAY = timedelta(days=1)
BOTH = [(Agreement.MATCHED, 24311, 24311), (Agreement.MATCHED, 500, 500)]


@pytest.fixture
async def covered(session, cast):
    await cover(session, cast.utility)


@pytest.mark.parametrize("reference", ["2026020000001", "2026-020-000001", "2026 020 000001", "PORTAIL000001"])
async def test_a_payment_on_both_sides_is_reconciled_by_either_reference(session, cast, alice, chloe, reference):
    await create_receipt(session, alice, "000001")
    await create_line(session, cast.utility, reference)

    assert await told(session, chloe) == [(Agreement.MATCHED, 24311, 24311)]
    assert await count_unexplained(session, chloe, TODAY) == 0


async def test_a_bank_that_books_days_later_is_no_difference(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001")
    await create_line(session, cast.utility, "2026020000001", PAID_ON + 4 * DAY)

    (payment,) = (await list_reconciled(session, chloe, ReconciliationQuery(Fold.ALL), TODAY)).payments
    assert payment.agreement is Agreement.MATCHED
    assert (payment.day, payment.booked_on) == (PAID_ON, PAID_ON + 4 * DAY)


async def test_one_payment_that_the_bank_tells_twice_is_a_difference_once(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001")
    for day in (PAID_ON, AFTER):
        await create_line(session, cast.utility, "2026020000001", day)

    assert await told(session, chloe, Fold.MATCHED) == [(Agreement.MATCHED, 24311, 24311)]
    assert await told(session, chloe, Fold.OPEN) == [(Agreement.NOT_HERE, None, 24311)]


@pytest.mark.usefixtures("covered")
async def test_another_authorisation_under_the_same_reference_is_another_payment(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001", authorisation="A1")
    await create_line(session, cast.utility, "2026020000001", authorisation="A2")

    assert sorted(await told(session, chloe, Fold.OPEN), key=str) == [
        (Agreement.NOT_HERE, None, 24311),
        (Agreement.NOT_THERE, 24311, None),
    ]


async def test_the_portals_own_reference_is_that_of_its_own_utility(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001", utility_id=(await create_utility(session)).id)
    await create_receipt(session, alice, "000002", refdet="2026020000001")
    await create_line(session, cast.utility, "PORTAIL000001")

    assert sorted(await told(session, chloe), key=str) == [
        (Agreement.NOT_HERE, None, 24311),
        (Agreement.NOT_THERE, 24311, None),
    ]


@pytest.mark.usefixtures("covered")
async def test_two_payments_of_one_reference_are_told_apart_by_their_authorisation(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001", authorisation="A1")
    for authorisation in ("A1", "A2"):
        await create_line(session, cast.utility, "2026020000001", authorisation=authorisation)

    assert sorted(await told(session, chloe), key=str) == [
        (Agreement.MATCHED, 24311, 24311),
        (Agreement.NOT_HERE, None, 24311),
    ]


async def test_without_authorisations_the_first_goes_with_the_first(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001", authorisation="A1")
    later = {"refdet": "2026020000001", "authorisation": "A2", "amount_cents": 500}
    await create_receipt(session, alice, "000002", AFTER, **later)
    await create_line(session, cast.utility, "2026020000001")
    await create_line(session, cast.utility, "2026020000001", AFTER, amount_cents=500)

    assert sorted(await told(session, chloe), key=str) == [
        (Agreement.MATCHED, 24311, 24311),
        (Agreement.MATCHED, 500, 500),
    ]


@pytest.mark.parametrize("debit", ["", "X9"])
async def test_a_card_and_a_debit_of_one_reference_are_never_counted_twice(session, cast, alice, chloe, debit):
    """PayFiP gives a debit no authorisation; the bank books it days after the card that paid the same invoice again."""
    await create_receipt(session, alice, "000001", BEFORE)
    await create_receipt(session, alice, "000002", refdet="2026020000001", authorisation="A2", amount_cents=500)
    await create_line(session, cast.utility, "2026020000001", authorisation="A2", amount_cents=500)
    await create_line(session, cast.utility, "2026020000001", AFTER, authorisation=debit)

    assert sorted(await told(session, chloe), key=str) == [
        (Agreement.MATCHED, 24311, 24311),
        (Agreement.MATCHED, 500, 500),
    ]


@pytest.mark.usefixtures("covered")
async def test_one_line_goes_with_one_of_two_references_that_differ_by_their_case(session, cast, alice, chloe):
    for number, refdet in (("000001", "EAUA00001"), ("000002", "EAUa00001")):
        await create_receipt(session, alice, number, refdet=refdet)
    line = await create_line(session, cast.utility, "eau-a-00001")

    assert sorted(await told(session, chloe), key=str) == [
        (Agreement.MATCHED, 24311, 24311),
        (Agreement.NOT_THERE, 24311, None),
    ]
    assert await find_reconciled(session, chloe, line.id, None, TODAY) is not None


async def test_in_test_mode_one_authorisation_is_that_of_all_payments_and_the_first_goes_with_the_first(
    session, cast, alice, chloe
):
    named = {"authorisation": "112233445566-tip"}
    await create_receipt(session, alice, "000002", AFTER, refdet="2026020000001", amount_cents=500, **named)
    await create_receipt(session, alice, "000001", PAID_ON, **named)
    await create_line(session, cast.utility, "2026020000001", AFTER, amount_cents=500, **named)
    await create_line(session, cast.utility, "2026020000001", **named)

    assert sorted(await told(session, chloe), key=str) == BOTH


@pytest.mark.parametrize("authorisation", ["", "A1"])
async def test_the_same_reference_in_two_utilities_is_two_payments(session, cast, alice, chloe, authorisation):
    other, named = await create_utility(session), {"authorisation": authorisation}
    await create_receipt(session, alice, "000001", **named)
    values = {"utility_id": other.id, "refdet": "2026020000001", "amount_cents": 500, **named}
    await create_receipt(session, alice, "000002", AFTER, **values)
    await create_line(session, other, "2026020000001", amount_cents=500, **named)
    await create_line(session, cast.utility, "2026020000001", AFTER, **named)

    assert (
        sorted(await told(session, replace(chloe, ranks={**chloe.ranks, other.id: StaffRank.AGENT})), key=str) == BOTH
    )


async def test_a_pair_is_named_by_the_portals_reference_and_by_the_authorisation_of_either(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001", authorisation="A1")
    await create_line(session, cast.utility, "PORTAIL000001")
    await create_receipt(session, alice, "000002")
    await create_line(session, cast.utility, "2026-020-000002", authorisation="B2")

    page = await list_reconciled(session, chloe, ReconciliationQuery(Fold.MATCHED), TODAY)
    assert [(one.reference, one.authorisation) for one in page.payments] == [
        ("2026020000001", "A1"),
        ("2026020000002", "B2"),
    ]
