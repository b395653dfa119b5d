"""What a staff form answered: done, or refused as a whole; what is wrong in one field is said at that field."""

import reflex as rx

from portail_app.components.basics.contents import Words
from portail_app.components.layout.notice import notice


def outcome(done: Words, error: Words, error_field: rx.Var[str]) -> rx.Component:
    """Always in the page, so that screen readers hear what enters it."""
    is_shown_here = (error_field == "") | (error_field == "utility_id")
    refused = rx.cond((error != "") & is_shown_here, notice(error, kind="danger"))
    return rx.el.div(rx.cond(done != "", notice(done, kind="success")), refused, role="status")
