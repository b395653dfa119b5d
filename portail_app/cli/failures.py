"""What an operator reads when something is missing: one sentence, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
import psycopg

from portail_app.gateways.archives import ArchiveRefused
from portail_app.serving.frontend import BuildFailed
from portail_app.serving.listening import PortTaken


@contextmanager
def explained() -> Iterator[None]:
    try:
        yield
    except (PortTaken, BuildFailed, ArchiveRefused, PermissionError, RuntimeError) as failure:
        raise click.ClickException(str(failure)) from failure
    except psycopg.OperationalError as failure:
        raise click.ClickException(f"La base de données ne répond pas : {failure}") from failure
