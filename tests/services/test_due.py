"""What is due, at a glance."""

from datetime import timedelta

import pytest

from models import InvoiceKind
from portail_app.database import transaction
from portail_app.reading import reading
from portail_app.services.due import Due, summarise_due
from portail_app.viewer import Viewer
from tests.factories import TODAY, create_invoice

DAY = timedelta(days=1)


async def due_of(viewer: Viewer) -> Due:
    async with reading(viewer) as reader:
        return await summarise_due(reader, viewer, TODAY)


@pytest.fixture
async def bill(town):
    """Writes an invoice of Alice's, committed."""

    async def write(**values):
        async with transaction(town.alice.viewer) as session:
            return await create_invoice(session, owner=town.alice.viewer, **values)

    return write


async def test_what_is_open_is_counted_summed_and_dated(town, bill):
    await bill(amount_cents=24311, due_on=TODAY + 10 * DAY)
    await bill(amount_cents=10000, settled_cents=4000, due_on=TODAY)

    assert await due_of(town.alice.viewer) == Due(2, 30311, TODAY, 0)


async def test_late_invoices_are_due_and_are_not_the_next_due_date(town, bill):
    await bill(amount_cents=500, due_on=TODAY - DAY)
    await bill(amount_cents=700, due_on=TODAY + DAY)

    assert await due_of(town.alice.viewer) == Due(2, 1200, TODAY + DAY, 1)


@pytest.mark.parametrize(
    "settled",
    [
        {"billed_paid_cents": 24311},
        {"settled_cents": 24311},
        {"sent_to_treasury_on": TODAY},
        {"kind": InvoiceKind.CREDIT_NOTE, "amount_cents": -2000},
    ],
)
async def test_what_is_paid_at_the_treasury_or_a_credit_is_not_due(town, bill, settled):
    await bill(**settled)

    assert await due_of(town.alice.viewer) == Due()


async def test_what_the_bank_will_pay_is_told_apart(town, bill):
    await bill(amount_cents=9000, debited_on=TODAY + 5 * DAY)
    await bill(amount_cents=1000, debited_on=TODAY + 9 * DAY)

    assert await due_of(town.alice.viewer) == Due(debited_count=2, debited_cents=10000, next_debit_on=TODAY + 5 * DAY)


async def test_who_owes_nothing_is_told_so(town, bill):
    await bill(settled_cents=24311)

    assert await due_of(town.bruno.viewer) == await due_of(Viewer.nobody()) == Due()


async def test_where_everything_is_late_there_is_no_next_due_date(town, bill):
    for days in (1, 40):
        await bill(amount_cents=100, due_on=TODAY - days * DAY)

    assert await due_of(town.alice.viewer) == Due(2, 200, None, 2)


async def test_what_is_left_is_due_and_what_was_paid_beyond_takes_nothing_from_the_rest(town, bill):
    await bill(amount_cents=1_000, billed_paid_cents=999)
    await bill(amount_cents=1_000, settled_cents=5_000)
    await bill(amount_cents=2_000, billed_paid_cents=500, settled_cents=1_500, debited_on=TODAY)

    assert await due_of(town.alice.viewer) == Due(1, 1, TODAY + 10 * DAY, 0, 1, 500, TODAY)


async def test_what_the_bank_should_have_paid_is_not_late(town, bill):
    await bill(debited_on=TODAY - 5 * DAY, due_on=TODAY - 5 * DAY)

    assert (await due_of(town.alice.viewer)).late_count == 0


async def test_a_neighbour_s_and_a_colleague_s_debts_are_nobody_else_s(town, bill):
    await bill()

    for other in (town.bruno.viewer, town.chloe.viewer, Viewer.nobody()):
        assert await due_of(other) == Due()


async def test_an_agent_who_is_a_subscriber_too_sees_her_own_debts_only(town, bill):
    await bill(amount_cents=24311)
    both = Viewer(
        account_id=town.bruno.viewer.account_id,
        subscriber_ids=town.bruno.viewer.subscriber_ids,
        ranks=town.chloe.viewer.ranks,
    )

    assert await due_of(both) == Due()
