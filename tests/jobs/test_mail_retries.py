"""When a mail is tried again: at the hour that its row says, soon where the portal was at fault, never otherwise."""

from asyncio import CancelledError
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.jobs import Job

from portail_app.errors import NotFound, Unavailable
from portail_app.jobs.mail_retries import SECONDS_OF_PATIENCE, NotSent, WhenTheMailSays

JOB = Job(id=1, queue="mails", lock=None, queueing_lock=None, task_name="mails.send")
LATER = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


def decide(exception: BaseException):
    return WhenTheMailSays().get_retry_decision(exception=exception, job=JOB)


def test_a_mail_that_was_put_off_is_tried_again_at_its_own_hour():
    assert decide(NotSent(LATER)).retry_at == LATER


def test_a_mail_that_is_given_up_is_not_tried_again():
    assert decide(NotSent(None)) is None


@pytest.mark.parametrize("trouble", [Unavailable(), CancelledError()], ids=["database away", "told to stop"])
def test_what_is_the_portals_own_trouble_waits_a_moment(trouble):
    soon = datetime.now(UTC) + timedelta(seconds=SECONDS_OF_PATIENCE)
    assert abs(decide(trouble).retry_at - soon) < timedelta(seconds=5)


@pytest.mark.parametrize("bug", [ValueError("a bug"), KeyError("text"), NotFound("Courrier")], ids=str)
def test_a_bug_is_not_repeated_for_ever(bug):
    assert decide(bug) is None


def test_the_reason_in_the_log_says_until_when():
    assert str(NotSent(LATER)) == f"retry at {LATER}"
