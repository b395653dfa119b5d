"""How far a copy of one's data is: told by its instants, the last word first."""

import pytest

from models import DataExport, ExportStatus
from tests.factories import NOW


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({}, ExportStatus.WAITING),
        ({"parts_in_all": 17}, ExportStatus.RUNNING),
        ({"parts_in_all": 17, "parts": 17}, ExportStatus.RUNNING),
        ({"parts_in_all": 17, "done_at": NOW}, ExportStatus.READY),
        ({"parts_in_all": 17, "failed_at": NOW}, ExportStatus.FAILED),
        ({"failed_at": NOW}, ExportStatus.FAILED),
        ({"parts_in_all": 17, "done_at": NOW, "failed_at": NOW}, ExportStatus.FAILED),
        ({"parts_in_all": 17, "done_at": NOW, "removed_at": NOW}, ExportStatus.REMOVED),
        ({"failed_at": NOW, "removed_at": NOW}, ExportStatus.REMOVED),
    ],
)
def test_its_status_is_what_happened_last(known, status):
    assert DataExport(account_id=1, asked_at=NOW, **known).status is status


def test_the_name_of_its_file_is_given_to_no_page():
    export = DataExport(account_id=1, asked_at=NOW, file_name="7-0123.zip", done_at=NOW)
    assert "7-0123.zip" not in str(export.model_dump())
    assert export.model_dump()["status"] == "pret"
