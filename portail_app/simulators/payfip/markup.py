"""Pages from templates: every value is escaped here, except those that are already `Markup`."""

from datetime import datetime
from html import escape
from pathlib import Path
from string import Template

from starlette.responses import HTMLResponse

from portail_app.simulators.payfip.treasury import PARIS

_TEMPLATES = Path(__file__).parent / "templates"
_HEADERS = {
    # form-action also rules where a form's answer may redirect: back to the site that asked for the payment
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action http: https:",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # with none, a browser posts the choice with the origin "null"
}


class Markup(str):
    """HTML that is already safe."""

    __slots__ = ()


def render(template: str, **values: str) -> Markup:
    """A template file (`name.html`) or a fragment of HTML with its `$values`."""
    text = _read(template) if template.endswith(".html") else template
    return Markup(Template(text).substitute({name: safe(value) for name, value in values.items()}))


def safe(value: str) -> str:
    return value if isinstance(value, Markup) else escape(value)


def page(title: str, body: Markup, status: int = 200) -> HTMLResponse:
    content = render("layout.html", title=title, body=body, style=Markup(_read("style.css")))
    return HTMLResponse(content, status, headers=_HEADERS)


def euros(amount_cents: int) -> str:
    whole, cents = divmod(amount_cents, 100)
    return f"{whole:,}".replace(",", "\u202f") + f",{cents:02d}\u00a0€"


def moment(instant: datetime) -> str:
    return f"{instant.astimezone(PARIS):%d/%m/%Y %H:%M:%S}"


def _read(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
