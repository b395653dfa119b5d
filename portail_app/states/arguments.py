"""What a browser may send to a handler: checked against the handler's own annotations, because Reflex enforces neither
their names nor their types."""

import inspect
import re
from collections.abc import Callable
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from portail_app.errors import Invalid
from portail_app.viewer import Viewer

UNTYPEABLE = re.compile("[\0\ud800-\udfff]")  # PostgreSQL stores no NUL, UTF-8 no half of a pair
LARGEST_NUMBER = 2**31 - 1  # PostgreSQL's integer
DEEPEST = 8


class Arguments:
    """What a browser may send to one handler."""

    def __init__(self, handler: Callable[..., Any]) -> None:
        hints = get_type_hints(handler)
        declared = inspect.signature(handler)
        parameters = [p for name, p in declared.parameters.items() if name != "viewer"]
        self.signature = declared.replace(parameters=parameters)
        self._takes_viewer = "viewer" in declared.parameters
        self._adapters = {p.name: TypeAdapter[Any](hints.get(p.name, Any)) for p in parameters[1:]}
        self._required = {p.name for p in parameters[1:] if p.default is p.empty}

    def check(self, given: tuple[Any, ...], sent: dict[str, Any], viewer: Viewer) -> dict[str, Any]:
        """The keyword arguments to call the handler with. Raises Invalid for a missing, extra or mistyped one.

        A browser always sends them by name; `given` are those of a handler that calls another.
        """
        sent = dict(zip(self._adapters, given, strict=False)) | sent
        if sent.keys() - self._adapters.keys() or self._required - sent.keys():
            raise Invalid
        try:
            checked = {name: self._adapters[name].validate_python(value, strict=True) for name, value in sent.items()}
        except ValidationError as wrong:
            raise Invalid from wrong
        if not _is_typeable(checked):
            raise Invalid
        return checked | {"viewer": viewer} if self._takes_viewer else checked


def _is_typeable(value: object, depth: int = 0) -> bool:
    """Whether a page of ours can have sent it: text and numbers that PostgreSQL can store, not nested without end."""
    if isinstance(value, str):
        return UNTYPEABLE.search(value) is None
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_NUMBER
    if isinstance(value, dict):
        return depth < DEEPEST and all(_is_typeable(part, depth + 1) for pair in value.items() for part in pair)
    if isinstance(value, list | tuple):
        return depth < DEEPEST and all(_is_typeable(part, depth + 1) for part in value)
    return True
