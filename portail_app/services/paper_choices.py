"""« Ne pas recevoir les factures au format papier »: each choice a dated row, told to the service and to who chose."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import MailEvent, PaperChoice
from portail_app.formats import instant
from portail_app.mails import personal
from portail_app.services import audit
from portail_app.services.holds import Held, find_own
from portail_app.services.mails import write_mail
from portail_app.viewer import Viewer

NO_PAPER = "Ne pas recevoir les factures au format papier"
PAPER_AGAIN = "Recevoir à nouveau les factures au format papier"
ASKED = "Vous avez demandé à ne plus recevoir les factures au format papier."
CONSEQUENCE = "Si vous confirmez, un message électronique sera automatiquement envoyé au service concerné."


async def choose_paper(
    session: AsyncSession, viewer: Viewer, subscriber_id: int, wants_paper: bool, now: datetime
) -> None:
    """Choosing what holds already changes nothing. Raises NotFound for a subscriber that is not the viewer's own."""
    held = await find_own(session, viewer, subscriber_id, is_held_still=True)
    former = (await list_by_subscriber(session, [subscriber_id])).get(subscriber_id)
    if wants_paper == (former is None or former[0].wants_paper):
        return
    choice = PaperChoice(
        subscriber_id=subscriber_id,
        account_id=viewer.account_id or 0,
        email=viewer.email,
        wants_paper=wants_paper,
        words=PAPER_AGAIN if wants_paper else f"{ASKED} {CONSEQUENCE}",
        chosen_at=now,
    )
    session.add(choice)
    await session.flush()
    audit.record(
        session,
        viewer,
        "Factures au format papier reprises" if wants_paper else "Factures au format papier arrêtées",
        f"Abonné {held.subscriber.number}",
        utility_id=held.utility.id,
    )
    await _tell(session, viewer, held, choice)


async def list_by_subscriber(
    session: AsyncSession, subscriber_ids: Iterable[int]
) -> dict[int, tuple[PaperChoice, ...]]:
    """The newest first, which holds; nothing for who has never chosen. Of subscribers that are the viewer's own."""
    found: dict[int, tuple[PaperChoice, ...]] = {}
    for choice in await _list(session, subscriber_ids):
        found[choice.subscriber_id] = (choice, *found.get(choice.subscriber_id, ()))
    return found


async def list_choices(session: AsyncSession, viewer: Viewer, subscriber_id: int) -> list[PaperChoice]:
    """The dated proof: every choice made for one's own subscriber, the newest first."""
    await find_own(session, viewer, subscriber_id)
    return list(reversed(await _list(session, [subscriber_id])))


async def _list(session: AsyncSession, subscriber_ids: Iterable[int]) -> list[PaperChoice]:
    wanted = select(PaperChoice).where(col(PaperChoice.subscriber_id).in_(list(subscriber_ids)))
    return list((await session.exec(wanted.order_by(col(PaperChoice.id)))).all())


async def _tell(session: AsyncSession, viewer: Viewer, held: Held, choice: PaperChoice) -> None:
    number, when = held.subscriber.number, instant(choice.chosen_at)
    if held.utility.email:
        await write_mail(
            session,
            event_key=f"papier-{choice.id}-service",
            event=MailEvent.SERVICE,
            utility_id=held.utility.id,
            recipient=held.utility.email,
            subject=f"{PAPER_AGAIN if choice.wants_paper else NO_PAPER} (abonné {number})",
            text=personal.paper_service(
                number, held.subscriber.name, viewer.email, when, wants_paper=choice.wants_paper
            ),
        )
    await write_mail(
        session,
        event_key=f"papier-{choice.id}",
        event=MailEvent.PAPER,
        utility_id=held.utility.id,
        recipient=viewer.email,
        subject="Vos factures au format papier",
        text=personal.paper_confirmed(held.sender, number, when, wants_paper=choice.wants_paper),
    )
