"""Writes the demonstration's files, one household at a time: memory does not grow with their number."""

from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random

from portail_app.demo_data.cast import STAFF, UTILITIES, cast_histories
from portail_app.demo_data.pdfs import write_pdfs
from portail_app.demo_data.population import draw_households
from portail_app.demo_data.rows import (
    INVOICE_COLUMNS,
    LINE_COLUMNS,
    SUBSCRIBER_COLUMNS,
    household_row,
    invoice_row,
    line_rows,
)
from portail_app.demo_data.supplies import draw_supplies
from portail_app.demo_data.supply_files import SupplyFiles
from portail_app.demo_data.writers import open_csv, write_records


def write_demo_data(
    folder: Path, subscribers: int, seed: int, today: date, *, with_lines: bool = True, with_meters: bool = True
) -> None:
    """Files for `portail import`: `subscribers` households of two utilities, Alice and Bruno among them."""
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)  # noqa: S311
    cast = list(cast_histories(random, today))
    write_records(folder / "collectivites.csv", UTILITIES)
    write_records(folder / "agents.csv", STAFF)
    with ExitStack() as files:
        households = open_csv(files, folder / "abonnes.csv", SUBSCRIBER_COLUMNS)
        invoices = open_csv(files, folder / "factures.csv", INVOICE_COLUMNS)
        lines = open_csv(files, folder / "lignes.csv", LINE_COLUMNS) if with_lines else None
        supplies = SupplyFiles.opened(files, folder, today) if with_meters else None
        for household, history in chain(cast, draw_households(random, subscribers - len(cast), today)):
            households.writerow(household_row(household))
            billed = list(history)
            for bill, fate in billed:
                invoices.writerow(invoice_row(household, bill, fate))
                if lines:
                    lines.writerows(line_rows(household, bill))
            if supplies:
                supplies.write(draw_supplies(household, [bill for bill, _ in billed], today))
    write_pdfs(folder / "pdf", cast)
