"""`portail lock`: the exact versions written again from what `pyproject.toml` and the pages ask for (`make lock`)."""

import os
import subprocess
import sys
from pathlib import Path

import click

from portail_app.settings import ROOT

SILENT = "--no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options"
EXACT = "--quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --build-deps-for editable"
LOCAL_SETTINGS = ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL")


@click.command("lock", short_help="Refait les verrous des dépendances.")
def lock_command() -> None:
    """Choisit les versions les plus récentes permises et récrit requirements*.lock et reflex.lock."""
    _lock_python("requirements.lock")
    _lock_python("requirements-dev.lock", "--extra", "dev", "--constraint", "requirements.lock")
    _lock_packages()


def _lock_python(lock: str, *more: str) -> None:
    """From the public registry alone: a machine's own wheels would leave hashes that no other machine has."""
    click.echo(f"{lock}…", err=True)
    environment = {name: value for name, value in os.environ.items() if name not in LOCAL_SETTINGS}
    program = Path(sys.executable).with_name("pip-compile")
    command = [str(program), *EXACT.split(), *SILENT.split(), *more, "--output-file", lock, "pyproject.toml"]
    subprocess.run(command, cwd=ROOT, env={**environment, "PIP_CONFIG_FILE": os.devnull}, check=True)  # noqa: S603


def _lock_packages() -> None:
    """Reflex asks npm for the packages of the pages, and keeps the answer in reflex.lock."""
    from portail_app.serving.npm import LOCKING, LOCKS, node_environment

    click.echo(f"{LOCKS.name}…", err=True)
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    subprocess.run(command, cwd=ROOT, env={**node_environment(), LOCKING: "1"}, check=True)  # noqa: S603
