"""A suspension of online payment: while it holds."""

from datetime import timedelta

import pytest

from models import PaymentSuspension
from tests.factories import NOW

INSTANT = timedelta(microseconds=1)
LATER = NOW + timedelta(hours=2)


def suspension(**values) -> PaymentSuspension:
    return PaymentSuspension(utility_id=1, reason="Maintenance", suspended_at=NOW, suspended_by=1, **values)


@pytest.mark.parametrize(
    ("instant", "holds"), [(NOW, True), (LATER - INSTANT, True), (LATER, False), (LATER + INSTANT, False)]
)
def test_a_suspension_holds_until_the_announced_instant_which_is_free(instant, holds):
    assert suspension(until=LATER).holds_at(instant) is holds


def test_without_an_announced_end_it_holds_until_somebody_resumes():
    assert suspension().holds_at(NOW + timedelta(days=400))
    assert not suspension(resumed_at=NOW, resumed_by=1).holds_at(NOW)
    assert not suspension(until=LATER, resumed_at=NOW, resumed_by=1).holds_at(NOW)
