"""Payloads that no page of ours sends: what is somebody else's, what is missing, too much, or of another kind."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from types import UnionType
from typing import Any, Union, get_args, get_origin

Payload = dict[str, Any]

HOSTILE: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    10**30,
    1.5,
    float("nan"),
    float("inf"),
    "",
    "\0",
    "a\0b",
    "\ud800",
    "x" * 200_000,
    "'; DROP TABLE invoice; --",
    "../../../../etc/passwd",
    "<script>alert(1)</script>",
    "{{7*7}} %s %(id)s \r\nSet-Cookie: a=b",
    "//ailleurs.example",
    {},
    {"a": {"b": {}}},
    {"__reflex_form_data__": 5},
    {"__reflex_form_data__": [["email", {"$ne": ""}], ["email"]]},
    {"id": "\0", "email": ["a"], "password": {"a": 1}},
    [],
    [[]],
    list(range(20_000)),
    [None, -1, "x", {}],
)
INTRUDERS: Payload = {
    "viewer": {"account_id": 1, "is_system": True, "ranks": {"1": "administrateur"}},
    "admin": True,
    "is_staff": True,
    "account_id": 1,
    "session": None,
    "self": 1,
    "given": [1],
    "state": "x",
    "_access": "public",
}


@dataclass(frozen=True)
class Spoils:
    """What somebody may have learnt of another: numbers and ids, and the words that forms call them by."""

    ids: tuple[int, ...]
    words: tuple[str, ...]


def stolen(parameters: dict[str, Any], spoils: Spoils) -> Iterator[Payload]:
    """Well-formed payloads that name what is another's."""
    most = max(len(spoils.ids), len(spoils.words))
    for turn in range(most if parameters else 1):
        number, word = spoils.ids[turn % len(spoils.ids)], spoils.words[turn % len(spoils.words)]
        yield {name: _fitting(kind, number, word) for name, kind in parameters.items()}


def malformed(parameters: dict[str, Any], spoils: Spoils) -> Iterator[Payload]:
    (good, *_) = stolen(parameters, spoils)
    if parameters:
        yield {}
    for name, value in INTRUDERS.items():
        yield {**good, name: value}
    yield {**good, **INTRUDERS}
    for name in parameters:
        yield {key: value for key, value in good.items() if key != name}
        for value in (*HOSTILE, deep(500)):
            yield {**good, name: value}


def deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested


def _fitting(kind: Any, number: int, word: str) -> Any:
    """A value of that kind with somebody else's number or word in it."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _fitting(next(one for one in inside if one is not type(None)), number, word)
    if kind is bool:
        return True
    if kind is int:
        return number
    if kind is float:
        return float(number)
    if origin in (list, tuple, set, frozenset):
        return [_fitting(inside[0] if inside else str, number, word)]
    if kind is dict or origin is dict:
        return _form(number, word, inside[1] if inside else Any)
    if hasattr(kind, "__dataclass_fields__"):
        return {field.name: word for field in fields(kind)}
    return word


def _form(number: int, word: str, kind: Any) -> Payload:
    """A form of any of our pages: what it does not know of is left out by who reads it."""
    numbers = ("id", "utility_id", "subscriber_id", "account_id", "invoice_id", "notice_id", "sent_id")
    texts = ("email", "number", "reference", "name", "title", "body", "reason", "text", "recherche", "password", "code")
    texts = (*texts, "opens_on", "closes_on", "remind_on", "unread_since", "city", "area", "most_litres_a_day")
    texts = (*texts, "away_from", "away_until", "warns_of_flow", f"index-{number}", f"reason-{number}")
    texts = (*texts, "index", "read_on", "comment", "confirmed", "key", "type", "status", "due_on", "note")
    shown: Any = str(number) if kind is str else number
    return dict.fromkeys(numbers, shown) | dict.fromkeys(texts, word)
