"""The frame around every page: the portal's, the staff's, and the card of the access pages.

It shows whose portal it is, who looks, and whether payment is suspended: `SiteState.load` in each page's `on_load`.
"""

from dataclasses import dataclass

import reflex as rx

from portail_app.components.basics.button import icon_button
from portail_app.components.basics.contents import Content
from portail_app.components.basics.icon import icon
from portail_app.components.basics.link import NavigationLink, document_link, link
from portail_app.components.forms.form import native_form
from portail_app.components.layout.menu import menu_link
from portail_app.components.layout.notice import notice
from portail_app.states.site import SiteState


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    route: str
    label: str
    icon: str


SUBSCRIBER_ENTRIES = (
    Entry("/", "Accueil", "house"),
    Entry("/factures", "Mes factures", "receipt-euro"),
    Entry("/contrats", "Mes contrats", "gauge"),
    Entry("/demandes", "Mes demandes", "message-circle"),
    Entry("/documents", "Mes documents", "folder"),
    Entry("/donnees-personnelles", "Mes données personnelles", "user-round"),
    Entry("/contact", "Contact", "phone"),
)
STAFF_ENTRIES = (
    Entry("/agent", "Accueil", "house"),
    Entry("/agent/demandes", "Demandes", "message-circle"),
    Entry("/agent/paiements", "Paiements", "credit-card"),
    Entry("/agent/releves", "Relèves", "gauge"),
    Entry("/agent/campagnes", "Campagnes", "calendar"),
    Entry("/agent/fuites", "Fuites", "droplet"),
    Entry("/agent/rapprochement", "Rapprochement", "landmark"),
    Entry("/agent/documents", "Documents", "folder"),
    Entry("/agent/avis", "Avis", "megaphone"),
    Entry("/agent/journal", "Journal", "history"),
)
_TARGET = {"custom_attrs": {"id": "contenu", "tabIndex": -1}}
LEGAL_ENTRIES = (
    ("/accessibilite", "Accessibilité"),
    ("/mentions-legales", "Mentions légales"),
    ("/confidentialite", "Confidentialité"),
)


def portal_layout(title: Content, *content: Content, actions: Content = "") -> rx.Component:
    """A subscriber's page: one h1, `actions` beside it, the content under it."""
    return _framed(SUBSCRIBER_ENTRIES, "/", title, content, actions)


def staff_layout(title: Content, *content: Content, actions: Content = "") -> rx.Component:
    return _framed(STAFF_ENTRIES, "/agent", title, content, actions)


def access_layout(title: Content, *content: Content) -> rx.Component:
    """A page before sign-in: the utility's name over one card."""
    return rx.el.div(
        _accent(),
        _skip_link(),
        rx.el.main(
            _brand("/connexion"),
            rx.el.section(rx.el.h1(title), *content, class_name="card"),
            class_name="main",
            **_TARGET,
        ),
        _footer(),
        class_name="access",
    )


def _framed(
    entries: tuple[Entry, ...],
    home: str,
    title: Content,
    content: tuple[Content, ...],
    actions: Content,
) -> rx.Component:
    return rx.el.div(
        _accent(),
        _skip_link(),
        _header(home),
        _navigation(entries, title),
        rx.el.main(
            _banner(),
            rx.el.div(rx.el.h1(title), actions, class_name="title"),
            *content,
            class_name="main",
            **_TARGET,
        ),
        _footer(),
        class_name="portal",
    )


def _accent() -> rx.Component:
    """The utility's own colour; `tokens.css` bounds its lightness."""
    return rx.cond(SiteState.owner.accent != "", rx.el.style(f":root {{ --accent: {SiteState.owner.accent} }}"))


def _banner() -> rx.Component:
    """Always in the page, so that screen readers hear what enters it."""
    suspended = rx.cond(SiteState.suspension != "", notice(SiteState.suspension, kind="warning"))
    return rx.el.div(suspended, role="status")


def _skip_link() -> rx.Component:
    return document_link("Aller au contenu", href="#contenu", class_name="skip")


def _header(home: str) -> rx.Component:
    opener = icon_button("menu", "Menu", custom_attrs={"popoverTarget": "navigation"})
    return rx.el.header(
        rx.el.div(opener, class_name="menu-button"),
        _brand(home),
        _account(home),
        class_name="header",
    )


def _brand(home: str) -> rx.Component:
    owner = rx.cond(SiteState.owner.name != "", SiteState.owner.name, SiteState.owner.portal_title)
    return link(
        rx.el.span(class_name="logo mark", aria_hidden="true"), rx.el.span(owner), href=home, class_name="brand"
    )


def _account(home: str) -> rx.Component:
    other = ("/agent", "Espace des agents") if home == "/" else ("/", "Espace des abonnés")
    return rx.fragment(
        rx.el.button(
            icon("circle-user-round"),
            rx.el.span(SiteState.viewer.name, class_name="account-name"),
            rx.el.span("Mon compte", class_name="unseen"),
            type="button",
            class_name="button button-quiet",
            custom_attrs={"popoverTarget": "account"},
        ),
        rx.el.div(
            rx.el.p(SiteState.viewer.name, class_name="menu-text"),
            rx.cond(SiteState.viewer.is_both, menu_link(other[1], href=other[0], icon="arrow-left-right")),
            menu_link("Mes données personnelles", href="/donnees-personnelles", icon="user-round"),
            _sign_out("menu-item"),
            class_name="menu",
            custom_attrs={"id": "account", "popover": "auto"},
        ),
    )


def _sign_out(class_name: str) -> rx.Component:
    """An ordinary form post: the cookie is HttpOnly, so only an HTTP answer can take it away."""
    leave = rx.el.button(icon("log-out"), "Déconnexion", type="submit", class_name=class_name)
    return native_form(leave, action="/deconnexion")


def _navigation(entries: tuple[Entry, ...], title: Content) -> rx.Component:
    closer = icon_button(
        "x", "Fermer le menu", custom_attrs={"popoverTarget": "navigation", "popoverTargetAction": "hide"}
    )
    return rx.el.nav(
        rx.el.div(closer, class_name="nav-head"),
        rx.el.ul(_home_line(entries[0], title), *map(_navigation_line, entries[1:]), rx.el.li(_sign_out("nav-link"))),
        aria_label="Navigation principale",
        class_name="nav",
        custom_attrs={"id": "navigation", "popover": "auto"},
    )


def _home_line(entry: Entry, title: Content) -> rx.Component:
    """Every page is below the home page, which alone bears its name."""
    here = "page" if isinstance(title, str) and title == entry.label else "false"
    return rx.el.li(
        link(icon(entry.icon), rx.el.span(entry.label), href=entry.route, class_name="nav-link", aria_current=here)
    )


def _navigation_line(entry: Entry) -> rx.Component:
    return rx.el.li(
        NavigationLink.create(icon(entry.icon), rx.el.span(entry.label), to=entry.route, class_name="nav-link")
    )


def _footer() -> rx.Component:
    return rx.el.footer(*(link(label, href=route) for route, label in LEGAL_ENTRIES), class_name="footer")
