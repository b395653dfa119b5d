"""A real SMTP server on a port of its own, which keeps what it takes and refuses what it is told to."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class MailServer:
    """`answers` are given to the next mails, in order; then every mail is taken. While `hold` is clear, none is
    answered: `received` says that one has come. `recipients` are those that are refused, with what they are told;
    `passwords` are those that it was told, and whether nobody on the way could read each."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answers: list[str] = []
        self.recipients: dict[str, str] = {}
        self.passwords: list[tuple[str, bool]] = []
        self.received = threading.Event()
        self.hold = threading.Event()
        self.hold.set()
        self.url = ""

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802  aiosmtpd's name
        if address in self.recipients:
            return self.recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.received.set()
        await asyncio.to_thread(self.hold.wait, 20)
        return answer


@contextmanager
def mail_server(
    logins: Mapping[str, str] | None = None, certificate: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """One that asks who is there where `logins` are given: passwords by name. With a certificate it offers STARTTLS."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = MailServer()
    asking = {"tls_context": certificate, **_asking_for(logins, server)}
    controller = Controller(server, hostname="127.0.0.1", port=port, **asking)
    controller.start()
    server.url = f"smtp://127.0.0.1:{port}"
    try:
        yield server
    finally:
        server.hold.set()
        controller.stop()


def _asking_for(logins: Mapping[str, str] | None, heard: MailServer) -> dict[str, Any]:
    if logins is None:
        return {}
    known = {name.encode(): password.encode() for name, password in logins.items()}

    def check(server, session, envelope, mechanism, given) -> AuthResult:
        heard.passwords.append((given.password.decode(), session.ssl is not None))
        return AuthResult(success=known.get(given.login) == given.password, handled=False)

    return {"authenticator": check, "auth_required": True, "auth_require_tls": False}
