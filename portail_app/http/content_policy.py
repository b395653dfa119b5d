"""The content security policy of each document: our own files, and the inline scripts that the build wrote, by hash.

Reflex needs inline styles (its elements' `style`), and inline scripts that React Router writes into each page; nothing
of it needs `unsafe-eval` as long as no handler asks for a script to be run (portail_app/states/browser.py).
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from portail_app.gateways.payfip_access import payment_page
from portail_app.settings import ROOT

BUILT = ROOT / ".web" / "build" / "client"
FALLBACKS = ("__spa-fallback.html", "404.html")
_FIXED = (
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)


def policy_of(path: str, built: Path = BUILT) -> str:
    """For the document at `path`: that of its own prerendered page, else of the page that stands for all others."""
    pages = _hashes_by_path(built)
    hashes = pages.get(path.rstrip("/") or "/", pages.get("", ()))
    return "; ".join((*_FIXED, f"form-action 'self' {_payfip()}", " ".join(("script-src 'self'", *hashes))))


def _payfip() -> str:
    """A browser applies `form-action` to the redirection that takes the payer to PayFiP, too."""
    page = urlsplit(payment_page())
    return f"{page.scheme}://{page.netloc}" if page.netloc else ""


@cache
def _hashes_by_path(built: Path) -> dict[str, tuple[str, ...]]:
    """By the path that is asked for; "" is any that has no page of its own."""
    pages: dict[str, set[str]] = {"": set()}
    for document in built.glob("**/*.html"):
        name = document.relative_to(built).as_posix()
        path = "" if name in FALLBACKS else "/" + re.sub(r"/?index$", "", name.removesuffix(".html"))
        pages.setdefault(path, set()).update(_hashes(document))
    return {path: tuple(sorted(hashes)) for path, hashes in pages.items()}


def _hashes(document: Path) -> set[str]:
    scripts = _INLINE.findall(document.read_bytes().decode())
    return {f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" for script in scripts}
