"""`portail new` in a copy of the project, and everything that a kind of data must pass there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from portail_app.settings import ROOT

VEHICLE = (
    *("vehicle", "Mes véhicules", "Véhicule", "plate:texte:Immatriculation", "since_on:date:Depuis"),
    *("fee_cents:euros:Redevance", "seats:nombre:Places"),
)
LONG = ("subscriber_water_softener_rental", "Mes adoucisseurs en location", "Adoucisseur", "serial:texte:N° de série")
PASSED = (
    "tests/services",
    "tests/pages/test_every_page.py",
    "tests/test_repository.py",
    "tests/security/test_secrets.py",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what git tracks, and of what is new here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "--all"], cwd=tmp_path, check=True)
    return tmp_path


def test_what_it_writes_passes_what_every_kind_of_data_must(project, postgres_url):
    for words in (VEHICLE, LONG):
        done = there(project, "-m", "portail_app.cli", "new", *words)
        assert done.returncode == 0, done.stderr

    for command in (
        ("-m", "ruff", "check", "."),
        ("-m", "ruff", "format", "--check", "."),
        ("-m", "mypy"),
        ("-m", "pytest", "-k", "vehicle or softener or page or migrations or secret", *PASSED),
    ):
        done = there(project, *command, TEST_DATABASE_URL=postgres_url)
        assert done.returncode == 0, done.stdout + done.stderr


def test_it_says_what_it_wrote_and_what_comes_next(project):
    done = there(project, "-m", "portail_app.cli", "new", *VEHICLE)

    for path in changed(project):
        assert path in done.stdout.splitlines()
    assert "make unit, puis make dev : la page est à /vehicules" in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("invoice", "Mes notes", "Note", "name:texte:Nom"),
            "Il y a déjà models/billing/invoice.py, ",
        ),
        (("Vehicle", "Mes véhicules", "Véhicule", "name:texte:Nom"), "« Vehicle » ne peut pas nommer un fichier"),
        (("vehicle", "Mes véhicules", "Véhicule", "since:date:Depuis"), "Un champ ne peut pas s’appeler « since »"),
    ],
)
def test_a_refusal_is_one_sentence_and_nothing_is_written(project, words, sentence):
    done = there(project, "-m", "portail_app.cli", "new", *words)

    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {sentence}")
    assert "Traceback" not in done.stderr
    assert changed(project) == []


def there(project: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """In the copy, whose code comes before ours."""
    known = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORTAL_DATA")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=project,
        env={**known, "PYTHONPATH": str(project), **environment},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )


def changed(project: Path) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--modified", "--others", "--exclude-standard"], cwd=project, capture_output=True, text=True
    )
    return listed.stdout.splitlines()
