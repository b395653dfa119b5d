"""Whatever a name is written in, the sheet is printed, and what cannot be is seen to be missing."""

import random

import pytest

from portail_app.pdf.characters import printable
from portail_app.pdf.typeface import typeface


@pytest.mark.parametrize(
    "text", ["", "Mme Alice Marchand", "L’Haÿ-les-Roses", "Wałęsa, Şahin, Čapek", "1\u202f243,11\u00a0€"]
)
def test_what_the_typeface_has_is_left_as_it_is(text):
    assert printable(text) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Ame\u0301lie", "Amélie"),
        ("Nguyễn", "Nguyen"),
        ("ﬁn de ½", "fin de ½"),
        ("㎥", "m3"),
        ("Ⅳ", "IV"),
        ("a‑b", "a-b"),
        ("→ ici", "> ici"),
        ("ligne\nsuivante\tet\x07fin", "ligne suivante et fin"),
        ("sans\u200b largeur\ufeff", "sans largeur"),
        ("Иван", "????"),
        ("山", "?"),
        ("🎉", "?"),
        ("\ud800", "?"),
    ],
)
def test_other_letters_come_back_to_ours_or_are_seen_to_be_missing(text, printed):
    assert printable(text) == printed


def test_any_text_becomes_printable():
    drawn = random.Random(8859)
    for _ in range(300):
        text = "".join(chr(drawn.randrange(0x110000)) for _ in range(drawn.randint(0, 40)))

        assert typeface().alphabet.issuperset(map(ord, printable(text)))


def test_what_is_printable_stays_so():
    for text in ("Nguyễn Văn", "Łódź 🎉", "㎥ Ⅳ"):
        assert printable(printable(text)) == printable(text)
