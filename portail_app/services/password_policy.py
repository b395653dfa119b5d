"""Which passwords are good enough, and what one lacks, in words.

CNIL, délibération 2022-100: where the number of tries is limited, 8 characters of three kinds; otherwise longer. It
recommends to refuse the passwords that everybody knows, and what is known of the person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unicodedata import combining, normalize

from portail_app.errors import Invalid

LEAST_LENGTH = 8
LONGEST = 200
SAFE_LENGTHS = {1: 16, 2: 12}  # by how many kinds of characters it mixes; three kinds need no more than the floor
LEAST_SURPRISE = 7
SAME_AS_NUMBER = "Nous vous conseillons de créer un mot de passe différent de votre numéro d'abonné."
DIFFERENT = "Les deux mots de passe sont différents."
AT_AN_END = "Le mot de passe saisi commence ou finit par un espace : enlevez-le s’il n’en fait pas partie."
TOO_EASY = "Il est trop facile à deviner : évitez mots courants, suites, dates, votre nom et votre numéro."

_KINDS = (re.compile(r"[a-zà-öø-ÿ]"), re.compile(r"[A-ZÀ-ÖØ-Þ]"), re.compile(r"\d"), re.compile(r"[^\w]|_"))
_DISGUISES = str.maketrans("0134578@$€!|", "oieastbaseil")
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "01234567890")
_YEAR = re.compile(r"(19|20)\d\d")
_REPEAT = re.compile(r"(.)\1{2,}")
_STRENGTHS = ((11, "moyen"), (15, "bon"))  # of those that lack nothing, by how surprising they are


@dataclass(frozen=True, slots=True)
class Owner:
    """What is known of the person: no password may be made of it."""

    numbers: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    least_length: int = LEAST_LENGTH

    @classmethod
    def of(cls, numbers: Iterable[str], names: Iterable[str], least_length: int) -> "Owner":
        words = {word for name in names for word in re.split(r"\W+", _plain(name)) if len(word) > 2}
        return cls(frozenset(numbers), frozenset(words), max(LEAST_LENGTH, least_length))


NOBODY = Owner()


@dataclass(frozen=True, slots=True)
class Advice:
    """What is missing, in words, nothing where the password is good; how strong it is, in one; and a hint."""

    missing: tuple[str, ...] = ()
    strength: str = ""
    hint: str = ""


def advise(password: str, owner: Owner) -> Advice:
    """For somebody who is typing: nothing is said of nothing."""
    if not password:
        return Advice()
    surprise = _surprise(password, owner)
    missing = tuple(_missing(password, owner, surprise))
    return Advice(missing, "faible" if missing else _strength(surprise), hint_on(password))


def require_good(password: str, owner: Owner) -> None:
    """Raises Invalid with all that is missing."""
    advice = advise(password, owner)
    if not password:
        raise Invalid("Saisissez votre nouveau mot de passe.", field="password")
    if advice.missing:
        raise Invalid(" ".join(advice.missing), field="password")


def require_same(password: str, confirmation: str) -> None:
    """Raises Invalid, and says of a space that came along with only one of them."""
    if password != confirmation:
        hint = (hint_on(password) or hint_on(confirmation)) if password.strip() == confirmation.strip() else ""
        raise Invalid(f"{DIFFERENT} {hint}".strip(), field="confirmation")


def hint_on(password: str) -> str:
    """What comes along with a password that is pasted, and cannot be seen. It may be meant: it is only said."""
    return AT_AN_END if password != password.strip() else ""


def _missing(password: str, owner: Owner, surprise: int) -> Iterable[str]:
    if password.strip().casefold() in {number.casefold() for number in owner.numbers}:
        yield SAME_AS_NUMBER
        return
    if len(password) > LONGEST:
        yield f"Raccourcissez-le à {LONGEST} caractères."
    kinds = sum(1 for kind in _KINDS if kind.search(password))
    lacking = max(owner.least_length, SAFE_LENGTHS.get(kinds, 0)) - len(password)
    if lacking > 0 and kinds < 3 and len(password) >= owner.least_length:
        yield f"Mélangez minuscules, majuscules, chiffres ou ponctuation (trois sortes), ou allongez-le de {lacking}."
    elif len(password) < owner.least_length:
        yield f"Ajoutez au moins {owner.least_length - len(password)} caractère(s)."
    if kinds < 3 and len(password) < owner.least_length:
        yield "Mélangez trois sortes de caractères : minuscules, majuscules, chiffres, ponctuation."
    if surprise < LEAST_SURPRISE and lacking <= 0:
        yield TOO_EASY


def _strength(surprise: int) -> str:
    return next((word for under, word in _STRENGTHS if surprise < under), "excellent")


def _surprise(password: str, owner: Owner) -> int:
    """How many choices it takes to make it: a known word counts for two, a run, a year or one's own name for one."""
    plain = _plain(password)
    chosen = 0
    for known in sorted({*owner.words, *map(_plain, owner.numbers)}, key=len, reverse=True):
        plain, found = _without(plain, known)
        chosen += found
    plain, years = _YEAR.subn("", plain)
    plain, repeats = _REPEAT.subn("", plain)
    plain, runs = _without_runs(plain)
    plain, words = _without_words(plain)
    return chosen + years + repeats + runs + 2 * words + len(plain)


def _without(plain: str, known: str) -> tuple[str, int]:
    count = plain.count(known) if known else 0
    return plain.replace(known, "") if count else plain, count


def _without_runs(plain: str) -> tuple[str, int]:
    """Without `abcd`, `azerty`, `4321`."""
    runs = 0
    for run in (*_RUNS, *(run[::-1] for run in _RUNS)):
        for length in range(len(run), 2, -1):
            for start in range(len(run) - length + 1):
                plain, found = _without(plain, run[start : start + length])
                runs += found
    return plain, runs


def _without_words(plain: str) -> tuple[str, int]:
    """Without the words that everybody uses, as they are or written `m0t`."""
    words = 0
    for length in range(min(len(plain), 16), 2, -1):
        start = 0
        while start + length <= len(plain):
            part = plain[start : start + length]
            if part in common_words() or part.translate(_DISGUISES) in common_words():
                plain, words = plain[:start] + plain[start + length :], words + 1
            else:
                start += 1
    return plain, words


def _plain(written: str) -> str:
    """Lower case, without accents."""
    return "".join(letter for letter in normalize("NFKD", written.casefold()) if not combining(letter))


@cache
def common_words() -> frozenset[str]:
    """The words and names that French passwords are made of, without accents."""
    path = Path(__file__).with_name("common_words.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
