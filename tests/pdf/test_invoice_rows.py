"""How the rows of a bill are cut into pages: none is lost, none is left where it says nothing."""

import random

import pytest

from portail_app.pdf.invoice_rows import HEADS_HEIGHT, Row, pages_of

TITLE, LINE, SUBTOTAL = Row("rubric", ("Eau",), 6.0), Row("line", ("Part fixe",), 5.0), Row("subtotal", ("Total",), 7.0)


def rubric(lines: int) -> tuple[Row, ...]:
    return (TITLE, *[LINE] * lines, SUBTOTAL)


def height(rows) -> float:
    return HEADS_HEIGHT + sum(row.height for row in rows)


def test_what_fits_to_the_millimetre_is_one_page_and_a_hair_more_is_two():
    rows = rubric(4)
    room = height(rows) + 20

    assert pages_of(rows, first=room, others=500, ending=20) == [rows]
    assert pages_of(rows, first=room - 0.1, others=500, ending=20) == [rows[:-2], rows[-2:]]


def test_totals_that_do_not_fit_take_the_last_line_and_its_subtotal_with_them():
    rows = rubric(4) + rubric(3)

    assert pages_of(rows, first=height(rows), others=500, ending=1) == [rows[:-2], rows[-2:]]


def test_the_only_line_of_a_page_stays_where_it_is_and_the_totals_come_alone():
    rows = rubric(1)

    assert pages_of(rows, first=height(rows), others=500, ending=1) == [rows, ()]


def test_a_title_goes_to_the_next_page_with_its_first_line():
    rows = rubric(2) + rubric(1)
    first = height(rubric(2)) + TITLE.height  # room for the title alone

    assert pages_of(rows, first=first, others=500, ending=0) == [rubric(2), rubric(1)]


def test_a_subtotal_is_never_the_first_thing_of_a_page():
    rows = rubric(3)

    assert pages_of(rows, first=height(rows) - 1, others=500, ending=0) == [rows[:-2], rows[-2:]]


def test_what_fits_on_no_page_is_on_one_all_the_same():
    tall = Row("line", ("Très long",), 90.0)

    assert pages_of((TITLE, tall, SUBTOTAL), first=50, others=50, ending=10) == [(), (TITLE, tall, SUBTOTAL), ()]


def test_a_bill_without_lines_is_one_page():
    assert pages_of((), first=100, others=200, ending=50) == [()]


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_rubrics_every_row_is_there_once_in_its_order_and_within_its_page(seed):
    luck = random.Random(seed)
    rows = tuple(row for _ in range(luck.randint(1, 12)) for row in rubric(luck.randint(1, 15)))
    first, others, ending = luck.uniform(60, 160), luck.uniform(60, 260), luck.uniform(10, 40)

    pages = pages_of(rows, first=first, others=others, ending=ending)

    assert tuple(row for page in pages for row in page) == rows
    for number, page in enumerate(pages):
        is_last = number == len(pages) - 1
        assert height(page) + (ending if is_last else 0) <= (others if number else first) + 0.001
        assert not page or page[0].kind != "subtotal"
        assert not page or page[-1].kind != "rubric"
    assert pages[-1]
