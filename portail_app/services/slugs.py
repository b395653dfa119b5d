"""Names for addresses and forms, made of words: « Relève contestée » is `releve-contestee`."""

import re
import unicodedata

OUR_OWN = frozenset({"channel", "key", "subscriber_id", "type"})
"""The fields that every form of a request has: no question is called so."""


def slug_of(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "question"


def first_free(wanted: str, taken: set[str]) -> str:
    """That one, or with the first number behind it that makes it new."""
    tried = [wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))]
    return next(one for one in tried if one not in taken and one not in OUR_OWN)
