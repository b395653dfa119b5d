"""Asking for a way in: the three answers of activation, their strict form, and the forgotten password.

Strict: one answer whatever the address, so that nobody learns who has an account; what is to be said goes by mail, to
addresses that the deployment knows only, so that the portal writes to no stranger.
"""

from datetime import datetime
from uuid import uuid4

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import LinkKind, MailEvent, Utility
from portail_app.errors import Invalid
from portail_app.mails import access
from portail_app.services.access_links import find_any_link, write_link
from portail_app.services.accounts import Known, find_known, open_account
from portail_app.services.credentials import normal_email
from portail_app.services.mails import write_mail
from portail_app.settings import settings

MOST_CODES = 10  # of one account's own subscribers: what one try may guess
SENT = "Un message d'activation du compte vous a été envoyé avec succès"
UNKNOWN = (
    "Activation impossible, adresse inconnue. Contactez le service concerné pour lui transmettre votre adresse mail."
)
ALREADY_ACTIVE = (
    "Activation impossible, il existe déjà un compte actif avec cette adresse mail. Connectez-vous, ou utilisez la "
    "procédure de mot de passe oublié."
)
WRONG_CODE = "Activation impossible, le code ne correspond pas à cette adresse mail. C’est votre numéro d’abonné."
NEUTRAL = (
    "Si votre service connaît cette adresse, un message vient d’y être envoyé. Si rien n’arrive dans quelques minutes, "
    "regardez dans vos courriers indésirables, puis contactez votre service pour lui transmettre votre adresse mail."
)


async def ask_for_activation(session: AsyncSession, email: str, codes: frozenset[str], now: datetime) -> str:
    """The sentence to answer with. Raises Invalid with the manual's refusals where no utility concerned is strict."""
    if len(codes) > MOST_CODES:
        raise Invalid(f"Saisissez {MOST_CODES} codes au plus à la fois.", field="code")
    known = await find_known(session, normal_email(email))
    if await _is_strict(session, known):
        await _tell_by_mail(session, normal_email(email), known, codes, now)
        return NEUTRAL
    if known.is_active:
        raise Invalid(ALREADY_ACTIVE, field="email")
    if not known.utilities:
        raise Invalid(UNKNOWN, field="email")
    if not known.may_activate(codes):
        raise Invalid(WRONG_CODE, field="code")
    await _send_link(session, normal_email(email), known, LinkKind.ACTIVATION, now, codes)
    return SENT


async def ask_for_renewal(session: AsyncSession, email: str, now: datetime) -> str:
    """The same answer for every address: who has no active account yet gets the activation mail, a stranger nothing."""
    email = normal_email(email)
    known = await find_known(session, email)
    if known.is_active:
        await _send_link(session, email, known, LinkKind.RENEWAL, now)
    else:
        await _tell_by_mail(session, email, known, frozenset(), now)
    return NEUTRAL


async def ask_again(session: AsyncSession, token: str, now: datetime) -> str:
    """Another link to whom that one was sent, good or over, with the codes given then. Raises LinkRefused."""
    link, account = await find_any_link(session, token)
    known = await find_known(session, account.email)
    if known.is_active:
        await _send_link(session, account.email, known, LinkKind.RENEWAL, now)
    else:
        await _tell_by_mail(session, account.email, known, frozenset(link.codes.splitlines()), now)
    return NEUTRAL


async def codes_are_asked_for(session: AsyncSession) -> bool:
    return (await session.exec(select(Utility.id).where(Utility.activation_needs_code).limit(1))).first() is not None


async def _is_strict(session: AsyncSession, known: Known) -> bool:
    if known.utilities:
        return any(utility.activation_is_strict for utility in known.utilities)
    strict = select(Utility.id).where(col(Utility.activation_is_strict)).limit(1)
    return (await session.exec(strict)).first() is not None


async def _tell_by_mail(session: AsyncSession, email: str, known: Known, codes: frozenset[str], now: datetime) -> None:
    if known.is_active:
        await _write(session, email, known, access.already_active(_sender(known)))
    elif known.may_activate(codes):
        await _send_link(session, email, known, LinkKind.ACTIVATION, now, codes)
    elif known.utilities:
        await _write(session, email, known, access.code_needed(_sender(known)))


async def _send_link(
    session: AsyncSession,
    email: str,
    known: Known,
    kind: LinkKind,
    now: datetime,
    codes: frozenset[str] = frozenset(),
) -> None:
    account = await open_account(session, email, now)
    assert account.id is not None
    valid_for = known.valid_for(kind)
    link = await write_link(session, account.id, kind, now, now + valid_for, codes)
    address = f"{settings().url}/mot-de-passe?lien={link.token}"
    if kind is LinkKind.ACTIVATION:
        text = access.activation(_sender(known), address, valid_for, link.expires_at)
    else:
        text = access.renewal(_sender(known), email, address, valid_for, link.expires_at)
    await _write(session, email, known, text, has_secret=True)


async def _write(session: AsyncSession, email: str, known: Known, text: str, *, has_secret: bool = False) -> None:
    await write_mail(
        session,
        event_key=f"acces-{uuid4().hex}",  # each request is an event of its own
        recipient=email,
        subject=access.SUBJECT,
        text=text,
        event=MailEvent.ACCESS,
        utility_id=known.utilities[0].id if known.utilities else None,
        has_secret=has_secret,
    )


def _sender(known: Known) -> access.Sender:
    return access.Sender(", ".join(utility.name for utility in known.utilities), settings().url)
