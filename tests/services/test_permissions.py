"""Ranks: each one may do what the one below may, in its own utilities only."""

import pytest

from models import StaffRank
from portail_app.errors import Forbidden, NotFound
from portail_app.services.permissions import require_rank, utilities_at
from portail_app.viewer import Viewer

AGENT, MANAGER, ADMINISTRATOR = StaffRank.AGENT, StaffRank.MANAGER, StaffRank.ADMINISTRATOR
ALL = (AGENT, MANAGER, ADMINISTRATOR)


@pytest.mark.parametrize("rank", ALL)
@pytest.mark.parametrize("least", ALL)
def test_a_rank_may_what_the_ranks_below_may(rank, least):
    viewer = Viewer(account_id=7, ranks={1: rank})
    if ALL.index(rank) >= ALL.index(least):
        assert require_rank(viewer, 1, least) == 7
    else:
        with pytest.raises(Forbidden):
            require_rank(viewer, 1, least)


def test_a_rank_counts_where_it_was_given_only():
    viewer = Viewer(account_id=7, ranks={1: ADMINISTRATOR, 2: AGENT})
    with pytest.raises(Forbidden):
        require_rank(viewer, 2, MANAGER)
    with pytest.raises(NotFound):
        require_rank(viewer, 3, AGENT)
    assert utilities_at(viewer, MANAGER) == {1}
    assert utilities_at(viewer, AGENT) == {1, 2}


@pytest.mark.parametrize("viewer", [Viewer.nobody(), Viewer.system(), Viewer(account_id=7)])
def test_who_has_no_rank_may_nothing(viewer):
    with pytest.raises(Forbidden):
        require_rank(viewer, 1, AGENT)
    assert utilities_at(viewer, AGENT) == frozenset()


def test_every_rank_is_placed():
    assert set(ALL) == set(StaffRank)
