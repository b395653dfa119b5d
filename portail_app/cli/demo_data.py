"""`portail demo-data`: plausible files of a billing software, for whom has none at hand."""

from datetime import datetime
from pathlib import Path

import click

from portail_app.demo_data.files import write_demo_data
from portail_app.demo_data.population import FEWEST_SUBSCRIBERS
from portail_app.formats import PARIS


@click.command("demo-data", short_help="Écrit des fichiers de démonstration.")
@click.option(
    "--subscribers",
    metavar="N",
    default=500,
    show_default=True,
    type=click.IntRange(min=FEWEST_SUBSCRIBERS),
    help="Nombre d’abonnés.",
)
@click.option("--seed", metavar="N", default=1, show_default=True, help="La même graine donne les mêmes fichiers.")
@click.option(
    "--out", metavar="DOSSIER", required=True, type=click.Path(file_okay=False, path_type=Path), help="Où les écrire."
)
@click.option(
    "--today",
    metavar="AAAA-MM-JJ",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Le jour où l’histoire s’arrête (par défaut aujourd’hui).",
)
@click.option("--no-lines", is_flag=True, help="Sans les lignes des factures : dix fois moins à écrire.")
@click.option("--no-meters", is_flag=True, help="Sans les contrats, les compteurs, les relèves ni les tarifs.")
def demo_data_command(
    subscribers: int, seed: int, out: Path, today: datetime | None, no_lines: bool, no_meters: bool
) -> None:
    """Écrit des factures d’eau plausibles : huit par abonné sur quatre ans, que « portail import » sait lire."""
    day = (today or datetime.now(PARIS)).date()
    write_demo_data(out, subscribers, seed, day, with_lines=not no_lines, with_meters=not no_meters)
    click.echo(f"Fichiers écrits dans {out}. Pour les importer : portail import {out}")
