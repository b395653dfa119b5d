"""What Alice has asked in the demonstration: a leak under way, which Chloé has answered, an old message, and what she
said on the phone."""

from datetime import date, datetime, timedelta

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Account, AccountSubscriber, Request, RequestChannel, RequestStatus, StaffRole, Subscriber
from portail_app.services.request_desk import assign_request
from portail_app.services.request_notes import add_note
from portail_app.services.request_opening import open_request
from portail_app.services.request_sendings import Draft
from portail_app.services.request_threads import answer_request, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.viewer import Viewer

ALICE, CHLOE = "alice@example.fr", "chloe@example.fr"


async def ask_in_the_demonstration(session: AsyncSession, now: datetime) -> None:
    """Once: nothing where Alice has asked something already, or is not there."""
    alice, chloe = await _subscriber(session, ALICE), await _agent(session, CHLOE)
    asked = select(Request.id).where(col(Request.subscriber_id).in_(alice.subscriber_ids))
    if not alice.subscriber_ids or not chloe.ranks or (await session.exec(asked)).first() is not None:
        return
    await _settle_a_question(session, alice, chloe, now - timedelta(days=61))
    await _take_a_call(session, alice, chloe, now - timedelta(days=24))
    await _tell_of_a_leak(session, alice, chloe, now - timedelta(days=3))


async def _settle_a_question(session: AsyncSession, alice: Viewer, chloe: Viewer, then: datetime) -> None:
    question = "Bonjour,\nà quelle date passera le releveur rue du Moulin ? Le portail est fermé à clé.\nMerci."
    answer = "Bonjour,\nle releveur passe le 14 au matin. Vous pouvez aussi transmettre votre index vous-même."
    number = await _ask(session, alice, "message", {"message": question}, then)
    turn = Turn(answer, "demonstration-2", RequestStatus.RESOLVED)
    await answer_request(session, chloe, number, turn, then + timedelta(hours=20))


async def _take_a_call(session: AsyncSession, alice: Viewer, chloe: Viewer, then: datetime) -> None:
    words = "Mme Martin appelle : la pression est faible le soir, depuis les travaux de la rue du Moulin."
    typed = {"nature": "Pression de l’eau", "description": words}
    call = Draft("installation", min(alice.subscriber_ids), typed, "demonstration-6", channel=RequestChannel.PHONE)
    request = await open_request(session, chloe, call, then)
    answer = "Bonjour,\nle réducteur de pression de la rue a été réglé ce matin. Dites-nous si cela recommence."
    turn = Turn(answer, "demonstration-7", RequestStatus.RESOLVED)
    await answer_request(session, chloe, request.number, turn, then + timedelta(days=2))


async def _tell_of_a_leak(session: AsyncSession, alice: Viewer, chloe: Viewer, then: datetime) -> None:
    typed = {
        "lieu": "Après le compteur",
        "constatee": then.date().isoformat(),
        "reparee": "non",
        "index": "1284",
        "description": "L’eau coule sous l’évier et le compteur tourne la nuit.\nJ’ai fermé le robinet d’arrêt.",
    }
    number = await _ask(session, alice, "fuite", typed, then)
    due_on: date = (then + timedelta(days=7)).date()
    await assign_request(session, chloe, number, chloe.account_id, due_on, then + timedelta(hours=2))
    note = "Consommation double de l’an dernier : proposer le plafonnement une fois la réparation attestée."
    await add_note(session, chloe, number, note, "demonstration-3", then + timedelta(hours=2))
    answer = (
        "Bonjour Madame Martin,\nmerci d’avoir fermé le robinet. Faites réparer par un plombier et envoyez-nous son "
        "attestation : votre facture pourra être plafonnée. Un agent relève votre compteur jeudi matin."
    )
    await answer_request(session, chloe, number, Turn(answer, "demonstration-4"), then + timedelta(hours=3))
    thanks = "Merci. Le plombier vient mercredi, je vous envoie l’attestation ensuite."
    await write_to_service(session, alice, number, Turn(thanks, "demonstration-5"), then + timedelta(hours=9))


async def _ask(session: AsyncSession, viewer: Viewer, code: str, typed: dict[str, str], then: datetime) -> str:
    draft = Draft(code, min(viewer.subscriber_ids), typed, f"demonstration-{code}")
    return (await open_request(session, viewer, draft, then)).number


async def _subscriber(session: AsyncSession, email: str) -> Viewer:
    held = (
        select(Subscriber.id, Subscriber.utility_id, AccountSubscriber.account_id)
        .join(AccountSubscriber, col(AccountSubscriber.subscriber_id) == col(Subscriber.id))
        .join(Account, col(Account.id) == col(AccountSubscriber.account_id))
        .where(Account.email == email)
    )
    found = (await session.exec(held)).all()
    return Viewer(
        account_id=found[0][2] if found else None,
        subscriber_ids=frozenset(subscriber_id or 0 for subscriber_id, _, _ in found),
        payable_subscriber_ids=frozenset(subscriber_id or 0 for subscriber_id, _, _ in found),
        subscribed_utility_ids=frozenset(utility_id for _, utility_id, _ in found),
    )


async def _agent(session: AsyncSession, email: str) -> Viewer:
    working = (
        select(StaffRole).join(Account, col(Account.id) == col(StaffRole.account_id)).where(Account.email == email)
    )
    roles = (await session.exec(working)).all()
    ranks = {role.utility_id: role.rank for role in roles}
    return Viewer(account_id=roles[0].account_id if roles else None, ranks=ranks)
