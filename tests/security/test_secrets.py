"""No state can hold a secret, whatever is written into it; and before anybody signs in, it holds nothing."""

import ast
import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import psycopg
import pytest
from pydantic import BaseModel
from reflex.istate.delta import _resolve_delta
from reflex.state import State
from reflex.utils.format import json_dumps
from reflex_base.registry import RegistrationContext
from sqlmodel import SQLModel

import models
from models import Entity, Secret
from tests.security.handlers import ours

ROOT = Path(__file__).parents[2]
SECRET_WORDS = re.compile(r"token|secret|hash|password|argon|idop|totp|otp|cookie|_key$|^key$|^link$")
PUBLIC_IN_SPITE_OF_ITS_NAME = {
    ("Mail", "has_secret"): "says that there is one",
    ("Mail", "event_key"): "names the event that is told",
    ("Utility", "password_min_length"): "a rule that the page tells",
}
VAGUE = {Any, object, dict, list, tuple, set, SQLModel, BaseModel, Entity}


def states() -> list[type[State]]:
    assert ours()
    return [state for state in RegistrationContext.get().base_states.values() if state.__module__.startswith("portail")]


def test_no_state_can_hold_a_secret():
    reached = {
        f"{state.__name__}.{name}": kind.__name__
        for state in states()
        for name, annotation in public_vars(state).items()
        for kind in reachable(annotation)
        if isinstance(kind, type) and issubclass(kind, Secret)
    }
    assert reached == {}


def test_every_var_says_what_it_holds():
    """A var of any type could hold a secret without this test seeing it."""
    vague = {
        f"{state.__name__}.{name}"
        for state in states()
        for name, annotation in public_vars(state).items()
        if VAGUE & set(reachable(annotation, into_models=False))
    }
    assert vague == set()


@pytest.mark.parametrize(("holder", "found"), [(list[dict[str, models.MailBody]], True), (models.Invoice, False)])
def test_the_walk_finds_a_secret_inside_containers(holder, found):
    assert any(isinstance(kind, type) and issubclass(kind, Secret) for kind in reachable(holder)) is found


def test_the_walk_finds_a_secret_inside_a_dataclass_that_another_holds():
    @dataclasses.dataclass
    class Inner:
        session: models.AccessSession | None

    @dataclasses.dataclass
    class Outer:
        inner: tuple[Inner, ...]

    assert models.AccessSession in set(reachable(list[Outer]))


def test_what_an_entity_keeps_to_itself_is_left_out_of_what_pages_are_sent():
    told = {
        (entity.__name__, name)
        for entity in subclasses(Entity)
        for name, field in entity.model_fields.items()
        if SECRET_WORDS.search(name) and not field.exclude
    }
    assert told == PUBLIC_IN_SPITE_OF_ITS_NAME.keys()


def test_every_table_is_either_shown_or_secret():
    undecided = [t for t in subclasses(SQLModel) if hasattr(t, "__table__") and not issubclass(t, Entity | Secret)]
    assert undecided == []


async def test_nothing_of_anybody_is_built_into_the_pages(village, database):
    """A computed var is evaluated while the pages are built, and its value written into files that everybody gets."""
    states()
    built = json_dumps(await _resolve_delta(State(_reflex_internal_init=True).dict(initial=True)))
    found = [word for word in words_of(database) if word in built]
    assert found == []


async def test_a_new_state_is_empty():
    built = json.loads(json_dumps(await _resolve_delta(State(_reflex_internal_init=True).dict(initial=True))))
    full = {
        f"{state.__name__}.{name}": value
        for state in states()
        for name, value in built.get(state.get_full_name(), {}).items()
        if any(isinstance(leaf, int | float) and leaf > 100 for leaf in leaves(value))
    }
    assert full == {}


def test_a_page_asks_nobody_while_it_is_built():
    """Pages are composition: what reads or writes rows is not theirs to import."""
    forbidden = re.compile(r"portail_app\.(database|gateways|jobs)|sqlmodel|sqlalchemy|psycopg")
    imported = {
        f"{module.name}: {name}"
        for module in (ROOT / "pages").rglob("*.py")
        for name in imports_of(module)
        if forbidden.match(name)
    }
    assert imported == set()


def public_vars(state: type[State]) -> dict[str, Any]:
    hints = get_type_hints(state)
    own = {name: hints.get(name, var._var_type) for name, var in state.base_vars.items()}
    return own | {name: var._var_type for name, var in state.computed_vars.items()}


def reachable(annotation: Any, seen: set[Any] | None = None, *, into_models: bool = True) -> Iterator[Any]:
    """Every type that a value of this type can hold, itself included."""
    seen = set() if seen is None else seen
    if isinstance(annotation, str) or repr(annotation) in seen:
        return
    seen.add(repr(annotation))
    yield annotation
    inside = [*get_args(annotation)]
    if into_models and isinstance(annotation, type):
        inside += _fields(annotation)
    for part in inside:
        yield from reachable(part, seen, into_models=into_models)


def _fields(kind: type) -> list[Any]:
    if dataclasses.is_dataclass(kind):
        return list(get_type_hints(kind).values())
    if issubclass(kind, BaseModel):
        told = [field.annotation for field in kind.model_fields.values() if not field.exclude]
        related = [get_type_hints(kind).get(name) for name in getattr(kind, "__sqlmodel_relationships__", {})]
        return told + related + [field.return_type for field in kind.model_computed_fields.values()]
    return []


def subclasses(base: type) -> set[Any]:
    return {below for child in base.__subclasses__() for below in ({child} | subclasses(child))}


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for part in value.values():
            yield from leaves(part)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part)
    elif value:
        yield value


def words_of(database: str) -> set[str]:
    """Every text in the database that is long enough to be somebody's."""
    with psycopg.connect(database) as connection:
        rows = [
            value
            for table in SQLModel.metadata.sorted_tables
            for row in connection.execute(f'SELECT * FROM "{table.name}"')
            for value in row
        ]
    defaults = {"Le portail des factures", "#0b5c8a", "{digits}"}
    return {value for value in rows if isinstance(value, str) and len(value) > 8} - defaults


def imports_of(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
