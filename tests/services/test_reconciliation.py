"""The portal's receipts beside the treasury's statement."""

from datetime import timedelta

import pytest

from models import Agreement, PaymentMode
from portail_app.errors import Forbidden
from portail_app.services.reconciliation import (
    LOOKED_BACK,
    Fold,
    ReconciliationPage,
    ReconciliationQuery,
    count_unexplained,
    find_reconciled,
    list_reconciled,
)
from tests.factories import TODAY, create_utility
from tests.receipts import PAID_ON, create_line, create_receipt

BEFORE, AFTER = PAID_ON - timedelta(days=1), PAID_ON + timedelta(days=1)


@pytest.fixture
async def covered(session, cast):
    """The statement has lines before and after the day."""
    for day in (BEFORE, AFTER):
        await create_line(session, cast.utility, f"BORNE{day.day}", day)


async def told(session, viewer, fold=Fold.ALL, **query) -> list[tuple]:
    page = await list_reconciled(session, viewer, ReconciliationQuery(fold, **query), TODAY)
    return [(one.agreement, one.here_cents, one.there_cents) for one in page.payments if "BORNE" not in one.reference]


@pytest.mark.parametrize("reference", ["2026020000001", "2026-020-000001", "2026 020 000001", "PORTAIL000001"])
async def test_a_payment_on_both_sides_is_reconciled_by_either_reference(session, cast, alice, chloe, reference):
    await create_receipt(session, alice, "000001")
    await create_line(session, cast.utility, reference)

    assert await told(session, chloe) == [(Agreement.MATCHED, 24311, 24311)]
    assert await count_unexplained(session, chloe, TODAY) == 0


async def test_a_bank_that_books_days_later_is_no_difference(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001")
    await create_line(session, cast.utility, "2026020000001", PAID_ON + timedelta(days=4))

    (payment,) = (await list_reconciled(session, chloe, ReconciliationQuery(Fold.ALL), TODAY)).payments
    assert payment.agreement is Agreement.MATCHED
    assert (payment.day, payment.booked_on) == (PAID_ON, PAID_ON + timedelta(days=4))


@pytest.mark.usefixtures("covered")
async def test_what_one_side_does_not_know_is_a_difference(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001")
    await create_line(session, cast.utility, "2026020000002", amount_cents=1000)

    assert await told(session, chloe, Fold.OPEN) == [
        (Agreement.NOT_THERE, 24311, None),
        (Agreement.NOT_HERE, None, 1000),
    ]


async def test_amounts_that_differ_are_a_difference(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001")
    await create_line(session, cast.utility, "2026020000001", amount_cents=24310)

    assert await told(session, chloe, Fold.OPEN) == [(Agreement.DIFFERENT, 24311, 24310)]
    assert await count_unexplained(session, chloe, TODAY) == 1


@pytest.mark.parametrize("paid_on", [BEFORE - timedelta(days=1), AFTER + timedelta(days=1)])
@pytest.mark.usefixtures("covered")
async def test_a_payment_of_a_day_without_a_statement_waits(session, alice, chloe, paid_on):
    await create_receipt(session, alice, "000001", paid_on)

    assert await told(session, chloe) == [(Agreement.WAITING, 24311, None)]


async def test_a_utility_that_imports_no_statement_has_no_differences(session, alice, chloe):
    await create_receipt(session, alice, "000001")

    assert await told(session, chloe, Fold.OPEN) == []
    assert await told(session, chloe, Fold.WAITING) == [(Agreement.WAITING, 24311, None)]


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
    await create_receipt(session, alice, "000002", refdet="2026020000001", authorisation="A2", amount_cents=500)
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


async def test_a_payment_at_midnight_has_the_day_of_paris(session, cast, alice, chloe):
    receipt = await create_receipt(session, alice, "000001")
    receipt.paid_at = receipt.paid_at.replace(hour=23, minute=30)
    await create_line(session, cast.utility, "2026020000001", AFTER)

    assert await told(session, chloe, day=AFTER) == [(Agreement.MATCHED, 24311, 24311)]
    assert await told(session, chloe, day=PAID_ON) == []


async def test_a_test_of_a_utility_in_production_is_not_money(session, cast, alice, chloe):
    cast.utility.payfip_mode = PaymentMode.PRODUCTION
    await create_receipt(session, alice, "000001")
    await create_receipt(session, alice, "000002", mode=PaymentMode.PRODUCTION)

    assert await told(session, chloe) == [(Agreement.WAITING, 24311, None)]


@pytest.mark.parametrize(
    ("search", "count"), [("000001", 1), ("2026-020-000001", 1), ("%", 0), ("_", 0), ("", 2), ("' OR 1=1 --", 0)]
)
async def test_a_search_finds_by_reference_and_invoice_and_takes_no_wildcard(session, alice, chloe, search, count):
    await create_receipt(session, alice, "000001")
    await create_receipt(session, alice, "000002")

    assert len(await told(session, chloe, search=search)) == count


async def test_pages_have_the_sums_of_all_pages(session, cast, chloe):
    for number in range(5):
        await create_line(session, cast.utility, f"REF{number}", amount_cents=100)

    first = await list_reconciled(session, chloe, ReconciliationQuery(), TODAY, size=2)
    third = await list_reconciled(session, chloe, ReconciliationQuery(page=3), TODAY, size=2)
    assert (len(first.payments), first.total, first.here_cents, first.there_cents) == (2, 5, 0, 500)
    assert [one.reference for one in third.payments] == ["REF4"]
    assert await list_reconciled(session, chloe, ReconciliationQuery(page=9), TODAY, size=2) == ReconciliationPage()


async def test_what_is_very_old_is_not_looked_at(session, cast, chloe):
    await create_line(session, cast.utility, "ANCIEN", TODAY - LOOKED_BACK - timedelta(days=1))

    assert await told(session, chloe) == []


async def test_staff_see_their_own_utilities_and_nobody_else_sees_any(session, cast, alice, chloe):
    other = await create_utility(session)
    await create_line(session, other, "AILLEURS")

    assert await told(session, chloe) == []
    with pytest.raises(Forbidden):
        await told(session, alice)
    with pytest.raises(Forbidden):
        await count_unexplained(session, alice, TODAY)
