"""Icons: one stroke, the size of the words they stand beside, silent to screen readers.

They are symbols of `assets/icons.svg`, taken from the Lucide set: one cached file instead of a script for each icon.
A new one is a line there, copied from lucide.dev.
"""

import re
from functools import cache
from pathlib import Path

import reflex as rx

_FILE = Path(__file__).parents[3] / "assets" / "icons.svg"


def icon(name: str) -> rx.Component:
    """`name` is the symbol's id (`receipt-euro`); always beside a word, so hidden from screen readers."""
    symbol = name.replace("_", "-")
    if symbol not in _drawn():
        raise ValueError(f"No icon {symbol!r} in assets/icons.svg: add its symbol there, from lucide.dev.")
    return rx.el.svg(rx.el.svg.use(href=f"/icons.svg#{symbol}"), class_name="icon", aria_hidden="true")


@cache
def _drawn() -> frozenset[str]:
    return frozenset(re.findall(r'symbol id="([\w-]+)"', _FILE.read_text()))
