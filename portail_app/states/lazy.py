"""A tab's states are those of the pages that it has opened: each is made when it is first asked for.

Reflex makes the states of all pages as soon as a tab connects: with sixty of them a tenth of the connection's cost, and
a fifth of the memory of an open session.
"""

from collections.abc import ValuesView
from typing import Any

from reflex.state import BaseState, State

_make = State.__init__


class MadeWhenAsked(dict[str, BaseState]):
    """The states under one, by name. Whoever goes through their values goes through all that there are."""

    def __init__(self, above: BaseState) -> None:
        super().__init__()
        self._above = above

    def __missing__(self, name: str) -> BaseState:
        for kind in type(self._above).get_substates():
            if kind.get_name() == name:
                made = self[name] = kind(parent_state=self._above, _reflex_internal_init=True)
                return made
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name) or any(k.get_name() == name for k in type(self._above).get_substates())

    def values(self) -> ValuesView[BaseState]:  # type: ignore[override]
        for kind in type(self._above).get_substates():
            self[kind.get_name()]
        return super().values()

    def clear(self) -> None:
        """Reflex lets go of a tab: nothing holds it any more."""
        super().clear()
        del self._above

    def made(self) -> ValuesView[BaseState]:
        """Those that were asked for."""
        return super().values()


def make_states_when_asked() -> None:
    """From now on, of every state that is made with what is under it."""
    State.__init__ = _make_alone  # type: ignore[method-assign]


def _make_alone(self: State, parent_state: BaseState | None = None, init_substates: bool = True, **others: Any) -> None:
    _make(self, parent_state, init_substates=False, **others)  # type: ignore[call-arg]
    if init_substates and type(self).get_substates():
        object.__setattr__(self, "substates", MadeWhenAsked(self))
