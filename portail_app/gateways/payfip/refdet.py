"""The reference of a debt ("refdet"): by which template each way of recovering makes it, and what it must look like.

The patterns of "titre" and "rôle" are read from test values, not from the official guide: they are defaults of a
setting, to be confirmed with the utility's accountant.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TEST_EXER = "9999"
TEST_REFDET_TITRE = "999900000000999999"
TEST_REFDET_ROLE = "999999990000000000000"


class RefdetError(ValueError):
    """The template or the values it is given do not make a reference that PayFiP accepts."""


@dataclass(frozen=True)
class RefdetRule:
    """`template`: letters, digits and fields, `{exer}` or padded with zeros `{roldet:013d}`; `pattern`: the whole."""

    template: str
    pattern: str

    def check(self) -> None:
        """For a settings form: raises RefdetError on a template or pattern that cannot be used."""
        if not re.fullmatch(rf"(?:[A-Za-z0-9]|{_FIELD})+", self.template):
            raise RefdetError(f"Modèle de référence invalide : {self.template}")
        try:
            re.compile(self.pattern)
        except re.error as broken:
            raise RefdetError(f"Expression invalide : {self.pattern}") from broken

    def render(self, values: Mapping[str, str | int]) -> str:
        """The refdet; raises RefdetError where a field is missing, not a number, too long, or the pattern not met."""
        self.check()
        refdet = re.sub(_FIELD, lambda field: _padded(field["name"], field["width"], values), self.template)
        if not re.fullmatch(self.pattern, refdet, re.ASCII):
            raise RefdetError(f"Référence refusée : {refdet}")
        return refdet


REGIE = RefdetRule("{digits}", r"[A-Za-z0-9]{6,30}")
TITRE = RefdetRule("{exer}{piece:08d}{ligne:06d}", r"[0-9]{18}")
ROLE = RefdetRule("{exer}{rolrec}{roldeb}{roldet:013d}", r"[0-9]{21}")


def number_values(number: str, exer: int) -> dict[str, str | int]:
    """What an invoice's number gives a template: `2017-020-002099` has the digits `2017020002099`."""
    return {
        "exer": f"{exer:04d}",
        "digits": re.sub(r"[^0-9]", "", number),
        "alphanumeric": re.sub(r"[^A-Za-z0-9]", "", number),
    }


def basket_refdet(year: int, sequence: int) -> str:
    """The synthetic reference under which a "régie" receives several invoices at once; the portal keeps the split."""
    if not (1000 <= year <= 9999 and 0 < sequence < 10**25):
        raise RefdetError(f"Panier impossible : {year}, {sequence}")
    return f"B{year}{sequence:06d}"


_FIELD = r"\{(?P<name>[a-z_]{1,30})(?::(?P<width>0?[0-9]{1,2})d)?\}"


def _padded(name: str, width: str | None, values: Mapping[str, str | int]) -> str:
    if name not in values:
        raise RefdetError(f"Donnée absente : {name}")
    value = str(values[name])
    if width is None:
        return value
    if not re.fullmatch(r"[0-9]+", value) or len(value) > int(width):
        raise RefdetError(f"{name} doit être un nombre d'au plus {int(width)} chiffres : {value}")
    return value.zfill(int(width))
