"""What one request says of itself: whether it goes on, how it came, and what no page is given of it."""

import pytest

from models import CLOSED, ProposedChange, Request, RequestChannel, RequestDraft, RequestMessage, RequestStatus
from tests.factories import NOW


@pytest.mark.parametrize(
    ("status", "is_open"),
    [
        (RequestStatus.NEW, True),
        (RequestStatus.IN_PROGRESS, True),
        (RequestStatus.WAITING, True),
        (RequestStatus.RESOLVED, False),
        (RequestStatus.REFUSED, False),
        (RequestStatus.WITHDRAWN, False),
    ],
)
def test_a_request_goes_on_until_it_is_resolved_refused_or_withdrawn(status, is_open):
    assert Request(status=status).is_open is is_open
    assert (status in CLOSED) is not is_open


@pytest.mark.parametrize("channel", RequestChannel)
def test_what_did_not_come_by_the_portal_was_taken_down_by_staff(channel):
    assert Request(channel=channel).is_taken_down is (channel is not RequestChannel.PORTAL)


@pytest.mark.parametrize(
    ("instants", "is_decided"),
    [({}, False), ({"accepted_at": NOW}, True), ({"refused_at": NOW}, True)],
)
def test_a_change_is_decided_once_it_is_accepted_or_refused(instants, is_decided):
    change = ProposedChange(request_id=1, field="name", label="Nom", **instants)
    assert change.is_decided is is_decided
    assert change.model_dump()["is_decided"] is is_decided


@pytest.mark.parametrize(
    "row",
    [
        Request(sent_key="cle-secrete"),
        RequestMessage(sent_key="cle-secrete"),
        RequestDraft(closed_key="cle-secrete"),
    ],
    ids=lambda row: type(row).__name__,
)
def test_the_key_of_what_was_sent_is_given_to_no_page(row):
    assert "cle-secrete" not in str(row.model_dump())


def test_a_page_is_given_what_it_shows_of_a_request():
    shown = Request(number="D2026-00012", status=RequestStatus.REFUSED, channel=RequestChannel.PHONE).model_dump()
    assert (shown["number"], shown["is_open"], shown["is_taken_down"]) == ("D2026-00012", False, True)
