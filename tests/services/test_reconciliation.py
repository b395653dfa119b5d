"""The portal's receipts beside the treasury's statement."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models import Agreement, PaymentMode, StaffRank
from portail_app.errors import Forbidden
from portail_app.services.difference_explanations import explain_difference
from portail_app.services.reconciliation import (
    BOOKED_WITHIN,
    LOOKED_BACK,
    Fold,
    ReconciliationPage,
    ReconciliationQuery,
    count_unexplained,
    list_reconciled,
)
from tests.factories import NOW, TODAY, create_utility
from tests.receipts import AFTER, BEFORE, PAID_ON, cover, create_line, create_receipt, told

DAY = timedelta(days=1)


@pytest.fixture
async def covered(session, cast):
    await cover(session, cast.utility)


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


@pytest.mark.parametrize("paid_on", [BEFORE - DAY, AFTER + DAY])
@pytest.mark.usefixtures("covered")
async def test_a_payment_of_a_day_without_a_statement_waits(session, alice, chloe, paid_on):
    await create_receipt(session, alice, "000001", paid_on)

    assert await told(session, chloe) == [(Agreement.WAITING, 24311, None)]


@pytest.mark.parametrize("paid_on", [BEFORE, AFTER])
@pytest.mark.usefixtures("covered")
async def test_the_first_and_last_days_of_the_statements_are_covered(session, alice, chloe, paid_on):
    await create_receipt(session, alice, "000001", paid_on)

    assert await told(session, chloe) == [(Agreement.NOT_THERE, 24311, None)]


@pytest.mark.usefixtures("covered")
async def test_who_works_for_two_utilities_reconciles_each_with_its_own_statement(session, alice, chloe):
    other = await create_utility(session)
    await create_line(session, other, "2026020000001", TODAY)
    await create_receipt(session, alice, "000001", TODAY)
    both = replace(chloe, ranks={**chloe.ranks, other.id: StaffRank.AGENT})

    assert sorted(await told(session, both), key=str) == [
        (Agreement.NOT_HERE, None, 24311),
        (Agreement.WAITING, 24311, None),
    ]


@pytest.mark.usefixtures("covered")
async def test_a_line_of_a_day_to_come_covers_no_day(session, cast, alice, chloe):
    """2062 for 2026: a slip in one line would make a difference of every payment since the last statement."""
    await create_line(session, cast.utility, "BORNE2062", PAID_ON.replace(year=2062))
    await create_receipt(session, alice, "000001", TODAY)

    assert await told(session, chloe) == [(Agreement.WAITING, 24311, None)]


async def test_a_utility_that_imports_no_statement_has_no_differences(session, alice, chloe):
    await create_receipt(session, alice, "000001")

    assert await told(session, chloe, Fold.OPEN) == []
    assert await told(session, chloe, Fold.WAITING) == [(Agreement.WAITING, 24311, None)]


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
    ("search", "count"),
    [
        ("000001", 1),
        ("2026-020-000001", 1),
        ("a5d8", 1),
        ("BANQUE", 1),
        ("%", 0),
        ("_", 0),
        ("", 2),
        ("' OR 1=1 --", 0),
    ],
)
async def test_a_search_finds_by_any_word_shown_and_takes_no_wildcard(session, cast, alice, chloe, search, count):
    await create_receipt(session, alice, "000001", authorisation="A5D8")
    line = await create_line(session, cast.utility, "2026020000002", amount_cents=1)
    await explain_difference(session, chloe, line.id, None, "Erreur de la banque", NOW)

    assert len(await told(session, chloe, search=search)) == count


async def test_pages_have_the_sums_of_all_pages(session, cast, chloe):
    for number in range(5):
        await create_line(session, cast.utility, f"REF{number}", amount_cents=100)

    first = await list_reconciled(session, chloe, ReconciliationQuery(), TODAY, size=2)
    third = await list_reconciled(session, chloe, ReconciliationQuery(page=3), TODAY, size=2)
    assert (len(first.payments), first.total, first.here_cents, first.there_cents) == (2, 5, 0, 500)
    assert [one.reference for one in third.payments] == ["REF4"]
    beyond = await list_reconciled(session, chloe, ReconciliationQuery(page=9), TODAY, size=2)
    assert beyond == ReconciliationPage(payments=(), total=0, here_cents=0, there_cents=0)


@pytest.mark.parametrize(("day", "is_seen"), [(TODAY - LOOKED_BACK, True), (TODAY - LOOKED_BACK - DAY, False)])
async def test_what_is_very_old_is_not_looked_at(session, cast, alice, chloe, day, is_seen):
    await create_line(session, cast.utility, "ANCIEN", day)
    await create_receipt(session, alice, "000001", day)

    assert len(await told(session, chloe)) == (2 if is_seen else 0)


@pytest.mark.parametrize(
    ("late", "told_of"), [(BOOKED_WITHIN, []), (BOOKED_WITHIN + DAY, [(Agreement.NOT_HERE, None, 24311)])]
)
async def test_a_line_booked_within_a_month_is_still_that_of_a_payment_too_old_to_show(
    session, cast, alice, chloe, late, told_of
):
    await create_receipt(session, alice, "000001", TODAY - LOOKED_BACK - late)
    await create_line(session, cast.utility, "2026020000001", TODAY - LOOKED_BACK)

    assert await told(session, chloe) == told_of


async def test_the_newest_day_comes_first_and_of_a_day_the_references_in_order(session, cast, chloe):
    for reference, day in (("B", PAID_ON), ("C", BEFORE), ("A", PAID_ON), ("D", AFTER)):
        await create_line(session, cast.utility, reference, day)

    page = await list_reconciled(session, chloe, ReconciliationQuery(Fold.ALL), TODAY)
    assert [one.reference for one in page.payments] == ["D", "A", "B", "C"]


@pytest.mark.usefixtures("covered")
async def test_the_sums_are_those_of_what_is_shown(session, cast, alice, chloe):
    await create_receipt(session, alice, "000001")
    await create_line(session, cast.utility, "2026020000001", amount_cents=24000)
    await create_receipt(session, alice, "000002", amount_cents=500)

    page = await list_reconciled(session, chloe, ReconciliationQuery(day=PAID_ON), TODAY)

    assert (page.total, page.here_cents, page.there_cents) == (2, 24811, 24000)
    assert sorted(one.difference_cents for one in page.payments) == [311, 500]


async def test_staff_see_their_own_utilities_and_nobody_else_sees_any(session, cast, alice, chloe):
    other = await create_utility(session)
    await create_line(session, other, "AILLEURS")

    assert await told(session, chloe) == []
    with pytest.raises(Forbidden):
        await told(session, alice)
    with pytest.raises(Forbidden):
        await count_unexplained(session, alice, TODAY)
