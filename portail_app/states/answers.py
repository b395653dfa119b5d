"""What a form answers: a refusal is shown in it, at the field at fault where there is one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import reflex as rx

from portail_app.errors import Invalid, NotSignedIn, Refusal

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


def typed(form_data: dict[str, Any], name: str) -> str:
    """One field of what a form sent, empty where it is missing. Raises Invalid for what no form of ours sends."""
    value = form_data.get(name, "")
    if not isinstance(value, str) or len(value) > LONGEST_FIELD:
        raise Invalid(field=name)
    return value
