"""What each rank of staff may do, in the utilities where they have it and nowhere else.

| rank | may |
|---|---|
| agent | see suspensions, notices and payment attempts; decide of leaks; answer, note and assign requests |
| manager | also suspend and resume payments, publish notices, launch campaigns, write the welcome, check payments, |
| | write the types of requests |
| administrator | also read the audit trail |
"""

from models import StaffRank
from portail_app.errors import Forbidden, NotFound
from portail_app.viewer import Viewer

_HEIGHT = {StaffRank.AGENT: 1, StaffRank.MANAGER: 2, StaffRank.ADMINISTRATOR: 3}


def require_rank(viewer: Viewer, utility_id: int, least: StaffRank) -> int:
    """The account that acts. A utility where the viewer has no role and a missing one are the same refusal."""
    if viewer.account_id is None or not viewer.is_staff:
        raise Forbidden
    rank = viewer.ranks.get(utility_id)
    if rank is None:
        raise NotFound("Collectivité")
    if _HEIGHT[rank] < _HEIGHT[least]:
        raise Forbidden
    return viewer.account_id


def utilities_at(viewer: Viewer, least: StaffRank) -> frozenset[int]:
    """Where the viewer has at least that rank."""
    return frozenset(utility_id for utility_id, rank in viewer.ranks.items() if _HEIGHT[rank] >= _HEIGHT[least])
