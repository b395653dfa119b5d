"""Reads what a component renders, as a tree that tests can ask."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import reflex as rx


@dataclass(frozen=True)
class Element:
    """One rendered element: its tag, its properties as JavaScript writes them, what is inside."""

    tag: str
    properties: dict[str, str]
    children: tuple["Element", ...]
    text: str = ""

    def every(self, tag: str, **properties: str) -> list["Element"]:
        return [each for each in self.walk() if each.tag == tag and properties.items() <= each.properties.items()]

    def only(self, tag: str, **properties: str) -> "Element":
        (found,) = self.every(tag, **properties)
        return found

    def words(self) -> str:
        return " ".join(filter(None, (each.text for each in self.walk())))

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.walk()


def rendered(component: rx.Component) -> Element:
    return _element(component.render())


def _element(drawn: dict[str, Any]) -> Element:
    branches = [drawn[branch] for branch in ("true_value", "false_value", "default") if branch in drawn]
    branches += [branch for _, branch in drawn.get("match_cases", [])]
    children = tuple(_element(child) for child in [*drawn.get("children", []), *branches] if isinstance(child, dict))
    properties = dict(map(_property, drawn.get("props", [])))
    return Element(drawn.get("name", "").strip('"'), properties, children, _plain(drawn.get("contents", "")))


def _property(written: str) -> tuple[str, str]:
    name, _, value = written.partition(":") if not written.startswith('"') else _quoted(written)
    return name.replace("-", "_"), _plain(value)


def _plain(written: str) -> str:
    """A string as it reads, anything else as the JavaScript it is."""
    try:
        decoded = json.loads(written)
    except ValueError:
        return written
    return decoded if isinstance(decoded, str) else written


def _quoted(written: str) -> tuple[str, str, str]:
    name, _, value = written[1:].partition('":')
    return name, ":", value
