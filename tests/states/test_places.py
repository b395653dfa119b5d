"""Where a page is in its list."""

from datetime import date

import pytest

from portail_app.states.places import describe_place, read_place


def place(page: int, total: int, **query: str) -> dict[str, str]:
    return describe_place(read_place("/liste", {"page": str(page), **query}), "Lignes", total, 50)


@pytest.mark.parametrize(
    ("page", "total", "words", "neighbours"),
    [
        (1, 0, "", ("", "")),
        (1, 50, "Lignes 1 à 50 sur 50", ("", "")),
        (1, 51, "Lignes 1 à 50 sur 51", ("", "/liste?page=2")),
        (2, 51, "Lignes 51 à 51 sur 51", ("/liste", "")),
        (2, 50, "", ("/liste", "")),
        (2, 150, "Lignes 51 à 100 sur 150", ("/liste", "/liste?page=3")),
    ],
)
def test_a_page_knows_its_range_and_its_neighbours(page, total, words, neighbours):
    told = place(page, total)

    assert (told["range"], (told["previous"], told["next"])) == (words, neighbours)


def test_the_neighbours_keep_what_was_asked_for():
    told = place(1, 60, jour="2026-11-20", recherche="eau & co")

    assert told["next"] == "/liste?jour=2026-11-20&recherche=eau+%26+co&page=2"
    assert told["all"] == "/liste"
    assert (told["day"], told["search"]) == ("2026-11-20", "eau & co")


@pytest.mark.parametrize("day", ["", "hier", "2026-02-31", "20/11/2026", "\0", "9" * 40])
def test_what_is_not_a_day_is_as_if_it_were_missing(day):
    assert read_place("/liste", {"jour": day}).day is None


def test_a_day_is_read():
    assert read_place("/liste", {"jour": "2026-11-20"}).day == date(2026, 11, 20)
