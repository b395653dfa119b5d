"""Who is looking: whose rows they read, and that nobody reads more by being two things at once."""

from dataclasses import FrozenInstanceError

import pytest

from models import StaffRank
from portail_app.viewer import Scope, Viewer

BOTH = Viewer(
    account_id=7,
    session_id=70,
    email="alice@example.fr",
    name="Alice Martin",
    subscriber_ids=frozenset({1, 2}),
    payable_subscriber_ids=frozenset({1}),
    subscribed_utility_ids=frozenset({10}),
    ranks={20: StaffRank.AGENT},
)


@pytest.mark.parametrize(
    ("viewer", "scope", "is_signed_in", "is_staff"),
    [
        (Viewer.nobody(), Scope.SUBSCRIBER, False, False),
        (Viewer(account_id=7), Scope.SUBSCRIBER, True, False),
        (BOTH, Scope.STAFF, True, True),
        (BOTH.as_subscriber(), Scope.SUBSCRIBER, True, False),
        (Viewer.system(), Scope.SYSTEM, False, False),
    ],
    ids=["nobody", "a subscriber", "staff", "staff on their own pages", "the portal"],
)
def test_whose_rows_one_reads(viewer, scope, is_signed_in, is_staff):
    assert (viewer.scope, viewer.is_signed_in, viewer.is_staff) == (scope, is_signed_in, is_staff)


def test_nobody_has_nothing_and_no_bound_of_theirs_finds_a_row():
    assert not any(Viewer.nobody().bounds.values())
    assert Viewer.nobody().utility_ids == frozenset()


def test_on_their_own_pages_staff_keep_all_but_their_role():
    own = BOTH.as_subscriber()
    assert (own.ranks, own.staffed_utility_ids) == ({}, frozenset())
    assert (own.account_id, own.session_id, own.subscriber_ids) == (7, 70, {1, 2})
    assert own.payable_subscriber_ids == {1}
    bounds = own.bounds
    assert (bounds["utility_ids"], sorted(bounds["subscriber_ids"]), bounds["account_ids"]) == ([], [1, 2], [7])


def test_who_has_no_role_is_the_same_on_their_own_pages():
    subscriber = BOTH.as_subscriber()
    assert subscriber.as_subscriber() is subscriber


def test_facts_are_shown_of_where_one_works_and_of_where_one_is_billed():
    assert BOTH.utility_ids == {10, 20}
    assert BOTH.staffed_utility_ids == {20}
    assert BOTH.bounds["utility_ids"] == [20]


def test_a_viewer_is_never_changed_on_the_way():
    with pytest.raises(FrozenInstanceError):
        BOTH.is_system = True


def test_only_the_portal_itself_reads_everything():
    assert not any(one.is_system for one in (Viewer.nobody(), BOTH, BOTH.as_subscriber()))
    assert Viewer.system().is_system
    assert Viewer.system().bounds["subscriber_ids"] == []
