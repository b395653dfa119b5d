"""Form fields: a label that stays, a hint before, the error at the field and announced with it.

Each control's id is `field-<name>`; a handler returns `focus_field(name)` (states/browser.py) to bring the focus to the
first wrong one.
"""

from collections.abc import Sequence
from typing import Any

import reflex as rx

from portail_app.components.basics.behaviour import REVEAL_PASSWORD
from portail_app.components.basics.contents import Content, Flag, Words, named


def text_field(label: Words, name: str, *, error: Words = "", hint: Words = "", **props: Any) -> rx.Component:
    """Any one-line input: `type` chooses email, date, number, search... (text by default)."""
    return _field(label, name, rx.el.input(**_control(name, error, hint), **props), error, hint)


def email_field(
    label: Words, name: str = "email", *, error: Words = "", hint: Words = "", **props: Any
) -> rx.Component:
    attributes = {"type": "email", "auto_complete": "username", "input_mode": "email", "spell_check": False} | props
    return text_field(label, name, error=error, hint=hint, **attributes)


def date_field(label: Words, name: str, *, error: Words = "", hint: Words = "", **props: Any) -> rx.Component:
    return text_field(label, name, error=error, hint=hint, type="date", **props)


def password_field(
    label: Words,
    name: str = "password",
    *,
    error: Words = "",
    hint: Words = "",
    new: bool = False,
    **props: Any,
) -> rx.Component:
    """With a button that shows what is typed; `new` lets the browser propose one instead of filling in."""
    remembered = "new-password" if new else "current-password"
    control = rx.el.input(type="password", auto_complete=remembered, **_control(name, error, hint), **props)
    return _field(label, name, rx.el.div(control, _reveal(name, label), class_name="field-inline"), error, hint)


def textarea_field(label: Words, name: str, *, error: Words = "", hint: Words = "", **props: Any) -> rx.Component:
    return _field(label, name, rx.el.textarea(**_control(name, error, hint), **props), error, hint)


def select_field(
    label: Words,
    name: str,
    options: Sequence[tuple[str, str]] | rx.Component,
    *,
    error: Words = "",
    hint: Words = "",
    **props: Any,
) -> rx.Component:
    """`options` are (value, label) pairs, or an `rx.foreach` that makes `rx.el.option`."""
    control = rx.el.select(*_options(options), **_control(name, error, hint), **props)
    return _field(label, name, control, error, hint)


def checkbox_field(label: Content, name: str, *, hint: Words = "", error: Words = "", **props: Any) -> rx.Component:
    control = rx.el.input(type="checkbox", **_control(name, error, hint) | {"class_name": ""}, **props)
    return rx.el.div(
        rx.el.label(control, rx.el.span(label), class_name="check"), *_remarks(name, error, hint), class_name="field"
    )


def choice_group(
    legend: Words, name: str, choices: Sequence[tuple[str, str]], *, chosen: Words, error: Words = "", hint: Words = ""
) -> rx.Component:
    """Two or three (value, label) of which one is chosen, all in sight."""
    marked = [
        rx.el.label(
            rx.el.input(type="radio", name=name, value=value, default_checked=chosen == value, **_first(name, place)),
            rx.el.span(label),
            class_name="check",
        )
        for place, (value, label) in enumerate(choices)
    ]
    return rx.el.fieldset(
        rx.el.legend(legend, class_name="field-legend"),
        *_remarks(name, error, hint),
        rx.el.div(*marked, class_name="cluster"),
        class_name="field",
        aria_describedby=f"{_id(name)}-error",
    )


def field_group(legend: Words, *fields: Content) -> rx.Component:
    """Fields that answer one question together."""
    return rx.el.fieldset(rx.el.legend(legend, class_name="field-legend"), *fields, class_name="stack")


def _first(name: str, place: int) -> dict[str, Any]:
    """The one to which the focus is brought."""
    return named(_id(name)) if place == 0 else {}


def _field(label: Words, name: str, control: rx.Component, error: Words, hint: Words) -> rx.Component:
    return rx.el.div(rx.el.label(label, html_for=_id(name)), *_remarks(name, error, hint), control, class_name="field")


def _options(options: Sequence[tuple[str, str]] | rx.Component) -> list[rx.Component]:
    if isinstance(options, rx.Component):
        return [options]
    return [rx.el.option(shown, value=value) for value, shown in options]


def _control(name: str, error: Words, hint: Words) -> dict[str, Any]:
    described = f"{_id(name)}-hint {_id(name)}-error" if _is_given(hint) else f"{_id(name)}-error"
    return {
        "name": name,
        "class_name": "input",
        **named(_id(name)),
        "aria_describedby": described,
        "aria_invalid": _is_wrong(error),
    }


def _remarks(name: str, error: Words, hint: Words) -> list[rx.Component]:
    said = [rx.el.p(hint, class_name="field-hint", **named(f"{_id(name)}-hint"))] if _is_given(hint) else []
    wrong = rx.el.p(error, class_name="field-error", aria_live="polite", **named(f"{_id(name)}-error"))
    return [*said, wrong]


def _reveal(name: str, label: Words) -> rx.Component:
    return rx.el.button(
        "Afficher",
        type="button",
        aria_pressed="false",
        aria_controls=_id(name),
        aria_label=f"Afficher : {label}",
        class_name="button button-secondary",
        custom_attrs={"onClick": REVEAL_PASSWORD},
    )


def _is_wrong(error: Words) -> Flag:
    return error != "" if isinstance(error, rx.Var) else bool(error)


def _is_given(words: Words) -> bool:
    return isinstance(words, rx.Var) or bool(words)


def _id(name: str) -> str:
    return f"field-{name}"
