"""What `portail import` prints when it is done: counts by file, then the first refusals."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from portail_app.imports.reports import FileReport, RefusalLog


def print_reports(reports: Sequence[FileReport], dry_run: bool) -> None:
    table = Table("Fichier", "Contenu", title="Essai : rien n’a été enregistré" if dry_run else None)
    for label in ("lues", "nouvelles", "modifiées", "inchangées", "refusées"):
        table.add_column(label, justify="right")
    for report in reports:
        table.add_row(
            escape(report.file), report.kind or "refusé", *(f"{n:,}".replace(",", " ") for n in report.counts)
        )
    console = Console()
    console.print(table)
    if not any(report.new or report.changed or report.refused for report in reports) and all(r.kind for r in reports):
        console.print("Rien n’a changé : tout était déjà enregistré.")


def print_refusals(log: RefusalLog, report_path: Path | None) -> None:
    console = Console(soft_wrap=True, highlight=False)
    for refused in log.first:
        place = f"{refused.file}, ligne {refused.line}" if refused.line else refused.file
        cell = " ".join(part for part in (refused.column, f"« {refused.value} »" if refused.value else "") if part)
        console.print(escape(" : ".join(part for part in (place, cell, refused.reason) if part)), markup=True)
    if log.count > len(log.first):
        console.print(f"… et {log.count - len(log.first)} autres refus.")
    if log.count and report_path:
        console.print(escape(f"Tous les refus sont dans {report_path}."))
