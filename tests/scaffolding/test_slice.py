"""The files of a new kind of data: complete, or not at all."""

import shutil
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from portail_app.scaffolding.fields import read_fields
from portail_app.scaffolding.noun import read_noun
from portail_app.scaffolding.slice import VERSIONS, Taken, draw_slice, write_slice
from portail_app.settings import ROOT

FIELDS = read_fields(("plate:texte:Immatriculation", "since_on:date:Depuis", "fee_cents:euros:Redevance"))
NOUN = read_noun("vehicle", "Mes véhicules", "Véhicule")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """What of the project the files are written beside."""
    for folder in ("portail_app/services", "portail_app/states", "tests/services"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copytree(ROOT / "models", tmp_path / "models", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "pages", tmp_path / "pages", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_each_layer_has_its_file_of_the_same_noun(root):
    newest = max(path.name[:4] for path in (ROOT / VERSIONS).glob("[0-9]*.py"))

    assert list(draw_slice(root, NOUN, FIELDS)) == [
        "models/vehicle.py",
        f"{VERSIONS}/{int(newest) + 1:04}_vehicles.py",
        "portail_app/services/vehicles.py",
        "portail_app/states/vehicles.py",
        "pages/vehicles.py",
        "tests/services/test_vehicles.py",
        "models/__init__.py",
        "pages/__init__.py",
    ]


def test_the_migrations_stay_one_line(root):
    for noun in (NOUN, read_noun("badge", "Mes badges", "Badge")):
        write_slice(root, draw_slice(root, noun, FIELDS))

    script = ScriptDirectory(str(root / "models" / "migrations"))

    assert len(script.get_heads()) == 1
    assert [script.get_revision(script.get_current_head()).doc, len(list(script.walk_revisions()))] == [
        "badges",
        len(list((root / VERSIONS).glob("[0-9]*.py"))),
    ]


def test_the_glossary_and_the_site_map_gain_a_line_and_lose_none(root):
    files = draw_slice(root, NOUN, FIELDS)

    for path, lines in (
        ("models/__init__.py", ["| véhicule | vehicle |", "from models.vehicle import Vehicle as Vehicle"]),
        ("pages/__init__.py", ["| `/vehicules` | `pages/vehicles.py` |"]),
    ):
        before, after = (ROOT / path).read_text().splitlines(), files[path].splitlines()
        assert [line for line in after if line not in before] == lines
        assert [line for line in after if line not in lines] == before


def test_every_file_is_python(root):
    for path, text in draw_slice(root, NOUN, FIELDS).items():
        compile(text, path, "exec")
        assert "$" not in text


def test_one_field_is_enough(root):
    for path, text in draw_slice(root, NOUN, FIELDS[:1]).items():
        compile(text, path, "exec")
        assert "from datetime import date" not in text or path not in ("models/vehicle.py", "pages/vehicles.py")


def test_drawing_writes_nothing(root):
    before = tree(root)
    draw_slice(root, NOUN, FIELDS)

    assert tree(root) == before


@pytest.mark.parametrize(
    ("noun", "sentence"),
    [
        (read_noun("invoice", "Mes notes", "Note"), "Il y a déjà models/billing/invoice.py, pages/invoices.py : rien"),
        (read_noun("invoice_line", "Mes lignes", "Ligne"), "Il y a déjà models/billing/invoice.py : rien"),
        (read_noun("note", "Mes factures", "Note"), "Il y a déjà une page /factures : rien n’a été écrit."),
        (
            read_noun("note", "Notes", "Note", many="invoices"),
            "Il y a déjà pages/invoices.py : rien",
        ),
    ],
)
def test_what_is_there_is_never_overwritten(root, noun, sentence):
    with pytest.raises(Taken) as refused:
        draw_slice(root, noun, FIELDS)

    assert str(refused.value).startswith(sentence)


def test_a_second_time_is_refused(root):
    write_slice(root, draw_slice(root, NOUN, FIELDS))

    with pytest.raises(Taken, match="Il y a déjà models/vehicle"):
        draw_slice(root, NOUN, FIELDS)


def test_where_one_file_cannot_be_written_none_is(root):
    files = draw_slice(root, NOUN, FIELDS)
    (root / "tests" / "services").rmdir()
    before = tree(root)

    with pytest.raises(OSError, match="test_vehicles"):
        write_slice(root, files)

    assert tree(root) == before


def test_where_an_index_cannot_be_written_the_other_is_as_it_was(root):
    files = draw_slice(root, NOUN, FIELDS)
    (root / "pages" / "__init__.py").unlink()
    (root / "pages" / "__init__.py").mkdir()
    before = tree(root)

    with pytest.raises(OSError, match="__init__"):
        write_slice(root, files)

    assert tree(root) == before


def tree(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text() for path in root.rglob("*") if path.is_file()}
