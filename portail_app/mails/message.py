"""A mail's form on the wire: plain text, the same as simple HTML, and the headers that automatic mail must have."""

import re
from email.errors import NonASCIILocalPartDefect
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from html import escape

from models import Mail

_LINK = re.compile(r"https?://[^\s<>\"]+")
_STYLE = "font-family:sans-serif;font-size:16px;line-height:1.5;max-width:40em;margin:0 auto;padding:16px"


def compose(mail: Mail, text: str, *, sender: str, sender_name: str) -> EmailMessage:
    """Raises ValueError for an address that no header can hold."""
    message = EmailMessage(policy=SMTP if mail.recipient.isascii() else SMTPUTF8)
    message["From"] = Address(sender_name, addr_spec=sender)
    message["To"] = _address(mail.recipient)
    message["Subject"] = " ".join(mail.subject.splitlines())
    message["Date"] = mail.created_at
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no automatic answer to this
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(text)
    message.add_alternative(as_html(text), subtype="html")
    message["Content-Language"] = "fr"
    return message


def _address(email: str) -> Address:
    """Also of who has an accent before the @ (RFC 6531), which Python takes in two parts only."""
    try:
        return Address(addr_spec=email)
    except NonASCIILocalPartDefect:
        username, _, domain = email.rpartition("@")
        return Address(username=username, domain=domain)


def as_html(text: str) -> str:
    """The same paragraphs and lines, with links that can be followed."""
    written = f'<body style="{_STYLE}">{paragraphs(text)}</body>'
    return f'<!doctype html><html lang="fr"><meta charset="utf-8">{written}</html>'


def paragraphs(text: str) -> str:
    return "".join(f"<p>{linked(part)}</p>" for part in text.strip().split("\n\n"))


def linked(text: str) -> str:
    """As HTML, with its links: they and all the rest are escaped once."""
    parts, end = [], 0
    for found in _LINK.finditer(text):
        address = escape(found.group())
        parts += [_escaped(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")
