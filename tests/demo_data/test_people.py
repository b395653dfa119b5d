"""Who lives in the demonstration's town, what happened to their meters, and how a billing software writes it."""

import csv
from collections import Counter
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from pypdf import PdfReader

from portail_app.demo_data import papers
from portail_app.demo_data.bills import draw_lines
from portail_app.demo_data.cast import ALICE, BRUNO, MULTI_SERVICES, STAFF, UTILITIES, cast_histories
from portail_app.demo_data.cells import cubic_metres_cell, day_cell, euros_cell, price_cell, rate_cell
from portail_app.demo_data.fates import Fate, Outcome, draw_outcome, settle
from portail_app.demo_data.history import draw_bill, half_years
from portail_app.demo_data.pdfs import draw_pdf, write_pdfs
from portail_app.demo_data.people import LAST_NAMES, TOWNS, draw_household
from portail_app.demo_data.population import FEWEST_SUBSCRIBERS, draw_households
from portail_app.demo_data.rows import (
    INVOICE_COLUMNS,
    LINE_COLUMNS,
    SUBSCRIBER_COLUMNS,
    household_row,
    invoice_row,
    line_rows,
)
from portail_app.demo_data.stories import Story, story_of
from portail_app.demo_data.tariffs import rates_of
from portail_app.demo_data.writers import open_csv, write_records
from portail_app.imports.kinds import INVOICE_LINES, INVOICES, SUBSCRIBERS

TODAY = date(2026, 11, 22)
SHEETS = (papers.RULES, papers.CONTRACT, papers.BANK, papers.HOUSE)


@pytest.fixture
def bill():
    return draw_bill(Random(1), ALICE, half_years(TODAY)[-1])


def words_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


