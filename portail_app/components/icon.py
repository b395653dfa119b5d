"""Icons: one stroke, the size of the words they stand beside, silent to screen readers."""

import reflex as rx


def icon(name: str) -> rx.Component:
    """An icon of the Lucide set, by its name (`receipt_euro`): always beside a word, so hidden from screen readers."""
    return rx.icon(name, class_name="icon", aria_hidden="true", custom_attrs={"focusable": "false"})
