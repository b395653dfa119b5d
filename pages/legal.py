"""/accessibilite, /confidentialite, /mentions-legales: what the law asks a public site to say, from `pages/texts`."""

from pathlib import Path

import reflex as rx

from portail_app.components import access_layout
from portail_app.markdown import render
from portail_app.states.site import SiteState

TEXTS = Path(__file__).parent / "texts"


@rx.page(route="/accessibilite", title="Accessibilité", on_load=SiteState.load)
def accessibility_page() -> rx.Component:
    return _page("Accessibilité", "accessibilite")


@rx.page(route="/confidentialite", title="Confidentialité", on_load=SiteState.load)
def privacy_page() -> rx.Component:
    return _page("Confidentialité", "confidentialite")


@rx.page(route="/mentions-legales", title="Mentions légales", on_load=SiteState.load)
def legal_notice_page() -> rx.Component:
    return _page("Mentions légales", "mentions-legales")


def _page(title: str, text: str) -> rx.Component:
    written = (TEXTS / f"{text}.md").read_text(encoding="utf-8")
    return access_layout(title, rx.html(render(written, levels_down=1), class_name="prose"))
