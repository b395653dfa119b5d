"""`portail migrate`: the database's shape brought up to date, before new processes start on it."""

import click

from portail_app.cli.failures import explained


@click.command("migrate", short_help="Met la base de données à jour.")
def migrate_command() -> None:
    """Applique les migrations qui manquent à la base de données."""
    from portail_app.database import database_url
    from portail_app.migrations import migrate

    with explained():
        migrate(database_url())
    click.echo("La base de données est à jour.")
