"""`portail import`: files of the billing software become rows of the portal."""

from collections.abc import Sequence
from pathlib import Path

import click

from portail_app.cli.import_failures import import_explained
from portail_app.cli.import_report import print_refusals, print_reports
from portail_app.cli.progress import progress_bars
from portail_app.database import database_url
from portail_app.gateways.file_store import FileStore
from portail_app.gateways.storage import Shelf, storage
from portail_app.imports.reports import FileReport, RefusalLog
from portail_app.imports.runs import ImportRun
from portail_app.settings import settings

ALL_IMPORTED, SOME_REFUSED = 0, 1


@click.command("import", short_help="Importe des fichiers CSV et PDF.")
@click.argument("paths", metavar="CHEMIN...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Montre le même compte rendu sans rien enregistrer.")
@click.option(
    "--rapport",
    "report_path",
    metavar="FICHIER",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Écrit tous les refus dans ce fichier CSV.",
)
@click.option("--refus", "shown", metavar="N", default=20, show_default=True, help="Nombre de refus affichés.")
@click.pass_context
def import_command(
    ctx: click.Context, paths: tuple[Path, ...], dry_run: bool, report_path: Path | None, shown: int
) -> None:
    """Importe des fichiers (ou tous ceux des dossiers nommés) : collectivités, agents, abonnés, factures, contrats,
    compteurs, relèves, tarifs, PDF.

    Importer deux fois les mêmes fichiers ne change rien. Code de retour : 0, ou 1 si une ligne a été refusée.
    """
    with _refusal_log(report_path, shown) as log:
        reports = _run(paths, _rehearsal() if dry_run else storage(), log)
        print_reports(reports, dry_run)
        print_refusals(log, report_path)
    ctx.exit(SOME_REFUSED if log.count else ALL_IMPORTED)


def _rehearsal() -> Shelf:
    return FileStore(settings().data_folder / "files", is_rehearsal=True)


def _run(paths: Sequence[Path], store: Shelf, log: RefusalLog) -> list[FileReport]:
    with import_explained(), progress_bars() as on_progress:
        return ImportRun(database_url(), store, log, on_progress).execute(paths)


def _refusal_log(path: Path | None, shown: int) -> RefusalLog:
    try:
        return RefusalLog(path, shown)
    except OSError as error:
        raise click.ClickException(f"Le rapport ne peut pas être écrit : {error}") from error
