"""What waits for a subscriber at home: what is due and asked, the last consumption and papers, what they have read."""

from dataclasses import dataclass
from datetime import date

from portail_app.reading import Reader
from portail_app.services.asks import Ask, list_asks
from portail_app.services.contract_list import ContractRow, list_last_consumptions
from portail_app.services.due import Due, summarise_due
from portail_app.services.notice_board import list_closed_ids
from portail_app.services.papers import Paper, list_latest
from portail_app.services.request_counts import OwnRequests, count_for_subscriber
from portail_app.viewer import Viewer

NOTHING_DUE, NOTHING_ASKED = Due(), OwnRequests()


@dataclass(frozen=True, slots=True)
class Home:
    due: Due = NOTHING_DUE
    asks: tuple[Ask, ...] = ()
    consumptions: tuple[ContractRow, ...] = ()
    requests: OwnRequests = NOTHING_ASKED
    latest: tuple[Paper, ...] = ()
    closed_notice_ids: tuple[int, ...] = ()


async def read_home(reader: Reader, viewer: Viewer, today: date) -> Home:
    """Of the viewer's own subscribers, also for who is staff besides."""
    return Home(
        due=await summarise_due(reader, viewer, today),
        asks=await list_asks(reader, viewer, today),
        consumptions=await list_last_consumptions(reader, viewer.as_subscriber(), today),
        requests=await count_for_subscriber(reader, viewer),
        latest=tuple(await list_latest(reader, viewer)),
        closed_notice_ids=await list_closed_ids(reader, viewer),
    )
