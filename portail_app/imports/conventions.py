"""French conventions: what people write in a file, and what PostgreSQL's `COPY` reads for it.

A reading takes the text of a cell and returns the text for `COPY`; it raises `Unreadable` with the reason, in French.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from portail_app.formats import PARIS

Reading = Callable[[str], str]

NULL = r"\N"
TEXT_LIMIT = 2_000
PARAGRAPHS_LIMIT = 20_000
INT4_LIMIT = 2**31
DAY = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
ISO_DAY = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
HOUR = re.compile(r"([01]?[0-9]|2[0-3])[:h]([0-5][0-9])(?::[0-5][0-9])?")
NUMBER = re.compile(r"([+-]?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,12})(?:[.,]([0-9]{0,12}))?")
EMAIL = re.compile(r"[^@\s;,<>\"]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
TRUTHS = {"oui": "t", "o": "t", "vrai": "t", "1": "t", "non": "f", "n": "f", "faux": "f", "0": "f"}


class Unreadable(ValueError):
    """Why a value is refused, in French."""


def text_of(limit: int) -> Reading:
    def text(raw: str) -> str:
        value = raw if raw.isprintable() and "  " not in raw else " ".join(raw.split())
        if len(value) > limit:
            raise Unreadable(f"plus de {limit} caractères")
        if not value.isprintable():
            raise Unreadable(f"caractère illisible ({_first_unprintable(value)})")
        if value[0] == "=":
            raise Unreadable("commence par « = » : une formule de tableur n’est pas une donnée")
        return value.replace("\\", "\\\\")

    return text


def paragraphs(value: str) -> str:
    if len(value) > PARAGRAPHS_LIMIT:
        raise Unreadable(f"plus de {PARAGRAPHS_LIMIT} caractères")
    line = text_of(PARAGRAPHS_LIMIT)
    return r"\n".join(line(part) if part.strip() else "" for part in value.splitlines())


def email(value: str) -> str:
    address = text_of(254)(value).lower()
    if not EMAIL.fullmatch(address):
        raise Unreadable("adresse de courriel invalide")
    return address


def one_of(values: Sequence[str]) -> Reading:
    known = {value.casefold(): value for value in values}

    def choice(value: str) -> str:
        try:
            return known[value.casefold()]
        except KeyError:
            raise Unreadable(f"valeur inconnue (attendu : {', '.join(values)})") from None

    return choice


def day(value: str) -> str:
    match = DAY.fullmatch(value) or ISO_DAY.fullmatch(value)
    try:
        read = date(**{part: int(digits) for part, digits in match.groupdict().items()}) if match else None
    except ValueError:
        read = None
    if read is None:
        raise Unreadable("date illisible (attendu : 10/07/2017 ou 2017-07-10)")
    if not 1900 <= read.year < 2200:
        raise Unreadable("date hors limites (de 1900 à 2199)")
    return read.isoformat()


def instant(value: str) -> str:
    """A day, or a day and an hour of Paris: `10/07/2017 14:05`. A day alone is its noon, which is that day anywhere."""
    on, _, hour = value.partition(" ")
    match = HOUR.fullmatch(hour or "12:00")
    if match is None:
        raise Unreadable("heure illisible (attendu : 10/07/2017 14:05)")
    known_on = date.fromisoformat(day(on))
    return datetime(known_on.year, known_on.month, known_on.day, int(match[1]), int(match[2]), tzinfo=PARIS).isoformat()


def truth(value: str) -> str:
    try:
        return TRUTHS[value.casefold()]
    except KeyError:
        raise Unreadable("attendu : oui ou non") from None


def whole(value: str) -> str:
    sign, digits, decimals = _number(value)
    if decimals:
        raise Unreadable("nombre entier attendu")
    return _within_int4(int(sign + digits))


def hundredths(unit: str) -> Reading:
    """Euros to cents, or a percentage to basis points."""
    return _parts_of(unit, 2, "plus de deux décimales")


def thousandths(unit: str) -> Reading:
    """Cubic metres to litres."""
    return _parts_of(unit, 3, "plus de trois décimales")


def decimal_of(precision: int, scale: int) -> Reading:
    def decimal(value: str) -> str:
        sign, digits, decimals = _number(value)
        if len(decimals) > scale:
            raise Unreadable(f"plus de {scale} décimales")
        if len(digits.lstrip("0")) > precision - scale:
            raise Unreadable("nombre trop grand")
        return f"{sign}{digits}.{decimals or 0}"

    return decimal


def _parts_of(unit: str, places: int, too_many: str) -> Reading:
    def count(value: str) -> str:
        sign, digits, decimals = _number(value.removesuffix(unit).rstrip())
        if len(decimals) > places:
            raise Unreadable(too_many)
        return _within_int4(int(sign + digits + decimals.ljust(places, "0")))

    return count


def _number(value: str) -> tuple[str, str, str]:
    """Sign, digits and decimals without trailing zeros, of « 1 234,50 »."""
    match = NUMBER.fullmatch(" ".join(value.split()))
    if match is None:
        raise Unreadable(
            "nombre illisible (attendu : 1234,56)" if len(value) < 20 else "nombre illisible ou trop grand"
        )
    return match[1], match[2].replace(" ", ""), (match[3] or "").rstrip("0")


def _within_int4(count: int) -> str:
    if abs(count) >= INT4_LIMIT:
        raise Unreadable("nombre trop grand")
    return str(count)


def _first_unprintable(value: str) -> str:
    code = next(ord(character) for character in value if not character.isprintable())
    return f"octet {code - 0xDC00:02X}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"
