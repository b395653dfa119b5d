"""Brings a database to the shape that this version of the portal expects."""

from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config

from portail_app.settings import ROOT

LOCK = 0x706F7274  # two processes that start together migrate one after the other


def migrate(url: str) -> None:
    """Upgrade the database at `url` to the newest revision; nothing to do is quick."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        command.upgrade(_configuration(url), "head")


def _configuration(url: str) -> Config:
    configuration = Config(toml_file=str(ROOT / "pyproject.toml"))
    configuration.set_main_option("script_location", str(Path(ROOT / "models" / "migrations")))
    configuration.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return configuration