class TestThePopulation:
    @pytest.mark.parametrize("count", [FEWEST_SUBSCRIBERS, 60, 500])
    def test_there_are_as_many_as_are_wanted_and_one_in_fifty_lives_elsewhere(self, count):
        people = [household for household, _ in draw_households(Random(1), count, TODAY)]
        elsewhere = [one for one in people if one.utility == "montfaucon"]

        assert len(people) == count
        assert len(elsewhere) == max(5, count // 50)
        assert len({one.number for one in people}) == count

    def test_nobody_takes_the_numbers_of_the_cast(self):
        numbers = {household.number for household, _ in draw_households(Random(1), 500, TODAY)}
        assert numbers.isdisjoint({ALICE.number, BRUNO.number})

    def test_a_town_has_one_postal_code(self):
        people = [draw_household(Random(seed), "demo", seed) for seed in range(300)]
        codes = {one.city: {other.postal_code for other in people if other.city == one.city} for one in people}

        assert set(codes) == set(TOWNS)
        assert all(len(found) == 1 for found in codes.values())

    def test_names_of_two_words_are_written_with_a_space(self):
        assert any("_" in name for name in LAST_NAMES)
        people = [draw_household(Random(seed), "demo", seed) for seed in range(2000)]
        assert not any("_" in one.name for one in people)
        assert any("Le Gall" in one.name or "Da Silva" in one.name for one in people)

    def test_a_business_is_named_and_uses_more(self):
        people = [draw_household(Random(seed), "demo", seed) for seed in range(3000)]
        shops = [one for one in people if one.name.split()[0] in {"SARL", "SCI", "GAEC", "Camping", "Restaurant"}]

        assert 0.005 < len(shops) / len(people) < 0.05
        assert sum(one.yearly_m3 for one in shops) / len(shops) > 2 * sum(one.yearly_m3 for one in people) / len(people)


class TestStories:
    def test_each_story_but_alices_comes_among_the_first_fifty(self):
        assert {story_of(place) for place in range(50)} == set(Story) - {Story.ALICE}

    def test_stories_come_again_by_fifties(self):
        assert [story_of(place) for place in (4, 54, 104)] == [Story.TELEMETERED] * 3

    def test_most_meters_are_read_twice_a_year(self):
        assert Counter(map(story_of, range(500))).most_common(1)[0][0] is Story.HALF_YEARLY

    @pytest.mark.parametrize("story", Story)
    def test_each_tells_of_eight_half_years(self, story):
        assert len(story.shares) == 8
        assert all(share >= 0 for share in story.shares)


class TestTheCast:
    def test_the_manuals_invoice_is_alices_oldest(self):
        (alice, hers), (bruno, his) = cast_histories(Random(1), TODAY)

        assert (alice, bruno) == (ALICE, BRUNO)
        assert hers[0] == (MULTI_SERVICES, Fate())
        assert {bill.number for bill, _ in hers}.isdisjoint({bill.number for bill, _ in his})

    def test_what_alice_has_to_pay_can_be_paid_online_without_limit(self):
        _, hers = next(iter(cast_histories(Random(1), TODAY)))
        still_open = [fate for _, fate in hers if not (fate.paid_cents or fate.debited_on or fate.sent_to_treasury_on)]

        assert len(still_open) == 3
        assert all(fate.online_until is None for fate in still_open)

    def test_they_are_neighbours(self):
        assert ALICE.address != BRUNO.address
        assert ALICE.address.partition(" ")[2] == BRUNO.address.partition(" ")[2]

    def test_each_utility_has_somebody_who_works_for_it(self):
        assert {one["collectivite"] for one in STAFF} == {one["collectivite"] for one in UTILITIES}

    def test_no_address_of_mail_is_anybodys(self):
        """RFC 2606: example.fr is nobody's."""
        mails = [one["courriel"] for one in (*UTILITIES, *STAFF)] + [ALICE.email, BRUNO.email]
        assert all(mail.endswith("@example.fr") for mail in mails)


class TestFates:
    @pytest.mark.parametrize("outcome", Outcome)
    def test_no_fate_pays_more_than_the_bill_and_only_one_thing_happens(self, bill, outcome):
        fate = settle(bill, outcome, TODAY)

        assert 0 <= fate.paid_cents <= bill.amount_cents
        assert [bool(fate.sent_to_treasury_on), bool(fate.debited_on), fate.is_disputed].count(True) <= 1

    def test_what_is_paid_in_part_leaves_most_to_pay(self, bill):
        assert settle(bill, Outcome.PARTLY_PAID, TODAY).paid_cents == bill.amount_cents // 3

    def test_a_debited_bill_is_never_paid_online(self, bill):
        assert settle(bill, Outcome.DEBITED, TODAY).online_until is None
        assert settle(bill, Outcome.OPEN, TODAY).online_until > bill.due_on

    def test_who_pays_by_direct_debit_is_nearly_always_debited(self, bill):
        payer = replace(ALICE, pays_by_direct_debit=True)
        drawn = Counter(draw_outcome(Random(seed), payer, bill, TODAY) for seed in range(1000))
        assert 950 < drawn[Outcome.DEBITED] < 1000

    def test_nothing_that_is_not_yet_due_is_late_at_the_treasury_or_disputed(self, bill):
        before = min(bill.issued_on, bill.due_on)
        drawn = {draw_outcome(Random(seed), ALICE, bill, before) for seed in range(500)}
        assert drawn == {Outcome.PAID, Outcome.OPEN}


class TestCells:
    @pytest.mark.parametrize(
        ("litres", "cell"), [(0, "0"), (812_345, "812,345"), (812_000, "812"), (5, "0,005"), (50, "0,050")]
    )
    def test_cubic_metres_have_three_decimals_or_none(self, litres, cell):
        assert cubic_metres_cell(litres) == cell

    def test_values_have_commas_and_no_unit(self):
        assert (euros_cell(-5), price_cell(1), rate_cell(210)) == ("-0,05", "0,00001", "2,1")
        assert (day_cell(date(2026, 1, 2)), day_cell(None)) == ("02/01/2026", "")

    @pytest.mark.parametrize(
        ("columns", "kind"),
        [(SUBSCRIBER_COLUMNS, SUBSCRIBERS), (INVOICE_COLUMNS, INVOICES), (LINE_COLUMNS, INVOICE_LINES)],
        ids=["subscribers", "invoices", "lines"],
    )
    def test_every_column_is_one_that_the_import_knows(self, columns, kind):
        assert set(columns) <= kind.origins.keys()
        assert kind.required <= set(columns)

    def test_every_row_is_as_wide_as_its_header(self, bill):
        assert len(household_row(ALICE)) == len(SUBSCRIBER_COLUMNS)
        assert len(invoice_row(ALICE, bill, Fate())) == len(INVOICE_COLUMNS)
        assert {len(row) for row in line_rows(ALICE, bill)} == {len(LINE_COLUMNS)}

    def test_lines_are_numbered_from_one(self, bill):
        assert [row[2] for row in line_rows(ALICE, bill)] == list(range(1, len(bill.lines) + 1))


class TestFiles:
    def test_a_file_opens_in_a_spreadsheet_with_its_accents(self, tmp_path):
        with ExitStack() as files:
            open_csv(files, tmp_path / "a.csv", ["Échéance", "objet"]).writerow(["10/07/2017", 'un « ; » et un "'])
        content = (tmp_path / "a.csv").read_bytes()

        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
        assert rows == [["Échéance", "objet"], ["10/07/2017", 'un « ; » et un "']]

    def test_records_give_their_own_names_to_the_columns(self, tmp_path):
        write_records(tmp_path / "a.csv", [{"nom": "Alice", "rang": "agent"}, {"nom": "Bruno", "rang": ""}])
        assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines() == [
            "nom;rang",
            "Alice;agent",
            "Bruno;",
        ]


class TestPapers:
    def test_a_bill_on_paper_says_what_its_row_says(self, bill):
        said = words_of(draw_pdf(ALICE, bill))

        assert f"Facture {bill.number} du {day_cell(bill.issued_on)}" in said
        assert "Alice Martin" in said
        assert f"Net à payer TTC : {euros_cell(bill.amount_cents)} EUR avant le {day_cell(bill.due_on)}" in said
        assert all(euros_cell(line.amount_cents) in said for line in bill.lines)

    def test_the_same_bill_is_the_same_bytes(self, bill):
        assert draw_pdf(ALICE, bill) == draw_pdf(ALICE, bill) != draw_pdf(BRUNO, bill)

    def test_the_first_and_the_last_bill_of_each_are_on_paper(self, tmp_path: Path):
        cast = list(cast_histories(Random(1), TODAY))
        write_pdfs(tmp_path / "pdf", cast)
        write_pdfs(tmp_path / "pdf", cast)

        wanted = {f"demo_{bill.number}.pdf" for _, history in cast for bill, _ in (history[0], history[-1])}
        assert {path.name for path in (tmp_path / "pdf").iterdir()} == wanted

    @pytest.mark.parametrize(
        "sheet", [papers.RULES, papers.CONTRACT, papers.BANK, papers.HOUSE], ids=lambda one: one.name
    )
    def test_a_published_paper_holds_its_words_and_is_always_the_same(self, sheet):
        drawn = papers.draw_paper(sheet)

        assert drawn == papers.draw_paper(sheet)
        assert sheet.title.replace("’", "'") in words_of(drawn)
        assert sheet.name.endswith(".pdf")

    def test_no_bank_account_in_it_is_anybodys(self):
        assert "0000 0000 0000" in papers.BANK.words


class TestTariffs:
    @pytest.mark.parametrize("year", [2017, 2022, 2024, 2025, 2026, 2027])
    def test_every_year_has_prices_above_nothing_under_the_rubrics_of_the_law(self, year):
        rates = rates_of(year, has_sewer=True)
        assert rates
        assert all(rate.price > 0 for rate in rates)

    def test_what_is_not_used_is_not_billed_and_the_subscription_is(self):
        lines = draw_lines(TODAY, 0, has_sewer=True)

        assert lines
        assert {line.unit for line in lines} == {"semestre"}
