"""The stylesheets: small enough, readable in light and dark whatever accent a utility chose."""

import gzip
import re
from pathlib import Path

import pytest

from portail_app.components.basics.icon import icon
from tests.components.colours import Colour, contrast, tokens
from tests.components.rendering import rendered

ASSETS = Path(__file__).parents[2] / "assets"
COMPONENTS = ASSETS.parent / "portail_app" / "components"
STYLES = sorted((ASSETS / "styles").glob("*.css"))
ACCENTS = ["#0b5c86", "#ffe600", "#d4002a", "#00a651", "#000000", "#ffffff", "#7a1fa2", "#ff7f00"]
PAIRS = [
    ("ink", "page"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "accent-tint"),
    ("ink", "success-tint"),
    ("ink", "warning-tint"),
    ("ink", "danger-tint"),
    ("ink-muted", "page"),
    ("ink-muted", "surface"),
    ("ink-muted", "sunken"),
    ("accent-ink", "page"),
    ("accent-ink", "surface"),
    ("accent-ink", "accent-tint"),
    ("accent-ink", "warning-tint"),
    ("accent-ink", "danger-tint"),
    ("on-accent", "accent-fill"),
    ("on-accent", "accent-press"),
    ("success", "success-tint"),
    ("warning", "warning-tint"),
    ("danger", "danger-tint"),
    ("danger", "surface"),
    ("on-danger", "danger-fill"),
]


def test_all_styles_together_weigh_less_than_12_kb():
    assert len(gzip.compress(b"".join(path.read_bytes() for path in STYLES), 9)) < 12_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("accent", ACCENTS)
def test_words_are_readable_on_what_they_stand_on(scheme: str, accent: str):
    values = tokens(ASSETS / "styles" / "tokens.css", scheme, Colour.of_hex(accent))
    faint = {pair: round(contrast(*(values[name] for name in pair)), 2) for pair in PAIRS}

    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_is_visible(scheme: str):
    values = tokens(ASSETS / "styles" / "tokens.css", scheme, Colour.of_hex(ACCENTS[0]))

    assert contrast(values["line-strong"], values["surface"]) >= 3


def test_the_measure_of_contrast_is_the_one_of_wcag():
    assert round(contrast(Colour.of_hex("#ffffff"), Colour.of_hex("#000000")), 1) == 21
    assert round(contrast(Colour.of_hex("#767676"), Colour.of_hex("#ffffff")), 2) == 4.54


def test_every_style_is_in_a_layer():
    assert [path.name for path in STYLES if not path.read_text().startswith("@layer ")] == []


def test_every_token_that_is_used_exists():
    text = "".join(path.read_text() for path in STYLES)
    declared = set(re.findall(r"(--[\w-]+):", text))

    assert set(re.findall(r"var\((--[\w-]+)", text)) <= declared


def test_every_class_that_components_give_is_styled():
    text = "".join(path.read_text() for path in STYLES)
    given = {
        name
        for path in COMPONENTS.glob("*.py")
        for names in re.findall(r'class_name="([^"]+)"', path.read_text())
        for name in names.split()
    }

    assert {name for name in given if f".{name}" not in text} <= {"number"}


def test_an_icon_is_a_symbol_of_the_one_file():
    assert rendered(icon("receipt-euro")).only("use").properties["href"] == "/icons.svg#receipt-euro"


def test_an_icon_that_is_not_drawn_stops_the_build():
    with pytest.raises(ValueError, match="No icon 'unicorn'"):
        icon("unicorn")


def test_motion_stops_for_those_who_ask_for_it():
    assert "prefers-reduced-motion: reduce" in (ASSETS / "styles" / "base.css").read_text()


def test_the_typeface_is_light():
    path = ASSETS / "fonts" / "atkinson-hyperlegible-next.woff2"

    assert path.stat().st_size < 20_000
    assert path.read_bytes()[:4] == b"wOF2"
