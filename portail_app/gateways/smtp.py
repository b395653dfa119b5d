"""The mail server: `SMTP_URL` is `smtp://[user:password@]host[:port]`, or `smtps://` for TLS from the first byte."""

from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib

from portail_app.settings import settings

SECONDS = 30
OURS = (  # our own name or password was refused: an operator can put that right, and the mail then leaves
    aiosmtplib.SMTPAuthenticationError,
    aiosmtplib.SMTPConnectError,
    aiosmtplib.SMTPHeloError,
)


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
        await _deliver(message, urlsplit(url))
    except aiosmtplib.SMTPRecipientsRefused as refused:
        raise Undelivered(
            _reason(refused), is_final=all(_is_final(one.code) for one in refused.recipients)
        ) from refused
    except aiosmtplib.SMTPResponseException as refused:
        is_final = _is_final(refused.code) and not isinstance(refused, OURS)
        raise Undelivered(_reason(refused), is_final=is_final) from refused
    except (aiosmtplib.SMTPException, OSError) as trouble:
        raise Undelivered(_reason(trouble)) from trouble


async def _deliver(message: EmailMessage, server: SplitResult) -> None:
    await aiosmtplib.send(
        message,
        hostname=server.hostname or "localhost",
        port=server.port,
        username=unquote(server.username) if server.username else None,
        password=unquote(server.password) if server.password else None,
        use_tls=server.scheme == "smtps",
        timeout=SECONDS,
    )


def _is_final(code: int) -> bool:
    """RFC 5321, 4.2.1: 5yz is a permanent negative answer."""
    return 500 <= code < 600


def _reason(trouble: Exception) -> str:
    return f"{type(trouble).__name__} : {trouble}"[:500]
