"""The demonstration's reconciliation: something to see on the first day, and a statement to send."""

from datetime import timedelta

import pytest

from models import Account, Agreement
from portail_app.database import transaction
from portail_app.demo_data.treasury import EXPLANATION, STATEMENT, pay_in_the_demonstration, write_statement
from portail_app.imports.treasury import read_statement
from portail_app.services.reconciliation import Fold, ReconciliationQuery, list_reconciled
from tests.factories import NOW, TODAY, create_invoice


@pytest.fixture
async def lines(session, cast, bruno) -> list[str]:
    await bill(session, bruno)
    return await pay(session, cast)


async def bill(session, viewer) -> None:
    for number in range(3):
        paid = {"amount_cents": 18_000 + number, "billed_paid_cents": 18_000 + number}
        await create_invoice(session, viewer, number=f"2026-020-10000{number}", **paid)


async def pay(session, cast) -> list[str]:
    bruno, chloe = [await session.get(Account, one.viewer.account_id) for one in (cast.bruno, cast.chloe)]
    return await pay_in_the_demonstration(session, bruno, chloe, NOW)


async def told(session, chloe) -> dict[Fold, list]:
    found = await list_reconciled(session, chloe, ReconciliationQuery(Fold.ALL), TODAY + timedelta(days=1))
    return {fold: [one for one in found.payments if one.fold is fold] for fold in Fold}


async def test_one_payment_agrees_one_difference_is_explained_and_one_waits(session, cast, chloe, lines):
    found = await told(session, chloe)

    assert [one.agreement for one in found[Fold.MATCHED]] == [Agreement.MATCHED]
    (explained,) = found[Fold.EXPLAINED]
    assert (explained.difference_cents, explained.reason) == (100, EXPLANATION)
    assert len(found[Fold.WAITING]) == 1
    assert found[Fold.OPEN] == []
    assert await pay(session, cast) == []


async def test_the_statement_to_send_knows_one_line_brings_two_and_has_one_that_is_refused(town, tmp_path, database):
    async with transaction(town.bruno.viewer) as session:
        await bill(session, town.bruno.viewer)
        write_statement(tmp_path, await pay(session, town))
    report = read_statement(database, tmp_path / STATEMENT, [town.utility.code], is_rehearsal=True)

    assert (report.read, report.new, report.unchanged, report.refused) == (4, 2, 1, 1)
    assert [refused.column for refused in report.refusals] == ["montant"]


async def test_a_town_without_paid_bills_has_nothing_to_reconcile(session, cast, tmp_path):
    write_statement(tmp_path, await pay(session, cast))

    assert list(tmp_path.iterdir()) == []
