"""How often one address may do something that costs: each by itself, and in a memory of bounded size."""

import pytest

from portail_app.http import frequency
from portail_app.http.frequency import Frequency


@pytest.fixture
def clock(monkeypatch):
    """The seconds that the portal believes to have passed."""
    hand = [1000.0]
    monkeypatch.setattr(frequency, "monotonic", lambda: hand[0])
    return hand


def test_so_many_are_let_through_and_the_next_is_not(clock):
    seen = Frequency(3, 60)
    assert [seen.allows("192.0.2.1") for _ in range(5)] == [True, True, True, False, False]


def test_another_address_has_its_own_count(clock):
    seen = Frequency(1, 60)
    assert seen.allows("192.0.2.1")
    assert seen.allows("192.0.2.2")
    assert not seen.allows("192.0.2.1")


def test_the_window_moves_with_the_time(clock):
    seen = Frequency(2, 60)
    assert seen.allows("192.0.2.1")
    clock[0] += 40
    assert seen.allows("192.0.2.1")
    clock[0] += 19
    assert not seen.allows("192.0.2.1")
    clock[0] += 1
    assert seen.allows("192.0.2.1")
    assert not seen.allows("192.0.2.1")


def test_who_is_refused_is_not_kept_out_for_longer_by_asking(clock):
    seen = Frequency(1, 60)
    seen.allows("192.0.2.1")
    for _ in range(50):
        clock[0] += 1
        assert not seen.allows("192.0.2.1")
    clock[0] += 10
    assert seen.allows("192.0.2.1")


def test_a_flood_of_addresses_does_not_fill_the_memory(clock, monkeypatch):
    monkeypatch.setattr(frequency, "MOST_ADDRESSES", 100)
    seen = Frequency(1, 60)
    for number in range(1000):
        assert seen.allows(f"address-{number}")
    assert len(seen._times) <= 100


def test_an_address_that_is_known_is_not_forgotten_for_its_own_sake(clock, monkeypatch):
    monkeypatch.setattr(frequency, "MOST_ADDRESSES", 1)
    seen = Frequency(1, 60)
    assert seen.allows("192.0.2.1")
    assert not seen.allows("192.0.2.1")
