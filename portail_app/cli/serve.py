"""`portail serve`: migrates and builds what is out of date, then serves everything on one port."""

import click

from portail_app.cli.failures import explained
from portail_app.settings import settings


@click.command("serve", short_help="Sert le portail.")
@click.option("--host", default="localhost", show_default=True, envvar="HOST", help="Adresse d’écoute.")
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help="Nombre de processus.")
def serve_command(host: str, workers: int) -> None:
    """Prépare ce qui doit l’être (migrations, construction des pages), puis sert le portail sur le port PORT.

    Plusieurs processus partagent l’état des pages par Redis : --workers 2 demande REDIS_URL.
    """
    if workers > 1 and not settings().redis_url:
        raise click.UsageError("Plusieurs processus ont besoin de REDIS_URL, l’adresse d’un serveur Redis.")
    with explained():
        _prepare_and_serve(host, workers)


def _prepare_and_serve(host: str, workers: int) -> None:
    from portail_app.database import database_url
    from portail_app.migrations import migrate
    from portail_app.serving.frontend import build_if_stale
    from portail_app.serving.listening import claim
    from portail_app.serving.server import serve

    sockets = claim(host, settings().port)
    migrate(database_url())
    build_if_stale()
    serve(sockets, workers, lambda: click.echo(f"Le portail répond sur {settings().url} (Ctrl-C pour arrêter)."))
