"""What somebody types as an index and a day, as a draft."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from portail_app.errors import Invalid
from portail_app.services.reading_checks import SentDraft
from portail_app.states.answers import typed

FIELDS = ("index", "read_on")
INDEX = re.compile(r"(\d{1,3}(?: \d{3})+|\d{1,7})(?:[.,](\d{1,3}))?")


def draft_of(said: Mapping[str, str], today: date, *, confirmed: str = "", is_whole: bool = True) -> SentDraft | None:
    """The index in cubic metres, `1 204` or `812,345`; today where no day is said. Raises Invalid, or is None where
    `is_whole` is False and nothing is typed yet."""
    index = said.get("index", "")
    if not index.replace("m³", "").strip() and not is_whole:
        return None
    litres = litres_of(index, field="index")
    return SentDraft(litres, _day(said.get("read_on", ""), today), said.get("comment", ""), confirmed)


def sent_draft(form_data: dict[str, Any], today: date, *, confirmed: str) -> SentDraft:
    """What the form sends: whole, or Invalid."""
    said = {name: typed(form_data, name) for name in (*FIELDS, "comment")}
    draft = draft_of(said, today, confirmed=confirmed)
    assert draft is not None
    return draft


def litres_of(index: str, *, field: str) -> int:
    """Raises Invalid for what is no index."""
    found = INDEX.fullmatch(" ".join(index.replace("m³", "").split()))
    if found is None:
        raise Invalid("Indiquez l’index en mètres cubes : les chiffres noirs du compteur, comme 1204.", field=field)
    return int(found[1].replace(" ", "")) * 1000 + int((found[2] or "").ljust(3, "0"))


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text) if text else today
    except ValueError as wrong:
        raise Invalid("Indiquez une date, comme 21/07/2017.", field="read_on") from wrong
