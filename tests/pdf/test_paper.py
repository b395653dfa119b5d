"""Lines that fit: wrapped at spaces, broken where there are none, cut with an ellipsis where room ends."""

import random

import pytest

from portail_app.pdf.colours import DEFAULT_ACCENT, INK, PAPER, accent_of, contrast
from portail_app.pdf.paper import cut, line_width, wrap

LONG = "Redevance performance des systèmes d’assainissement collectif de l’agence de l’eau Adour-Garonne"


def test_a_text_that_fits_is_one_line():
    assert wrap("Abonnement", 50, 9) == ("Abonnement",)
    assert cut("Abonnement", 50, 9) == "Abonnement"


def test_an_empty_text_has_no_line():
    assert wrap("", 50, 9) == ()
    assert wrap("   ", 50, 9) == ()


def test_a_long_text_breaks_between_words_and_loses_none():
    lines = wrap(LONG, 40, 9)

    assert len(lines) > 2
    assert " ".join(lines) == LONG


def test_a_word_longer_than_the_line_is_broken_and_loses_no_letter():
    lines = wrap("x" * 500, 40, 9)

    assert "".join(lines) == "x" * 500
    assert all(line_width(line, 9) <= 40 for line in lines)


def test_a_no_break_space_does_not_break():
    assert all("243,11\u00a0€" in line for line in wrap("Solde 243,11\u00a0€", 15, 9) if "243" in line)


def test_what_exceeds_the_lines_allowed_ends_with_an_ellipsis():
    lines = wrap(LONG, 30, 9, at_most=2)

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert LONG.startswith(f"{lines[0]} {lines[1][:-1]}")


@pytest.mark.parametrize("bold", [False, True])
def test_no_line_is_wider_than_asked(bold):
    drawn = random.Random(210297)
    for _ in range(200):
        text = " ".join("m" * drawn.randint(1, 30) for _ in range(drawn.randint(1, 20)))
        width = drawn.uniform(8, 80)

        for line in wrap(text, width, 9, bold=bold, at_most=drawn.randint(1, 6)):
            assert line_width(line, 9, bold=bold) <= width + 1e-6


def test_a_hundred_thousand_letters_are_cut_at_once():
    assert cut("x" * 100_000, 50, 9).endswith("…")
    assert len(wrap("mot " * 100_000, 50, 9, at_most=3)) == 3


@pytest.mark.parametrize("code", ["#ffff00", "#ffffff", "#00ff00", "#0b5c8a", "#000000", "#FFAA33"])
def test_any_accent_is_made_readable_on_white_and_under_it(code):
    accent = accent_of(code)

    assert contrast(accent.strong, PAPER) >= 4.5
    assert contrast(INK, accent.tint) >= 10


@pytest.mark.parametrize("code", ["", "red", "#12", "#12345g", "url(#x)", "#0b5c8a;"])
def test_what_is_not_a_colour_gives_the_default(code):
    assert accent_of(code) == DEFAULT_ACCENT


def test_the_default_accent_is_the_deep_water_blue():
    assert accent_of("#0b5c8a") == DEFAULT_ACCENT
