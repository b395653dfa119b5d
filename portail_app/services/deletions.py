"""« Supprimer mon compte »: asked for as a request to each utility, which staff accept (services/closing.py)."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Hold, Request
from portail_app.errors import Invalid
from portail_app.services import request_opening
from portail_app.services.closing import forget_account
from portail_app.services.holds import list_held
from portail_app.services.own_changes import WAITING, OwnChange, list_own
from portail_app.services.owned_fields import ACCOUNT
from portail_app.services.request_sendings import Change, Draft
from portail_app.viewer import Viewer

TYPE_CODE = "donnees-personnelles"
STAFF_ACCOUNT = "Un compte d’agent ne se supprime pas ici : voyez votre administrateur."
ASKED_ALREADY = "La suppression de votre compte est déjà demandée."


async def ask_for_deletion(session: AsyncSession, viewer: Viewer, key: str, now: datetime) -> list[Request]:
    """One request for each utility that bills the viewer: each lets go of its own. Who is nobody's subscriber, a
    delegate for instance, is deleted at once: then there is none."""
    if viewer.is_staff:
        raise Invalid(STAFF_ACCOUNT)
    own = [one for one in await list_held(session, viewer) if one.hold is Hold.HOLDER]
    if not own:
        await forget_account(session, viewer.account_id or 0, now)
        return []
    first_of = {one.utility.id: one.subscriber.id or 0 for one in reversed(own)}
    before = {one.request for one in await list_asked(session, viewer)}
    change = Change(ACCOUNT, "Suppression du compte", "Ouvert", "Supprimé")
    opened = []
    for utility_id, subscriber_id in sorted(first_of.items(), key=lambda pair: pair[0] or 0):
        draft = Draft(TYPE_CODE, subscriber_id, {}, f"{key}-{utility_id}", (change,))
        request = await request_opening.open_request(session, viewer, draft, now)
        request.content, request.summary = [[change.label, viewer.email]], change.label
        session.add(request)
        opened.append(request)
    if before - {request.number for request in opened}:
        raise Invalid(ASKED_ALREADY)
    await session.flush()
    return opened


async def list_asked(session: AsyncSession, viewer: Viewer) -> list[OwnChange]:
    """Those that wait for an answer."""
    return [one for one in await list_own(session, viewer) if one.field == ACCOUNT and one.status == WAITING]
