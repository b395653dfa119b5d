"""The names that a new kind of data has in each layer."""

import keyword
import re
from typing import NamedTuple

from portail_app.services.slugs import slug_of


class NotANoun(ValueError):
    """It cannot name files and classes; says why, in French."""


class Noun(NamedTuple):
    """`one` and `many` name modules and functions in English; `title` and `called` are read on the screen."""

    one: str
    many: str
    title: str
    called: str
    route: str

    @property
    def entity(self) -> str:
        return "".join(part.capitalize() for part in self.one.split("_"))

    @property
    def state(self) -> str:
        return "".join(part.capitalize() for part in self.many.split("_")) + "State"


def read_noun(one: str, title: str, called: str, *, many: str = "", route: str = "") -> Noun:
    many, route = many or _plural(one), route or _address(title)
    for word in (one, many):
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", word) or keyword.iskeyword(word):
            raise NotANoun(f"« {word} » ne peut pas nommer un fichier : un nom anglais, comme water_meter.")
    if one == many:
        raise NotANoun(f"Le pluriel de « {one} » doit s’en distinguer : --plural.")
    if not re.fullmatch(r"(/[a-z0-9-]+)+", route):
        raise NotANoun(f"« {route} » n’est pas une adresse de page, comme /vehicules.")
    if not (are_words(title) and are_words(called)):
        raise NotANoun("Le titre de la page et le nom d’une ligne sont des mots français, sans guillemets droits.")
    return Noun(one, many, title.strip(), called.strip(), route)


def are_words(text: str) -> bool:
    """What may stand between quotes in the code that is written, and in a table of its glossary."""
    return bool(text.strip()) and text.isprintable() and not set('"\\|') & set(text)


def _plural(one: str) -> str:
    return f"{one[:-1]}ies" if re.search("[^aeiou]y$", one) else f"{one}s"


def _address(title: str) -> str:
    return f"/{slug_of(re.sub('^(Mes|Vos|Les) ', '', title).replace('’', ' '))}"
