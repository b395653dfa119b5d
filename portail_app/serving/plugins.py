"""What the front end's build changes in Reflex's own work, and fails loudly when it no longer fits."""

import json
import os
import re
from collections.abc import Callable
from typing import Any

from reflex.plugins import Plugin
from reflex.utils import frontend_skeleton, js_runtimes
from starlette.routing import Mount, Route

from portail_app.serving.npm import install_locked_packages, is_locking

STATE_JS = "utils/state.js"
ASKED_HOST = "endpoint.hostname = frontend_hostname;"
EVENTS_BEGIN = "export const applyEvent = async (event, socket, navigate, params) => {"
CALL_OWN_FUNCTION = """
  if (event.name == "_ask_browser") {
    globalThis[event.payload.function](...event.payload.arguments);
    return;
  }"""
VITE_CONFIG = "vite.config.js"
VITE_PORT = "port: process.env.PORT,"
BEHIND = "PORTAL_BACKEND_PORT"  # set by `portail dev`


class SamePort(Plugin):
    """One build serves any port: the websocket goes back to the port that the page came from."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](STATE_JS, _ask_the_same_port)


class OneAddress(Plugin):
    """In development, Vite serves the pages and passes everything else on to the portal behind it."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](VITE_CONFIG, _pass_on)


class OwnFunctions(Plugin):
    """The server asks the page to call a function of ours by name, so that no text it sends is run as a script and the
    content security policy can do without `unsafe-eval` (portail_app/states/browser.py)."""

    def pre_compile(self, **context: Any) -> None:
        context["add_modify_task"](STATE_JS, _call_own_functions)


class LockedPackages(Plugin):
    """The packages are those of `reflex.lock`, by `npm ci`. Reflex's own way asks npm to choose again at each build,
    and writes `reflex.lock` again, in its own spacing, as soon as a clone is first started."""

    def __init__(self) -> None:
        if not is_locking():
            _replace(frontend_skeleton, "sync_web_lockfiles_to_root", lambda: None)

    def pre_compile(self, **context: Any) -> None:
        if not is_locking():
            _replace(js_runtimes, "install_frontend_packages", lambda packages, _: install_locked_packages(packages))


def _replace(module: Any, name: str, replacement: Callable[..., None]) -> None:
    if not hasattr(module, name):
        raise RuntimeError(f"Reflex has no {module.__name__}.{name} any more (portail_app/serving/plugins.py).")
    setattr(module, name, replacement)


def _ask_the_same_port(state_js: str) -> str:
    return _with(state_js, STATE_JS, ASKED_HOST, "\n    endpoint.port = window.location.port;")


def _call_own_functions(state_js: str) -> str:
    return _with(state_js, STATE_JS, EVENTS_BEGIN, CALL_OWN_FUNCTION)


def _pass_on(vite_config: str) -> str:
    target = json.dumps(f"http://127.0.0.1:{os.environ.get(BEHIND, '')}")
    rules = ", ".join(f"{json.dumps(path)}: {{ target: {target}, ws: true }}" for path in _paths_behind())
    unproxied = re.sub(r"\n    proxy: .*", "", vite_config)
    return _with(unproxied, VITE_CONFIG, VITE_PORT, f"\n    proxy: {{ {rules} }},")


def _paths_behind() -> list[str]:
    """Regular expressions of JavaScript: Reflex's own endpoints, and our routes, whatever their query."""
    from portail_app.http import http_app

    patterns = [route.path_regex.pattern for route in http_app.routes if isinstance(route, Route | Mount)]
    ours = [pattern.replace("(?P<", "(?<").removesuffix("$") + r"(\?.*)?$" for pattern in patterns]
    return [r"^/(_event|_upload|ping)(/|\?|$)", *ours]


def _with(text: str, file: str, anchor: str, addition: str) -> str:
    """`addition` after `anchor`, once: Reflex keeps some of the files that it has already written."""
    if anchor not in text:
        raise RuntimeError(f"Reflex's {file} has changed: there is no {anchor!r} (portail_app/serving/plugins.py).")
    return text if anchor + addition in text else text.replace(anchor, anchor + addition)
