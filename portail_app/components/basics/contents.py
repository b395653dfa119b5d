"""What the pieces take: words that are known when the page is compiled or live in a state, and other pieces."""

from typing import Any, TypeAlias

import reflex as rx
from reflex_base.event import EventType

Words: TypeAlias = str | rx.Var[str]
Flag: TypeAlias = bool | rx.Var[bool]
Press: TypeAlias = EventType[()]
Content: TypeAlias = rx.Component | rx.Var[Any] | str


def named(id: str) -> dict[str, Any]:
    """Props that give an element its id without the React ref that Reflex's `id` brings to the bundle."""
    return {"custom_attrs": {"id": id}}


def classes(*names: str) -> str:
    return " ".join(name for name in names if name)
