"""One page of a list of invoices."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import InvoiceKind, InvoiceRow, InvoiceStatus
from portail_app.reading import reader_of
from portail_app.services.invoice_list import PAGE_SIZE, InvoiceQuery, InvoiceSort, list_invoices
from tests.factories import TODAY, create_invoice

UNPAID = InvoiceQuery()


@pytest.fixture
async def reader(session):
    return await reader_of(session)


async def numbers(reader, viewer, query=UNPAID):
    return [row.number for row in (await list_invoices(reader, viewer, query)).rows]


async def test_a_list_holds_only_what_its_viewer_may_read(session, reader, alice, bruno, chloe):
    hers = await create_invoice(session, owner=alice)
    his = await create_invoice(session, owner=bruno)

    assert await numbers(reader, alice) == [hers.number]
    assert await numbers(reader, bruno) == [his.number]
    assert sorted(await numbers(reader, chloe)) == sorted([hers.number, his.number])


async def test_staff_of_another_utility_read_nothing(session, reader, alice):
    from portail_app.viewer import Viewer
    from tests.factories import appoint, create_account, create_utility, sign_in

    await create_invoice(session, owner=alice)
    account = await create_account(session, "ailleurs@example.fr")
    await appoint(session, account, await create_utility(session))
    stranger, _ = await sign_in(session, account)

    assert await numbers(reader, stranger) == []
    assert await numbers(reader, Viewer.nobody()) == []


FACTS = [
    {"amount_cents": amount, "billed_paid_cents": billed, "settled_cents": settled, "sent_to_treasury_on": sent}
    for amount in (24311, 0, -500)
    for billed in (0, 10000, 24311)
    for settled in (0, 20000, 24311, 30000)
    for sent in (None, date(2026, 9, 1))
]


async def test_the_tabs_agree_with_the_status_of_each_invoice(session, reader, alice):
    rows = [await create_invoice(session, owner=alice, **facts) for facts in FACTS]

    for status in InvoiceStatus:
        expected = {row.number for row in rows if row.status is status}
        shown = set()
        for page in range(1, 6):
            shown |= set(await numbers(reader, alice, InvoiceQuery(status=status, page=page)))
        assert shown == expected


async def test_a_row_of_a_list_says_what_its_invoice_says(session, reader, alice):
    invoice = await create_invoice(session, owner=alice, billed_paid_cents=4311, debited_on=date(2026, 12, 5))

    (row,) = (await list_invoices(reader, alice, UNPAID)).rows

    assert isinstance(row, InvoiceRow)
    shown = row.model_dump()
    assert shown == {name: value for name, value in invoice.model_dump().items() if name in shown}
    assert shown["balance_cents"] == 20000


@pytest.fixture
async def three(session, alice):
    for number, days, cents, subject in (
        ("A", 0, 300, "eau"),
        ("B", -400, 100, "Cantine"),
        ("C", -1, 200, "Déchets"),
    ):
        issued_on = TODAY + timedelta(days=days)
        values = {"issued_on": issued_on, "due_on": issued_on, "amount_cents": cents, "subject": subject}
        await create_invoice(session, owner=alice, number=number, **values)


@pytest.mark.parametrize(
    ("sort", "ascending"),
    [
        (InvoiceSort.DATE, "BCA"),
        (InvoiceSort.DUE, "BCA"),
        (InvoiceSort.AMOUNT, "BCA"),
        (InvoiceSort.NUMBER, "ABC"),
        (InvoiceSort.SUBJECT, "BCA"),
    ],
)
async def test_each_column_sorts_both_ways(reader, alice, three, sort, ascending):
    query = InvoiceQuery(sort=sort, is_descending=False)

    assert "".join(await numbers(reader, alice, query)) == ascending
    assert "".join(await numbers(reader, alice, replace(query, is_descending=True))) == ascending[::-1]


async def test_a_year_keeps_its_own_invoices_and_all_years_stay_on_offer(reader, alice, three):
    page = await list_invoices(reader, alice, InvoiceQuery(year=2025))

    assert [row.number for row in page.rows] == ["B"]
    assert page.years == (2026, 2025)


@pytest.mark.parametrize(
    ("search", "found"),
    [("cant", "B"), ("DÉCHETS", "C"), ("3", "A"), ("2,00 €", "C"), ("1.00", "B"), ("%", ""), ("_", ""), ("\\", "")],
)
async def test_a_search_takes_a_number_a_subject_or_an_amount(reader, alice, three, search, found):
    assert "".join(await numbers(reader, alice, InvoiceQuery(search=search))) == found


@pytest.mark.parametrize(
    ("search", "is_found"),
    [("2017 020 002059", True), ("2017020002059", True), ("020 - 0020", True), ("2017 020 1", False), (" - ", False)],
)
async def test_a_number_is_found_however_its_parts_are_parted(session, reader, alice, search, is_found):
    await create_invoice(session, alice, number="2017-020-002059")

    assert await numbers(reader, alice, InvoiceQuery(search=search)) == (["2017-020-002059"] if is_found else [])


@pytest.mark.parametrize(
    ("cents", "searches"),
    [
        (124311, ["1243,11", "1 243,11", "1\u202f243,11\xa0€", "1243.11€"]),
        (-1250, ["-12,50", "-12,50\xa0€", "-12.50"]),
        (-50, ["-0,50"]),
        (-1200, ["-12", "-12,00 €"]),
        (50, ["0,50"]),
    ],
)
async def test_an_amount_is_found_as_it_stands_on_the_bill_or_the_credit_note(session, reader, alice, cents, searches):
    kind, status = (InvoiceKind.CREDIT_NOTE, InvoiceStatus.PAID) if cents < 0 else (InvoiceKind.INVOICE, UNPAID.status)
    await create_invoice(session, alice, number="A", kind=kind, amount_cents=cents)
    await create_invoice(session, alice, number="B", kind=kind, amount_cents=cents + 100 if cents > 0 else cents - 100)

    for search in searches:
        assert await numbers(reader, alice, InvoiceQuery(status=status, search=search)) == ["A"]


@pytest.mark.parametrize("search", ["12,5", "12,500", "12345678,00", "€", "-", "12,50,00", "1-2"])
async def test_what_is_no_amount_is_only_words(session, reader, alice, search):
    await create_invoice(session, alice, number="A", amount_cents=1250)

    assert await numbers(reader, alice, InvoiceQuery(search=search)) == []


async def test_a_search_stays_in_its_tab_its_year_and_its_owners_invoices(session, reader, alice, bruno, three):
    await create_invoice(session, owner=alice, number="D", subject="Cantine", settled_cents=24311)
    await create_invoice(session, owner=bruno, number="E", subject="Cantine")

    assert await numbers(reader, alice, InvoiceQuery(search="cantine")) == ["B"]
    assert await numbers(reader, alice, InvoiceQuery(search="cantine", year=2026)) == []
    assert await numbers(reader, alice, InvoiceQuery(InvoiceStatus.PAID, search="cantine")) == ["D"]


async def test_of_one_day_the_last_number_comes_first_and_pages_never_repeat_a_line(session, reader, alice):
    issued = [f"N{rank:02d}" for rank in range(PAGE_SIZE + 5)]
    for number in issued:
        await create_invoice(session, owner=alice, number=number)

    pages = [await numbers(reader, alice, InvoiceQuery(page=page)) for page in (1, 2)]

    assert pages[0] + pages[1] == issued[::-1]


async def test_a_search_says_how_many_it_finds_on_all_pages(session, reader, alice, three):
    for _ in range(PAGE_SIZE + 1):
        await create_invoice(session, owner=alice, subject="Ordures")

    page = await list_invoices(reader, alice, InvoiceQuery(search="ordures", page=2))

    assert (len(page.rows), page.total) == (1, PAGE_SIZE + 1)


async def test_the_years_on_offer_are_those_of_the_tab_even_where_nothing_is_found(
    session, reader, alice, bruno, three
):
    await create_invoice(session, owner=alice, issued_on=date(2019, 12, 31), settled_cents=24311)
    await create_invoice(session, owner=bruno, issued_on=date(2018, 1, 1))

    for query in (UNPAID, InvoiceQuery(search="introuvable"), InvoiceQuery(year=1999), InvoiceQuery(page=9)):
        assert (await list_invoices(reader, alice, query)).years == (2026, 2025)
    assert (await list_invoices(reader, alice, InvoiceQuery(InvoiceStatus.PAID))).years == (2019,)


async def test_a_hostile_search_is_only_words(reader, alice, three):
    assert await numbers(reader, alice, InvoiceQuery(search="'; DROP TABLE invoice; --")) == []
    assert len(await numbers(reader, alice)) == 3


async def test_pages_hold_twenty_and_the_total_counts_all(session, reader, alice):
    for _ in range(PAGE_SIZE + 1):
        await create_invoice(session, owner=alice)

    first = await list_invoices(reader, alice, InvoiceQuery())
    second = await list_invoices(reader, alice, InvoiceQuery(page=2))

    assert (len(first.rows), first.total) == (PAGE_SIZE, PAGE_SIZE + 1)
    assert (len(second.rows), second.total) == (1, PAGE_SIZE + 1)
    assert {row.number for row in first.rows}.isdisjoint(row.number for row in second.rows)


async def test_a_page_beyond_the_last_is_empty(reader, alice, three):
    assert (await list_invoices(reader, alice, InvoiceQuery(page=9))).rows == ()
