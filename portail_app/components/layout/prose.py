"""What staff wrote, as HTML that `portail_app.markdown` has rendered."""

import reflex as rx


def prose(html: rx.Var[str]) -> rx.Component:
    return rx.html(html, class_name="prose")
