"""Forms: one sent as an event of the page, one sent by the browser itself to an HTTP route."""

from typing import Any

import reflex as rx
from reflex_components_core.el.elements.base import BaseHTML

from portail_app.components.basics.contents import Content, Words


class NativeForm(BaseHTML):
    """Reflex's own form always prevents the browser from sending it; this one does not."""

    tag = "form"


def form(*content: Content, on_submit: Any, **props: Any) -> rx.Component:
    """Errors are shown by the fields in our words, so the browser's own bubbles are off.

    Before the page's script has loaded, the browser itself would send the form, a password in the URL included: outside
    a dialog, the method "dialog" sends nothing (HTML, form submission algorithm), and what was typed stays.
    """
    return rx.el.form(
        *content, on_submit=on_submit, no_validate=True, class_name="form", **({"method": "dialog"} | props)
    )


def native_form(
    *content: Content, action: Words, method: str = "post", target: Words = "_self", **attributes: Any
) -> rx.Component:
    """`attributes` by React's names: `encType` for a file."""
    return NativeForm.create(*content, custom_attrs={"action": action, "method": method, "target": target} | attributes)


def upload_form(*, form_id: str) -> rx.Component:
    """An empty form for a file input elsewhere in the page (`form=`); `sendFile` (behaviour.js) gives its address."""
    attributes = {"id": form_id, "method": "post", "encType": "multipart/form-data"}
    return NativeForm.create(custom_attrs=attributes)
