"""What a contract's periods cost: the cents of the bills that were imported, and only who may read a bill sees one."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from models import Invoice, InvoiceContract, InvoiceKind
from portail_app.database import database_url, transaction
from portail_app.demo_data.files import write_demo_data
from portail_app.gateways.file_store import FileStore
from portail_app.imports.reports import RefusalLog
from portail_app.imports.runs import ImportRun
from portail_app.reading import reader_of
from portail_app.services.contract_costs import list_costs
from portail_app.services.contracts import find_tenure, list_tenures
from portail_app.services.meter_history import find_history
from portail_app.viewer import Viewer
from tests.conftest import empty
from tests.dwellings import create_dwelling, read_at
from tests.factories import create_invoice, create_utility, save
from tests.services.test_costs import rate

TODAY = date(2026, 11, 22)


async def costs_of(session, viewer, number):
    reader = await reader_of(session)
    tenure = await find_tenure(reader, viewer, number)
    return await list_costs(reader, viewer, tenure, await find_history(reader, tenure))


@pytest.fixture
async def imported(database: str, tmp_path) -> AsyncIterator[Viewer]:
    """The demonstration's town, by the ordinary import."""
    write_demo_data(tmp_path, 60, 1, TODAY)
    with RefusalLog() as log:
        ImportRun(database_url(), FileStore(tmp_path / "stored"), log).execute([tmp_path])
        assert log.count == 0
    yield Viewer.system()
    empty(database)


async def test_every_period_costs_what_its_imported_bill_says_to_the_cent(imported: Viewer):
    """Of every household with a bill of the same days and the same volume: several hundred bills, four tariffs."""
    async with transaction(imported) as session:
        numbers = [tenure.contract.number for tenure in await list_tenures(await reader_of(session), imported)]
        estimated = [cost for number in numbers for cost in await costs_of(session, imported, number)]

    compared = [(cost.cost.gross_cents, cost.bill.amount_cents) for cost in estimated if cost.bill]
    assert len(compared) > 300
    assert [pair for pair in compared if pair[0] != pair[1]] == []


@pytest.fixture
async def home(session, cast, alice):
    dwelling = await create_dwelling(session, cast.utility, alice)
    await read_at(session, dwelling, "2025-12-31", 100)
    await read_at(session, dwelling, "2026-06-30", 160)
    await save(session, rate("1.00", utility_id=cast.utility.id, starts_on=date(2026, 1, 1)))
    await save(session, rate("12.00", utility_id=cast.utility.id, position=2, is_fixed=True))
    return dwelling


async def bill(session, owner, *dwellings, **values) -> Invoice:
    period = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30)}
    invoice = await create_invoice(session, owner, amount_cents=7_600, **{**period, **values})
    for dwelling in dwellings:
        await save(session, InvoiceContract(invoice_id=invoice.id, contract_id=dwelling.contract.id))
    return invoice


async def test_a_period_has_its_volume_its_fixed_part_and_its_total(session, home, alice):
    (cost,) = await costs_of(session, alice, home.contract.number)

    assert (cost.period.litres, cost.cost.fixed_gross_cents, cost.cost.gross_cents) == (60_000, 1_266, 7_596)


async def test_before_the_first_version_of_a_tariff_nothing_is_said(session, home, alice):
    await read_at(session, home, "2025-06-30", 50)

    assert [cost.period.end for cost in await costs_of(session, alice, home.contract.number)] == [date(2026, 6, 30)]


async def test_the_bill_of_the_same_days_stands_beside_its_estimate(session, home, alice):
    invoice = await bill(session, alice, home)

    (cost,) = await costs_of(session, alice, home.contract.number)

    assert (cost.bill.number, cost.bill.amount_cents) == (invoice.number, 7_600)


async def test_a_bill_of_other_days_or_of_several_contracts_is_not_compared(session, home, cast, alice):
    await bill(session, alice, home, period_end=date(2026, 6, 29))
    await bill(session, alice, home, await create_dwelling(session, cast.utility, alice))

    (cost,) = await costs_of(session, alice, home.contract.number)

    assert cost.bill is None


async def test_an_occupant_does_not_see_the_bill_of_who_pays(session, cast, alice, bruno):
    """Bruno lives there, Alice pays."""
    shared = await create_dwelling(session, cast.utility, alice, bruno)
    await read_at(session, shared, "2025-12-31", 100)
    await read_at(session, shared, "2026-06-30", 160)
    await save(session, rate("1.00", utility_id=cast.utility.id))
    await bill(session, alice, shared)

    (his,), (hers,) = [await costs_of(session, who, shared.contract.number) for who in (bruno, alice)]

    assert (his.bill, hers.bill.amount_cents) == (None, 7_600)
    assert his.cost == hers.cost


async def test_the_six_newest_periods_are_told_the_newest_first(session, home, alice):
    for month in range(7, 13):
        await read_at(session, home, f"2026-{month:02}-28", 160 + month)

    ends = [cost.period.end for cost in await costs_of(session, alice, home.contract.number)]

    assert ends == [date(2026, month, 28) for month in range(12, 6, -1)]


async def test_neither_the_next_towns_tariff_nor_that_of_gardens_is_asked_for(session, home, cast, alice):
    elsewhere = await create_utility(session)
    await save(session, rate("9.00", utility_id=elsewhere.id, position=3))
    await save(session, rate("9.00", utility_id=cast.utility.id, position=3, tariff_code="JARDIN"))
    await save(session, rate("9.00", utility_id=elsewhere.id, starts_on=date(2026, 6, 1)))

    (cost,) = await costs_of(session, alice, home.contract.number)

    assert cost.cost.gross_cents == 7_596


@pytest.mark.parametrize(("starts_on", "gross"), [(date(2026, 6, 30), 12_660), (date(2026, 7, 1), 7_596)])
async def test_the_tariff_of_the_last_day_is_that_of_the_whole_period(session, home, cast, alice, starts_on, gross):
    await save(session, rate("2.00", utility_id=cast.utility.id, starts_on=starts_on))

    (cost,) = await costs_of(session, alice, home.contract.number)

    assert cost.cost.gross_cents == gross


async def test_a_credit_note_of_the_same_days_is_not_their_bill(session, home, alice):
    await bill(session, alice, home, kind=InvoiceKind.CREDIT_NOTE)

    (cost,) = await costs_of(session, alice, home.contract.number)

    assert cost.bill is None
