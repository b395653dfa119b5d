"""Reads the colours of a stylesheet and measures their contrast, as WCAG 2 defines it."""

import math
import re
from dataclasses import dataclass
from pathlib import Path

DARK = "@media (prefers-color-scheme: dark)"


@dataclass(frozen=True)
class Colour:
    """Linear-light sRGB, each part between 0 and 1."""

    red: float
    green: float
    blue: float

    @classmethod
    def of_hex(cls, written: str) -> "Colour":
        return cls(*(_linear(int(written[place : place + 2], 16) / 255) for place in (1, 3, 5)))

    @classmethod
    def of_oklch(cls, lightness: float, chroma: float, hue: float) -> "Colour":
        """By the matrices of CSS Color 4, out-of-gamut parts cut."""
        a, b = chroma * math.cos(hue), chroma * math.sin(hue)
        long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
        return cls(
            _cut(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
            _cut(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
            _cut(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
        )

    def oklch(self) -> tuple[float, float, float]:
        long = math.cbrt(0.4122214708 * self.red + 0.5363325363 * self.green + 0.0514459929 * self.blue)
        medium = math.cbrt(0.2119034982 * self.red + 0.6806995451 * self.green + 0.1073969566 * self.blue)
        short = math.cbrt(0.0883024619 * self.red + 0.2817188376 * self.green + 0.6299787005 * self.blue)
        a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
        b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
        lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
        return lightness, math.hypot(a, b), math.atan2(b, a)

    def luminance(self) -> float:
        return 0.2126 * self.red + 0.7152 * self.green + 0.0722 * self.blue


def contrast(one: Colour, other: Colour) -> float:
    dark, light = sorted((one.luminance(), other.luminance()))
    return (light + 0.05) / (dark + 0.05)


def tokens(stylesheet: Path, scheme: str, accent: Colour) -> dict[str, Colour]:
    """Every colour of a scheme for an accent; in the file the dark blocks follow the light ones they replace."""
    light_first = [_block(text, scheme) for text in stylesheet.read_text().split("@supports")]
    declared = [pair for block in light_first for pair in re.findall(r"--([\w-]+): ([^;]+);", block)]
    found = {name: _colour(value, accent) for name, value in declared}
    return {name: colour for name, colour in found.items() if colour}


def _block(text: str, scheme: str) -> str:
    light, _, dark = text.partition(DARK)
    return light + dark if scheme == "dark" else light


def _colour(written: str, accent: Colour) -> Colour | None:
    if re.fullmatch(r"#[0-9a-f]{6}", written):
        return Colour.of_hex(written)
    if written.startswith("oklch(from var(--accent)"):
        return _derived(written, accent)
    return None


def _derived(written: str, accent: Colour) -> Colour:
    lightness, chroma, hue = accent.oklch()
    bounded_lightness, bounded_chroma = re.findall(r"min\(\w, [\d.]+\)|(?<= )[\d.]+(?= )", written)[:2]
    return Colour.of_oklch(_bounded(bounded_lightness, lightness), _bounded(bounded_chroma, chroma), hue)


def _bounded(written: str, value: float) -> float:
    bound = float(re.search(r"[\d.]+", written)[0])
    return min(value, bound) if written.startswith("min") else bound


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _cut(part: float) -> float:
    return min(max(part, 0.0), 1.0)
