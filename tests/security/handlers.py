"""Every handler that a message on the websocket can name, found where Reflex finds them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_type_hints

from reflex_base.registry import RegistrationContext

from portail_app.states.access import Access, access_of


@dataclass(frozen=True)
class Handler:
    name: str
    fn: Callable[..., Any]
    parameters: dict[str, Any]

    @property
    def access(self) -> Access | None:
        return access_of(self.fn)

    @property
    def is_ours(self) -> bool:
        return not self.fn.__module__.startswith("reflex")


def registered() -> list[Handler]:
    """Reflex's own too, once the app with all its pages is there."""
    import portail_app.portail_app  # noqa: F401

    found = RegistrationContext.get().event_handlers
    return [Handler(name, known.handler.fn, _parameters(known.handler)) for name, known in sorted(found.items())]


def ours() -> list[Handler]:
    return [handler for handler in registered() if handler.is_ours]


def named(ending: str) -> str:
    """The full name of the one handler that ends so: `InvoicesState.look_for`."""
    state, _, method = ending.rpartition(".")
    (found,) = [h.name for h in registered() if h.name.endswith(f"____{_snake(state)}.{method}")]
    return found


def _parameters(handler: Any) -> dict[str, Any]:
    hints = get_type_hints(handler.fn)
    return {name: hints.get(name, Any) for name in handler._parameters if name != "self"}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
