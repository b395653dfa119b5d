"""What an operator reads where an import stops: one sentence, and what of it is saved."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import psycopg

from portail_app.errors import DiskFull, Refusal
from portail_app.troubles import is_disk_full


@contextmanager
def import_explained() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from refusal
    except (psycopg.Error, OSError) as error:
        raise click.ClickException(_explanation(error)) from error


def _explanation(error: Exception) -> str:
    if is_disk_full(error):
        return DiskFull.sentence
    if isinstance(error, OSError):
        return f"Fichier impossible à lire ou à ranger : {error}. Rien du fichier en cours n’a été enregistré."
    first_line = str(error).partition("\n")[0]
    return f"La base de données a refusé l’import : {first_line}. Rien du fichier en cours n’a été enregistré."
