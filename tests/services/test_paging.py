"""One page of a list, how many rows there are on all of them, and what a day is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col, select

from models import Invoice
from portail_app.services.paging import FIRST_PAGE, Page, Sought, on_day, read_page
from tests.factories import create_invoice
from tests.payments import create_attempt

INSTANT = timedelta(microseconds=1)


@pytest.fixture
async def numbers(session, alice):
    """Reads the numbers of a page of as many invoices as are asked for."""

    async def read(count: int, sought: Sought) -> Page[str]:
        for number in range(count):
            await create_invoice(session, alice, number=f"N{number}")
        return await read_page(session, select(Invoice.number).order_by(col(Invoice.number)), sought)

    return read


@pytest.mark.parametrize(
    ("count", "page", "found"),
    [
        (0, 1, []),
        (0, 2, []),
        (1, 1, ["N0"]),
        (2, 1, ["N0", "N1"]),
        (2, 2, []),
        (3, 1, ["N0", "N1"]),
        (3, 2, ["N2"]),
        (4, 2, ["N2", "N3"]),
        (4, 3, []),
    ],
)
async def test_every_page_says_how_many_rows_there_are_in_all(numbers, count, page, found):
    read = await numbers(count, Sought(page=page, size=2))

    assert (list(read), read.total) == (found, count)


async def test_a_page_has_fifty_rows_unless_told_otherwise(numbers):
    read = await numbers(51, FIRST_PAGE)

    assert (len(read), read.total) == (50, 51)


def test_a_page_of_nothing_is_an_empty_list():
    assert Page() == []
    assert Page().total == 0


@pytest.mark.parametrize(
    ("day", "starts", "hours"),
    [
        (date(2026, 11, 22), datetime(2026, 11, 21, 23, tzinfo=UTC), 24),
        (date(2026, 7, 14), datetime(2026, 7, 13, 22, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 28, 23, tzinfo=UTC), 23),
        (date(2026, 10, 25), datetime(2026, 10, 24, 22, tzinfo=UTC), 25),
    ],
)
async def test_a_day_goes_from_midnight_to_midnight_in_paris_whatever_its_length(session, alice, day, starts, hours):
    invoice = await create_invoice(session, alice)
    attempt = await create_attempt(session, alice, invoice)
    ends = starts + timedelta(hours=hours)

    for instant, is_within in ((starts - INSTANT, False), (starts, True), (ends - INSTANT, True), (ends, False)):
        attempt.created_at = instant
        await session.flush()
        found = await session.exec(select(type(attempt)).where(on_day(col(type(attempt).created_at), day)))
        assert (found.one_or_none() is attempt) is is_within
