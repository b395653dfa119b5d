"""The mail server: `SMTP_URL` is `smtp://[user:password@]host[:port]`, or `smtps://` for TLS from the first byte.

`smtp://` is encrypted as soon as the server offers it (STARTTLS); a password leaves this machine by no other way.
"""

import logging
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from portail_app.settings import settings

SECONDS = 30
UNREADABLE = "SMTP_URL ne se lit pas : écrivez /, @, : ou # en %2F, %40, %3A ou %23 dans le nom et le mot de passe."
IN_CLEAR = (
    "Le serveur de courrier {host} n’offre pas de chiffrement (STARTTLS) : le mot de passe de SMTP_URL ne lui a pas "
    "été envoyé. Réglez smtps://, ou un serveur qui chiffre."
)
OURS = (  # our own name or password was refused: an operator can put that right, and the mail then leaves
    aiosmtplib.SMTPAuthenticationError,
    aiosmtplib.SMTPConnectError,
    aiosmtplib.SMTPHeloError,
)


log = logging.getLogger(__name__)


class Undelivered(Exception):
    """Why the server did not take the mail. Final: trying again would not help."""

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


async def send(message: EmailMessage) -> None:
    """Returns once the server has answered for the mail. Raises Undelivered where it has not."""
    url = settings().smtp_url
    if url is None:
        raise Undelivered("Aucun serveur de courrier n’est réglé (SMTP_URL).")
    try:
        await _deliver(message, *_read(url))
    except aiosmtplib.SMTPRecipientsRefused as refused:
        raise Undelivered(
            _reason(refused), is_final=all(_is_final(one.code) for one in refused.recipients)
        ) from refused
    except aiosmtplib.SMTPResponseException as refused:
        is_final = _is_final(refused.code) and not isinstance(refused, OURS)
        raise Undelivered(_reason(refused), is_final=is_final) from refused
    except (aiosmtplib.SMTPException, OSError) as trouble:
        raise Undelivered(_reason(trouble)) from trouble


def _read(url: str) -> tuple[SplitResult, int | None]:
    try:
        server = urlsplit(url)
        return server, server.port
    except ValueError:
        log.error(UNREADABLE)
        raise Undelivered(UNREADABLE) from None  # what could not be read may be a part of the password


async def _deliver(message: EmailMessage, server: SplitResult, port: int | None) -> None:
    host = server.hostname or "localhost"
    client = aiosmtplib.SMTP(hostname=host, port=port, use_tls=server.scheme == "smtps", timeout=SECONDS)
    async with client:
        if server.username:
            _refuse_in_clear(client, host)
            await client.login(unquote(server.username), unquote(server.password or ""))
        await client.send_message(message)


def _refuse_in_clear(client: aiosmtplib.SMTP, host: str) -> None:
    """An operator can put that right, as a wrong password: the mail waits."""
    if client.get_transport_info("sslcontext") is None and not _is_this_machine(host):
        log.error(reason := IN_CLEAR.format(host=host))
        raise Undelivered(reason)


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_final(code: int) -> bool:
    """RFC 5321, 4.2.1: 5yz is a permanent negative answer."""
    return 500 <= code < 600


def _reason(trouble: Exception) -> str:
    return f"{type(trouble).__name__} : {trouble}"[:500]
