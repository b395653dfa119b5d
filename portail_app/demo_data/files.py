"""Writes the demonstration's files, one household at a time: memory does not grow with their number."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random
from typing import Protocol

from portail_app.demo_data.bills import Bill
from portail_app.demo_data.cast import DEMO, NEIGHBOUR, STAFF, UTILITIES, CastHistory, cast_histories
from portail_app.demo_data.cells import day_cell, euros_cell, price_cell, rate_cell, truth_cell
from portail_app.demo_data.fates import Fate
from portail_app.demo_data.history import draw_history
from portail_app.demo_data.pdfs import draw_pdf
from portail_app.demo_data.people import Household, draw_household

SUBSCRIBER_COLUMNS = ("collectivite", "abonne", "nom", "courriel", "adresse", "code_postal", "ville", "prelevement")
INVOICE_COLUMNS = (
    "collectivite",
    "facture",
    "abonne",
    "nature",
    "objet",
    "date",
    "echeance",
    "payable_en_ligne_jusqu_au",
    "en_tresorerie_le",
    "prelevee_le",
    "en_litige",
    "periode_du",
    "periode_au",
    "montant",
    "deja_regle",
)
LINE_COLUMNS = (
    "collectivite",
    "facture",
    "ligne",
    "rubrique",
    "libelle",
    "quantite",
    "unite",
    "prix_unitaire",
    "montant_ht",
    "tva",
)
FIRST_NUMBER, FIRST_NEIGHBOUR_NUMBER = 100_003, 500_001
FEWEST_SUBSCRIBERS = 10

History = Iterable[tuple[Bill, Fate]]


class Writer(Protocol):
    """What the csv module calls a writer, and does not name."""

    def writerow(self, row: Iterable[object], /) -> object: ...
    def writerows(self, rows: Iterable[Iterable[object]], /) -> object: ...


def write_demo_data(folder: Path, subscribers: int, seed: int, today: date, *, with_lines: bool = True) -> None:
    """Files for `portail import`: `subscribers` households of two utilities, Alice and Bruno among them."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)  # noqa: S311
    cast = list(cast_histories(random, today))
    _write_records(folder / "collectivites.csv", UTILITIES)
    _write_records(folder / "agents.csv", STAFF)
    with ExitStack() as files:
        households = _open(files, folder / "abonnes.csv", SUBSCRIBER_COLUMNS)
        invoices = _open(files, folder / "factures.csv", INVOICE_COLUMNS)
        lines = _open(files, folder / "lignes.csv", LINE_COLUMNS) if with_lines else None
        for household, history in chain(cast, _draw(random, subscribers - len(cast), today)):
            households.writerow(_household_row(household))
            for bill, fate in history:
                invoices.writerow(_invoice_row(household, bill, fate))
                if lines:
                    lines.writerows(_line_rows(household, bill))
    _write_pdfs(folder / "pdf", cast)


def _draw(random: Random, count: int, today: date) -> Iterator[tuple[Household, History]]:
    """One in fifty belongs to the other utility, which has five at least."""
    elsewhere = max(5, count // 50)
    shares = ((DEMO, FIRST_NUMBER, count - elsewhere), (NEIGHBOUR, FIRST_NEIGHBOUR_NUMBER, elsewhere))
    for utility, first, count in shares:
        for number in range(first, first + count):
            household = draw_household(random, utility, number)
            yield household, draw_history(random, household, today)


def _household_row(household: Household) -> tuple[str, ...]:
    return (
        household.utility,
        household.number,
        household.name,
        household.email,
        household.address,
        household.postal_code,
        household.city,
        truth_cell(household.pays_by_direct_debit),
    )


def _invoice_row(household: Household, bill: Bill, fate: Fate) -> tuple[str, ...]:
    return (
        household.utility,
        bill.number,
        household.number,
        bill.kind,
        bill.subject,
        day_cell(bill.issued_on),
        day_cell(bill.due_on),
        day_cell(fate.online_until),
        day_cell(fate.sent_to_treasury_on),
        day_cell(fate.debited_on),
        truth_cell(fate.is_disputed),
        day_cell(bill.period_start),
        day_cell(bill.period_end),
        euros_cell(bill.amount_cents),
        euros_cell(fate.paid_cents),
    )


def _line_rows(household: Household, bill: Bill) -> Iterator[tuple[object, ...]]:
    for position, line in enumerate(bill.lines, start=1):
        yield (
            household.utility,
            bill.number,
            position,
            line.rubric,
            line.label,
            line.quantity,
            line.unit,
            price_cell(line.price),
            euros_cell(line.amount_cents),
            rate_cell(line.vat_basis_points),
        )


def _write_pdfs(folder: Path, cast: Iterable[CastHistory]) -> None:
    """The oldest and the newest bill of each of the cast; the portal draws the others itself."""
    folder.mkdir(exist_ok=True)
    for household, history in cast:
        for bill, _ in (history[0], history[-1]):
            path = folder / f"{household.utility}_{bill.number}.pdf"
            path.write_bytes(draw_pdf(household, bill))


def _write_records(path: Path, records: Sequence[Mapping[str, str]]) -> None:
    with ExitStack() as files:
        _open(files, path, list(records[0])).writerows(record.values() for record in records)


def _open(files: ExitStack, path: Path, header: Sequence[str]) -> Writer:
    """With a byte order mark, which spreadsheets want."""
    file = files.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
    writer = csv.writer(file, delimiter=";")
    writer.writerow(header)
    return writer
