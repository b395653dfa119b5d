"""What the front end's build changes in Reflex's own work, and fails loudly when it no longer fits."""

from collections.abc import Callable
from typing import Any

from reflex.plugins import Plugin
from reflex.utils import js_runtimes

from portail_app.serving.npm import install_locked_packages, is_locking

STATE_JS = "utils/state.js"
ASKED_HOST = "endpoint.hostname = frontend_hostname;"
ASKED_HOST_AND_PORT = f"{ASKED_HOST}\n    endpoint.port = window.location.port;"


class SamePort(Plugin):
    """One build serves any port: the websocket goes back to the port that the page came from."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](STATE_JS, _ask_the_same_port)


class LockedPackages(Plugin):
    """The packages are those of `reflex.lock`, by `npm ci`. Reflex's own way asks npm to choose again at each build."""

    def pre_compile(self, **context: Any) -> None:
        if not is_locking():
            _replace(js_runtimes, "install_frontend_packages", lambda packages, _: install_locked_packages(packages))


def _replace(module: Any, name: str, replacement: Callable[..., None]) -> None:
    if not hasattr(module, name):
        raise RuntimeError(f"Reflex has no {module.__name__}.{name} any more (portail_app/serving/plugins.py).")
    setattr(module, name, replacement)


def _ask_the_same_port(state_js: str) -> str:
    if ASKED_HOST not in state_js:
        raise RuntimeError(
            f"Reflex's {STATE_JS} has changed: the websocket's port cannot be set (portail_app/serving/plugins.py)."
        )
    return state_js.replace(ASKED_HOST, ASKED_HOST_AND_PORT)
