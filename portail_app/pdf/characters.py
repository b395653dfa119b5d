"""Text that the typeface can print: other letters are brought back to ours, or shown as unknown."""

import unicodedata

from portail_app.pdf.typeface import typeface

UNKNOWN = "?"
NEAREST = str.maketrans(
    {
        "‐": "-",
        "‑": "-",
        "‒": "–",
        "―": "—",
        "−": "-",
        "ʼ": "’",
        "′": "’",
        "″": "”",
        "→": ">",
        "ʳ": "r",
        "ᵉ": "e",
        "\u2009": "\u202f",
        "\u2007": "\u00a0",
    }
)


def printable(text: str) -> str:
    """One line, in the typeface's alphabet; never raises, whatever the text."""
    alphabet = typeface().alphabet
    if alphabet.issuperset(map(ord, text)):
        return text
    known = unicodedata.normalize("NFC", text).translate(NEAREST)
    return "".join(_nearest(letter, alphabet) for letter in known)


def _nearest(letter: str, alphabet: frozenset[int]) -> str:
    if ord(letter) in alphabet:
        return letter
    category = unicodedata.category(letter)
    if letter.isspace() or category == "Cc":
        return " "
    if category in ("Mn", "Me", "Cf"):
        return ""
    base = "".join(part for part in unicodedata.normalize("NFKD", letter) if ord(part) in alphabet)
    return base or UNKNOWN
