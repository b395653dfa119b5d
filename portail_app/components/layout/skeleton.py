"""Placeholders of the size of what is being loaded, so that nothing jumps."""

import reflex as rx


def skeleton(lines: int = 3, height: str = "1.25rem") -> rx.Component:
    """`height` is that of one line to come: a table row is 3rem, a phone's card 9rem."""
    return rx.el.div(
        rx.el.span("Chargement en cours", class_name="unseen", role="status"),
        *(rx.el.span(aria_hidden="true") for _ in range(lines)),
        class_name="skeleton",
        custom_attrs={"style": {"--skeleton-height": height}},
    )
