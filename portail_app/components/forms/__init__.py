"""What people fill in, and what a form answers."""

from portail_app.components.forms.answers import error_above, error_at, said
from portail_app.components.forms.draft import kept
from portail_app.components.forms.field import (
    checkbox_field,
    email_field,
    password_field,
    select_field,
    text_field,
    textarea_field,
)
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.forms.password_choice import identifier, password_choice
from portail_app.components.forms.subscriber_choice import subscriber_choice
from portail_app.components.forms.upload import adds_files, takes_files, upload_dialog

__all__ = [
    "adds_files",
    "checkbox_field",
    "email_field",
    "error_above",
    "error_at",
    "form",
    "identifier",
    "kept",
    "outcome",
    "password_choice",
    "password_field",
    "said",
    "select_field",
    "subscriber_choice",
    "takes_files",
    "text_field",
    "textarea_field",
    "upload_dialog",
]
