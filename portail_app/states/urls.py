"""What a URL says: which row is looked at, how a list is filtered, and the links that change one thing of it."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

Choice = TypeVar("Choice", bound=StrEnum)
LAST_PAGE = 10_000
LARGEST_ID = 2**31 - 1  # PostgreSQL's integer
LONGEST_NUMBER = 10
SEARCH_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class ListUrl:
    """`/factures?onglet=reglees&annee=2024&tri=-montant&recherche=eau&page=2`. What is usual is left out of the URL."""

    path: str
    tab: str = ""
    year: int | None = None
    day: date | None = None
    search: str = ""
    sort: str = ""
    page: int = 1
    page_name: str = "page"

    def __str__(self) -> str:
        said = {
            "onglet": self.tab,
            "annee": self.year,
            "jour": self.day,
            "recherche": self.search,
            "tri": self.sort,
            self.page_name: self.page if self.page > 1 else None,
        }
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def to(self, **changes: str | int | date | None) -> str:
        """The URL with something changed, on its first page unless told which."""
        return str(replace(self, **{"page": 1, **changes}))  # type: ignore[arg-type]


def address_of(path: str, **parameters: str) -> str:
    """A path of ours with the parameters that say something."""
    query = urlencode({name: value for name, value in parameters.items() if value})
    return f"{path}?{query}" if query else path


def parameters_of(address: str) -> dict[str, str]:
    """What an address of ours says after its path, the last of each."""
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def read_choice(choices: type[Choice], value: str, usual: Choice) -> Choice:
    """A word of the URL as one of `choices`; a word that is none of them is as if it were missing."""
    try:
        return choices(value)
    except ValueError:
        return usual


def read_number(value: str, *, at_most: int) -> int | None:
    """A positive number of the URL, None where it is missing or is not one."""
    is_number = value.isascii() and value.isdigit() and len(value) <= LONGEST_NUMBER
    return int(value) if is_number and 0 < int(value) <= at_most else None


def read_day(value: str) -> date | None:
    """A day of the URL, as `<input type="date">` writes it; None where it is missing or is not one."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def read_search(value: str) -> str:
    return value.replace("\0", "").strip()[:SEARCH_AT_MOST]


def read_last(path: str) -> str:
    """The number or reference that ends a path: `2017-020-002059` in `/factures/2017-020-002059/`."""
    return unquote(path.rstrip("/").rsplit("/", 1)[-1])


def read_above(path: str) -> str:
    """The number before the last word of a path: `C100001` in `/contrats/C100001/fuite`."""
    return read_last(path.rstrip("/").rpartition("/")[0])
