"""What the form of a publication says: which file, for whom, in which folder."""

from typing import Any

from models import FolderKind
from portail_app.errors import Invalid
from portail_app.services.publishing import NO_FILE
from portail_app.services.readers import Readers
from portail_app.states.answers import typed, typed_number
from portail_app.states.urls import read_choice


def readers_of(form_data: dict[str, Any]) -> Readers:
    return Readers(
        utility_id=typed_number(form_data, "utility_id"),
        number=typed(form_data, "number").strip(),
        words=typed(form_data, "words").strip(),
        city=typed(form_data, "city").strip(),
        only_direct_debit=bool(form_data.get("only_direct_debit")),
    )


def file_id_of(form_data: dict[str, Any]) -> int:
    """Raises Invalid where no file was sent yet."""
    if not typed(form_data, "file_id"):
        raise Invalid(NO_FILE, field="file_id")
    return typed_number(form_data, "file_id")


def folder_kind_of(form_data: dict[str, Any]) -> FolderKind:
    return read_choice(FolderKind, typed(form_data, "kind"), FolderKind.CONTRACT)
