"""What the front end's build changes in Reflex's own files, and fails loudly when they no longer fit."""

from typing import Any

from reflex.plugins import Plugin

STATE_JS = "utils/state.js"
ASKED_HOST = "endpoint.hostname = frontend_hostname;"
ASKED_HOST_AND_PORT = f"{ASKED_HOST}\n    endpoint.port = window.location.port;"


class SamePort(Plugin):
    """One build serves any port: the websocket goes back to the port that the page came from."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](STATE_JS, _ask_the_same_port)


def _ask_the_same_port(state_js: str) -> str:
    if ASKED_HOST not in state_js:
        raise RuntimeError(
            f"Reflex's {STATE_JS} has changed: the websocket's port cannot be set (portail_app/build.py)."
        )
    return state_js.replace(ASKED_HOST, ASKED_HOST_AND_PORT)
