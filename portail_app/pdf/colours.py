"""The colours of paper: one ink, greys, and the utility's accent, made dark enough to be read."""

import re
from typing import NamedTuple

Colour = tuple[int, int, int]

INK: Colour = (23, 32, 42)
GREY: Colour = (84, 96, 110)
RULE: Colour = (206, 214, 222)
PAPER: Colour = (255, 255, 255)


class Accent(NamedTuple):
    """`strong` is read on white and under white text; `tint` lies under ink."""

    strong: Colour
    tint: Colour


DEFAULT_ACCENT = Accent(strong=(11, 92, 138), tint=(235, 242, 246))


def accent_of(code: str) -> Accent:
    """From `#0b5c8a`; anything else gives the default."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", code):
        return DEFAULT_ACCENT
    strong = (int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16))
    while contrast(strong, PAPER) < 4.5:  # WCAG 1.4.3
        strong = mix(strong, INK, 0.1)
    return Accent(strong, mix(strong, PAPER, 0.92))


def contrast(first: Colour, second: Colour) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: Colour) -> float:
    red, green, blue = ((c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mix(first: Colour, second: Colour, part: float) -> Colour:
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(first, second, strict=True))
    return red, green, blue
