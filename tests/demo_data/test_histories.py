"""Households and their four years: plausible, varied, and the same for the same seed."""

import csv
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean, median

import pytest

from portail_app.demo_data.bills import Bill
from portail_app.demo_data.cast import ALICE
from portail_app.demo_data.fates import Fate, Outcome, settle
from portail_app.demo_data.files import write_demo_data
from portail_app.demo_data.history import draw_bill, draw_history, half_years
from portail_app.demo_data.people import Household, draw_household

TODAY = date(2026, 11, 22)
NAMES = ("collectivites", "agents", "abonnes", "factures", "lignes")
MEASURE = """
import sys
from datetime import date
from pathlib import Path
from portail_app.demo_data.files import write_demo_data
from tests.imports.measured_import import peak_megabytes
write_demo_data(Path(sys.argv[1]), int(sys.argv[2]), 1, date(2026, 11, 22))
print(peak_megabytes())
"""


@pytest.fixture(scope="module")
def households() -> list[Household]:
    random = Random(1)
    return [draw_household(random, "demo", number) for number in range(2000)]


@pytest.fixture(scope="module")
def histories(households: list[Household]) -> list[tuple[Bill, Fate]]:
    random = Random(2)
    return [pair for household in households for pair in draw_history(random, household, TODAY)]


def test_a_household_uses_about_120_m3_a_year_with_a_long_tail(households: list[Household]):
    volumes = [household.yearly_m3 for household in households]

    assert 90 <= median(volumes) <= 120
    assert 115 <= mean(volumes) <= 155
    assert max(volumes) > 5 * mean(volumes)
    assert min(volumes) >= 4


def test_most_but_not_all_have_an_address_of_mail_of_their_own(households: list[Household]):
    addresses = [household.email for household in households if household.email]

    assert 0.8 < len(addresses) / len(households) < 0.9
    assert len(set(addresses)) == len(addresses)
    assert all(address.endswith("@example.fr") and address.isascii() for address in addresses)


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 1), date(2024, 2, 29), date(2025, 8, 31)])
def test_four_years_are_eight_half_years_without_a_gap_that_end_before_today(today: date):
    periods = half_years(today)

    assert len(periods) == 8
    assert all(before.end + timedelta(days=1) == after.start for before, after in pairwise(periods))
    assert timedelta(days=45) <= today - periods[-1].end <= timedelta(days=77)
    assert all(period.start.day == 1 for period in periods)


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 1), date(2024, 2, 29), date(2025, 8, 31)])
def test_no_bill_is_from_the_future_and_no_number_is_used_twice(households: list[Household], today: date):
    random = Random(3)
    bills = [bill for household in households[:200] for bill, _ in draw_history(random, household, today)]

    assert all(bill.issued_on <= today for bill in bills)
    assert len({bill.number for bill in bills}) == len(bills)


def test_bills_meet_every_fate(histories: list[tuple[Bill, Fate]]):
    fates = Counter(
        "avoir" if bill.kind == "avoir"
        else "tresorerie" if fate.sent_to_treasury_on
        else "prelevee" if fate.debited_on
        else "litige" if fate.is_disputed
        else "reglee" if fate.paid_cents == bill.amount_cents
        else "en partie" if fate.paid_cents
        else "en retard" if bill.due_on < TODAY
        else "ouverte"
        for bill, fate in histories
    )  # fmt: skip

    assert set(fates) == {
        *("avoir", "tresorerie", "prelevee", "litige", "reglee", "en partie", "en retard", "ouverte"),
    }
    assert fates["reglee"] > fates["prelevee"] > fates["ouverte"] > fates["en retard"]
    assert fates["litige"] < fates["tresorerie"] < len(histories) / 20


def test_nobody_pays_more_than_the_bill_and_credit_notes_are_negative(histories: list[tuple[Bill, Fate]]):
    for bill, fate in histories:
        assert (bill.amount_cents < 0) == (bill.kind == "avoir")
        assert 0 <= fate.paid_cents <= max(0, bill.amount_cents)


def test_nothing_is_sent_to_the_treasury_in_the_future(histories: list[tuple[Bill, Fate]]):
    sent = [fate.sent_to_treasury_on for _, fate in histories if fate.sent_to_treasury_on]

    assert sent
    assert max(sent) < TODAY


def test_a_direct_debit_to_come_is_not_yet_paid():
    bill = draw_bill(Random(1), ALICE, half_years(TODAY)[-1])

    before = settle(bill, Outcome.DEBITED, bill.due_on - timedelta(days=1))
    after = settle(bill, Outcome.DEBITED, bill.due_on)

    assert (before.paid_cents, after.paid_cents) == (0, bill.amount_cents)
    assert before.debited_on == after.debited_on == bill.due_on


def test_the_same_seed_writes_the_same_files(tmp_path: Path):
    for name, seed in (("one", 7), ("two", 7), ("other", 8)):
        write_demo_data(tmp_path / name, 30, seed, TODAY)
    one, two, other = (
        {path.name: path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("one", "two", "other")
    )

    assert one == two
    assert one["factures.csv"] != other["factures.csv"]


def test_the_files_are_in_the_conventions_of_the_field(tmp_path: Path):
    write_demo_data(tmp_path, 30, 1, TODAY)

    for name in NAMES:
        content = (tmp_path / f"{name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";", strict=True))
        assert len({len(row) for row in rows}) == 1


def test_pdfs_are_of_the_cast(tmp_path: Path):
    write_demo_data(tmp_path, 30, 1, TODAY)
    found = sorted((tmp_path / "pdf").iterdir())

    assert len(found) == 4
    assert "demo_2017-020-002059.pdf" in {path.name for path in found}
    assert all(path.read_bytes().startswith(b"%PDF-") for path in found)


def test_memory_does_not_grow_with_the_number_of_subscribers(tmp_path: Path):
    few, many = (
        int(subprocess.check_output([sys.executable, "-c", MEASURE, str(tmp_path), str(count)])) for count in (50, 1000)
    )

    assert many < few + 12
