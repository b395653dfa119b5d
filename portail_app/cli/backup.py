"""`portail backup` and `portail restore`: everything that cannot be made again, in one file."""

from pathlib import Path

import click

from portail_app.cli.failures import explained
from portail_app.settings import settings


@click.command("backup", short_help="Sauvegarde les données dans un fichier.")
@click.argument("archive", metavar="FICHIER", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(archive: Path) -> None:
    """Écrit la base de données et les fichiers importés dans FICHIER, portail en service ou non."""
    from portail_app.database import database_url
    from portail_app.gateways.archives import write_archive

    with explained():
        write_archive(archive, database_url(), settings().data_folder / "files")
    click.echo(f"Données sauvegardées dans {archive} ({archive.stat().st_size // 1024} Kio).")


@click.command("restore", short_help="Remet les données d’une sauvegarde.")
@click.argument("archive", metavar="FICHIER", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.confirmation_option(
    "--oui", prompt="Les données actuelles seront remplacées par celles de la sauvegarde. Continuer ?"
)
def restore_command(archive: Path) -> None:
    """Remplace la base de données par celle de FICHIER, et remet ses fichiers. À faire portail arrêté."""
    from portail_app.database import database_url
    from portail_app.gateways.archives import read_archive
    from portail_app.migrations import migrate

    with explained():
        read_archive(archive, database_url(), settings().data_folder / "files")
        migrate(database_url())
    click.echo(f"Données de {archive} remises en place.")
