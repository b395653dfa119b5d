"""What Alice has done with her own affairs before the demonstration begins, so that no page of hers is empty; and
Bruno, who receives no paper any more."""

from datetime import datetime, timedelta

from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import AccessRecord, Account, Hold, StaffRank
from portail_app.services.accesses import record_staff_look
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.delegate_invitations import invite_delegate
from portail_app.services.holds import holder_of
from portail_app.services.notifications import choose_notification
from portail_app.services.paper_choices import choose_paper
from portail_app.services.sessions import Browser, open_session
from portail_app.viewer import Viewer

DAUGHTER = "denise.martin@example.fr"
TABLET = "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"
COMPUTER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0"


async def write_affairs(session: AsyncSession, alice: Account, bruno: Account, agent: Account, now: datetime) -> None:
    """Once: whoever has a history has been here already."""
    if (await session.exec(select(AccessRecord.id).limit(1))).first() is not None:
        return
    viewer = await holder_of(session, alice)
    subscriber_id = min(viewer.subscriber_ids)
    for days, browser in ((40, COMPUTER), (12, COMPUTER), (3, TABLET)):
        await open_session(
            session, alice.id or 0, Browser(browser, "192.0.2.17"), now - timedelta(days=days), remember=days == 3
        )
    await choose_paper(session, viewer, subscriber_id, False, now - timedelta(days=200))
    await choose_paper(session, viewer, subscriber_id, True, now - timedelta(days=30))
    await choose_notification(session, viewer, "avis", False, now - timedelta(days=12))
    await ask_for_changes(
        session, viewer, subscriber_id, {"phone": "06 12 34 56 78"}, "demo-phone", now - timedelta(days=2)
    )
    await invite_delegate(session, viewer, subscriber_id, DAUGHTER, Hold.MAY_PAY, now - timedelta(days=1))
    neighbour = await holder_of(session, bruno)
    for number in sorted(neighbour.subscriber_ids):
        await choose_paper(session, neighbour, number, False, now - timedelta(days=20))
    await record_staff_look(
        session, _agent(agent, viewer), subscriber_id, "Demande de données", now - timedelta(days=1)
    )


def _agent(agent: Account, viewer: Viewer) -> Viewer:
    return Viewer(account_id=agent.id, ranks=dict.fromkeys(viewer.subscribed_utility_ids, StaffRank.AGENT))
