"""What each rank of staff may do, in the utilities where they have it and nowhere else.

| rank | may |
|---|---|
| agent | see suspensions, notices and payment attempts; decide of leaks; answer, note and assign requests |
| manager | also suspend and resume payments, publish notices, launch campaigns, write the welcome, check payments, |
| | write the types of requests |
| administrator | also read the audit trail |

Of a subscriber, a delegate who may only see reads what the holder reads; who may pay also acts: writes to the service,
sends readings and papers, asks for warnings. What is the holder's own starts from `services/holds.py`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from models import StaffRank
from portail_app.errors import Forbidden, NotFound
from portail_app.viewer import Viewer

MAY_ONLY_SEE = "Vous pouvez consulter cet abonnement, pas agir à la place de son titulaire."
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


def may_act(viewer: Viewer, subscriber_id: int) -> bool:
    """Of a subscriber whose facts the viewer may read: what is asked before a page offers it."""
    return subscriber_id in viewer.payable_subscriber_ids


def require_acting(viewer: Viewer, subscriber_id: int) -> None:
    """The same, when it is done."""
    if not may_act(viewer, subscriber_id):
        raise Forbidden(MAY_ONLY_SEE)


@contextmanager
def acting(viewer: Viewer) -> Iterator[Viewer]:
    """What the viewer was allowed to find, found again as who may act: what is then not there is seen only."""
    try:
        yield replace(viewer, subscriber_ids=viewer.payable_subscriber_ids)
    except NotFound:
        raise Forbidden(MAY_ONLY_SEE) from None
