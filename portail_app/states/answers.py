"""What a form answers: a refusal is shown in it, at the field at fault where there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.errors import Invalid, NotSignedIn, Refusal
from portail_app.formats import PARIS
from portail_app.states.browser import focus_field

LONGEST_FIELD = 4_000


class Answers(rx.State, mixin=True):
    """For the state of a form: `with self._showing_refusals(): ...`."""

    error: str = ""
    error_field: str = ""

    @contextmanager
    def _showing_refusals(self) -> Iterator[None]:
        """Inside, a refusal ends the block and is shown in the form; who is not signed in still is sent away."""
        self.error, self.error_field = "", ""
        try:
            yield
        except NotSignedIn:
            raise
        except Refusal as refused:
            self.error = refused.sentence
            self.error_field = refused.field if isinstance(refused, Invalid) else ""

    def _focus_on_error(self) -> EventSpec | None:
        """The event that takes the person to the field at fault."""
        return focus_field(self.error_field) if self.error_field else None


def typed(form_data: dict[str, Any], name: str) -> str:
    """One field of what a form sent, empty where it is missing. Raises Invalid for what no form of ours sends."""
    value = form_data.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_FIELD:
        raise Invalid(field=name)
    return value


def typed_text(form_data: dict[str, Any], name: str) -> str:
    """A text of any length that a page can send: its service says in words what is too long."""
    value = form_data.get(name, "")
    if not isinstance(value, str):
        raise Invalid(field=name)
    return value


def typed_number(form_data: dict[str, Any], name: str) -> int:
    text = typed(form_data, name)
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise Invalid(field=name)
    return int(text)


def typed_day(form_data: dict[str, Any], name: str) -> date | None:
    """What `<input type="date">` sends; None where it was left empty."""
    text = typed(form_data, name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise Invalid("Indiquez une date, comme 21/07/2017.", field=name) from wrong


def typed_instant(form_data: dict[str, Any], name: str) -> datetime | None:
    """What `<input type="datetime-local">` sends, which is the hour of Paris; None where it was left empty."""
    text = typed(form_data, name)
    try:
        return datetime.fromisoformat(text).replace(tzinfo=PARIS).astimezone(UTC) if text else None
    except (ValueError, OverflowError) as wrong:
        raise Invalid("Indiquez une date et une heure.", field=name) from wrong
