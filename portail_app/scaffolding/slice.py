"""The files of a new kind of data: all of them are written, or none."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template

from alembic.script import ScriptDirectory

from portail_app.scaffolding.fields import Field
from portail_app.scaffolding.noun import Noun

TEMPLATES = Path(__file__).parent / "templates"
MIGRATIONS = "models/migrations"
VERSIONS = f"{MIGRATIONS}/versions"
Files = dict[str, str]
"""What each file will hold, by its path from the root of the project."""


class Taken(ValueError):
    """A file or an address of that name is there already; says which, in French."""


def draw_slice(root: Path, noun: Noun, fields: tuple[Field, ...]) -> Files:
    """Nothing is written; raises Taken where something would be overwritten."""
    new = _new_files(root, noun, fields)
    if taken := sorted({path for path in new if (root / path).exists()} | set(_same_entities(root, noun))):
        raise Taken(f"Il y a déjà {', '.join(taken)} : rien n’a été écrit.")
    return new | _indexes(root, noun)


def _same_entities(root: Path, noun: Noun) -> Iterator[str]:
    """Modules of that name in any folder of the entities, or with a class of that name."""
    for path in (root / "models").rglob("*.py"):
        if path.stem == noun.one or f"\nclass {noun.entity}(" in path.read_text("utf-8"):
            yield str(path.relative_to(root))


def write_slice(root: Path, files: Files) -> None:
    """Where one cannot be written, those before it are put back as they were."""
    former = {path: (root / path).read_text("utf-8") if (root / path).exists() else None for path in files}
    try:
        for path, text in files.items():
            (root / path).write_text(text, "utf-8")
    except OSError:
        for path, before in former.items():
            _put_back(root / path, before)
        raise


def _put_back(path: Path, text: str | None) -> None:
    if text is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(text, "utf-8")


def _new_files(root: Path, noun: Noun, fields: tuple[Field, ...]) -> Files:
    words = _words(noun, fields) | _revisions(root)
    paths = {
        "entity": f"models/{noun.one}.py",
        "migration": f"{VERSIONS}/{words['revision']}_{noun.many}.py",
        "service": f"portail_app/services/{noun.many}.py",
        "state": f"portail_app/states/{noun.many}.py",
        "page": f"pages/{noun.many}.py",
        "test": f"tests/services/test_{noun.many}.py",
    }
    return {path: _filled(template, words) for template, path in paths.items()}


def _revisions(root: Path) -> dict[str, str]:
    """The newest one is the one that no other follows, whatever its number."""
    numbers = (int(path.name[:4]) for path in (root / VERSIONS).glob("[0-9]*.py"))
    former = ScriptDirectory(str(root / MIGRATIONS)).get_current_head() or ""
    return {"former": former, "revision": f"{max(numbers) + 1:04}"}


def _filled(template: str, words: dict[str, str]) -> str:
    return Template((TEMPLATES / f"{template}.txt").read_text("utf-8")).substitute(words)


def _words(noun: Noun, fields: tuple[Field, ...]) -> dict[str, str]:
    key, *others = fields
    has_date = any(field.kind.annotation == "date" for field in fields)
    pieces = {field.kind.shown.partition("(")[0] for field in others} - {"{}"} | ({"cell"} if others else set())
    return {
        **noun._asdict(),
        "Entity": noun.entity,
        "State": noun.state,
        "key": key.name,
        "key_label": key.label,
        "words": noun.one.replace("_", " "),
        "words_plural": noun.many.replace("_", " "),
        "words_many": noun.many.replace("_", " ").capitalize(),
        "date_import": "from datetime import date\n\n" if has_date else "",
        "pieces": "".join(f"    {name},\n" for name in sorted(pieces)),
        "fields": "\n".join(f"    {field.name}: {field.kind.annotation}" for field in fields),
        "columns": "\n".join(_migrated(field) for field in fields),
        "headings": "\n".join(_heading(field) for field in fields),
        "cells": "\n".join(_cell(noun, field) for field in others),
        "samples": ", ".join(f"{field.name}={field.kind.sample}" for field in others),
    }


def _migrated(field: Field) -> str:
    return f'        sa.Column("{field.name}", {field.kind.column}, nullable=False),'


def _heading(field: Field) -> str:
    return f'    Column("{field.label}"{", is_number=True" if field.kind.is_number else ""}),'


def _cell(noun: Noun, field: Field) -> str:
    shown = field.kind.shown.format(f"{noun.one}.{field.name}")
    return f'        cell("{field.label}", {shown}{", number=True" if field.kind.is_number else ""}),'


def _indexes(root: Path, noun: Noun) -> Files:
    """The glossary with the entities, and the site map."""
    entities, pages = ((root / path).read_text("utf-8") for path in ("models/__init__.py", "pages/__init__.py"))
    if f"`{noun.route}`" in pages:
        raise Taken(f"Il y a déjà une page {noun.route} : rien n’a été écrit.")
    glossary, code = entities.split('\n"""\n', 1)
    term = f"| {noun.called.lower()} | {noun.one.replace('_', ' ')} |"
    imported = f"from models.{noun.one} import {noun.entity} as {noun.entity}"
    line = f"| `{noun.route}` | `pages/{noun.many}.py` |\n"
    return {
        "models/__init__.py": f'{glossary}\n{term}\n"""\n{_with_import(code, imported)}',
        "pages/__init__.py": re.sub(r"(?=\| any other \|)", line, pages, count=1),
    }


def _with_import(code: str, line: str) -> str:
    """In its place among the others, as ruff sorts them."""
    lines = [*code.strip().splitlines(), line]
    return "\n" + "\n".join(sorted(lines, key=lambda one: one.split()[1])) + "\n"
