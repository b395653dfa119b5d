"""What a form answered, where the eye is: at the field at fault, else above the form."""

import reflex as rx

from portail_app.components.layout.notice import Kind, notice
from portail_app.states.answers import Answers


def error_at(state: type[Answers], field: str) -> rx.Var[str]:
    """For a field's `error`."""
    return rx.cond(state.error_field == field, state.error, "")


def error_above(state: type[Answers]) -> rx.Component:
    """A refusal that is about no field."""
    return rx.cond((state.error != "") & (state.error_field == ""), notice(state.error, kind="danger", role="alert"))


def said(words: rx.Var[str] | str, kind: Kind = "success") -> rx.Component:
    """Nothing until there is something to say, which is then announced."""
    return rx.cond(words != "", notice(words, kind=kind, role="status"))
