"""Opening a request: once, whatever a browser sends twice, and told to both sides in the same transaction."""

from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Request, RequestChannel, RequestKind, RequestType, Subscriber
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import audit, request_mails, request_types
from portail_app.services.request_answers import check_answers
from portail_app.services.request_attachments import send_waiting
from portail_app.services.request_drafts import close_draft, form_place
from portail_app.services.request_sendings import Draft, Sending, insert_once
from portail_app.services.served_subscribers import find_served
from portail_app.viewer import Viewer


async def open_request(session: AsyncSession, viewer: Viewer, draft: Draft, now: datetime) -> Request:
    """The new request, or the one that the same sending has opened already. Raises Invalid at the field at fault."""
    if viewer.account_id is None:
        raise Forbidden
    if not 8 <= len(draft.key) <= 64:
        raise Invalid
    subscriber = await _find_asker(session, viewer, draft)
    asked = await _find_type(session, subscriber, draft)
    content = check_answers(asked.questions, draft.typed)
    handler_id = await request_types.find_handler(session, asked)
    sending = Sending(draft, subscriber, asked, content, viewer.account_id, handler_id)
    opened, is_new = await insert_once(session, sending, now)
    place = form_place(asked.code, draft.subscriber_id)
    await close_draft(session, viewer, place, draft.key, now)
    if is_new:
        session.add_all(change.proposed_in(opened) for change in draft.changes)
        action = "Demande saisie pour l’abonné" if opened.is_taken_down else "Demande envoyée"
        audit.record(session, viewer, action, opened.number, utility_id=opened.utility_id)
        await session.flush()
        await send_waiting(session, viewer, place, opened)
        await request_mails.tell_opened(session, opened, asked)
    return opened


async def _find_asker(session: AsyncSession, viewer: Viewer, draft: Draft) -> Subscriber:
    """One of the viewer's own; of those whom they serve, where it is taken down."""
    if draft.channel is RequestChannel.PORTAL:
        return await request_types.find_own_subscriber(session, viewer, draft.subscriber_id)
    return await find_served(session, viewer, draft.subscriber_id)


async def _find_type(session: AsyncSession, subscriber: Subscriber, draft: Draft) -> RequestType:
    """What only the account itself may ask is never taken down: its requests are read by who opened them."""
    asked = await request_types.find_offered(session, subscriber, draft.type_code)
    if draft.channel is not RequestChannel.PORTAL and asked.kind is not RequestKind.FORM:
        raise NotFound("Type de demande")
    return asked
