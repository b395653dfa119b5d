"""What the nightly sweep must know: every column that names content of the store."""

from sqlmodel import SQLModel

import models  # noqa: F401
from portail_app.services.files import KEYS

NAMED_OTHERWISE = {
    *("mail.event_key", "attempt_counter.key", "request_draft.closed_key"),
    *("request.sent_key", "request_message.sent_key", "request_note.sent_key"),
}


def test_every_column_that_names_content_keeps_it_from_the_sweep():
    keys = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if column.name == "key" or column.name.endswith("_key")
    }

    assert keys - NAMED_OTHERWISE == {f"{key.table.name}.{key.name}" for key in KEYS}
