"""What `rx.App` takes so that the first visit is light: our styles, our overlay, our error screen, nothing else."""

from collections.abc import Callable
from typing import Any

import reflex as rx
from reflex_components_core.base.error_boundary import ErrorBoundary

from portail_app.components.basics.link import document_link
from portail_app.components.layout.connection import connection_notice
from portail_app.components.layout.notice import notice
from portail_app.components.layout.toast import toasts

FONT = "/fonts/atkinson-hyperlegible-next.woff2"
STYLESHEETS = [f"styles/{name}.css" for name in ("tokens", "base", "controls", "surfaces", "tables", "layout", "frame")]


def appearance() -> dict[str, Any]:
    """`app = rx.App(**appearance(), ...)`."""
    return {
        "stylesheets": STYLESHEETS,
        "reset_style": False,
        "html_lang": "fr",
        "toaster": None,
        "head_components": _head(),
        "app_wraps": _wraps(),
    }


def _head() -> list[rx.Component]:
    return [
        rx.el.link(
            rel="preload", href=FONT, custom_attrs={"as": "font", "type": "font/woff2", "crossOrigin": "anonymous"}
        ),
        rx.el.link(rel="icon", href="/favicon.svg", custom_attrs={"type": "image/svg+xml"}),
        rx.el.meta(name="color-scheme", content="light dark"),
    ]


def _wraps() -> dict[tuple[int, str], Callable[[bool], rx.Component | None]]:
    """By Reflex's order of nesting: the boundary around everything, the overlay beside the page."""
    return {(55, "ErrorBoundary"): lambda stateful: error_boundary(), (5, "Overlay"): lambda stateful: overlay()}


def overlay() -> rx.Component:
    return rx.fragment(connection_notice(), toasts())


def error_boundary() -> rx.Component:
    """What is shown when the page itself fails in the browser."""
    return ErrorBoundary.create(fallback_render=rx.Var.create(_failure()))


def _failure() -> rx.Component:
    return rx.el.main(
        notice(
            rx.el.h1("Cette page n’a pas pu s’afficher"),
            rx.el.p(
                "Ce qui était enregistré est conservé. Rechargez la page ; si cela se reproduit, contactez le service."
            ),
            kind="danger",
        ),
        document_link("Revenir à l’accueil", href="/"),
        class_name="main",
    )
