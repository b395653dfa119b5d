"""The frame around every page: the portal's, the staff's, and the card of the access pages."""

from dataclasses import dataclass

import reflex as rx

from portail_app.components.button import icon_button
from portail_app.components.contents import Content, Words
from portail_app.components.form import native_form
from portail_app.components.icon import icon
from portail_app.components.link import NavigationLink, document_link, link


@dataclass(frozen=True)
class Entry:
    """One line of the navigation."""

    route: str
    label: str
    icon: str


@dataclass(frozen=True)
class Viewed:
    """What the frame shows of a state: whose portal it is, who looks at it, and what everybody must know now."""

    utility: Words = "Portail des factures"
    account: Words = ""
    banner: Content = ""
    sign_out: str = "/deconnexion"


SUBSCRIBER_ENTRIES = (
    Entry("/", "Accueil", "house"),
    Entry("/factures", "Mes factures", "receipt-euro"),
)
STAFF_ENTRIES = (
    Entry("/agent", "Accueil", "house"),
    Entry("/agent/paiements", "Paiements", "credit-card"),
    Entry("/agent/avis", "Avis", "megaphone"),
)
_TARGET = {"custom_attrs": {"id": "contenu", "tabIndex": -1}}
LEGAL_ENTRIES = (
    ("/accessibilite", "Accessibilité"),
    ("/mentions-legales", "Mentions légales"),
    ("/confidentialite", "Confidentialité"),
)


def portal_layout(title: Content, *content: Content, viewed: Viewed, actions: Content = "") -> rx.Component:
    """A subscriber's page: one h1, `actions` beside it, the content under it."""
    return _framed(SUBSCRIBER_ENTRIES, "/", title, content, viewed, actions)


def staff_layout(title: Content, *content: Content, viewed: Viewed, actions: Content = "") -> rx.Component:
    return _framed(STAFF_ENTRIES, "/agent", title, content, viewed, actions)


def access_layout(title: Content, *content: Content, utility: Words = "Portail des factures") -> rx.Component:
    """A page before sign-in: the utility's name over one card."""
    return rx.el.div(
        _skip_link(),
        rx.el.main(
            _brand(utility, "/connexion"),
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
    viewed: Viewed,
    actions: Content,
) -> rx.Component:
    return rx.el.div(
        _skip_link(),
        _header(viewed, home),
        _navigation(entries),
        rx.el.main(
            viewed.banner,
            rx.el.div(rx.el.h1(title), actions, class_name="title"),
            *content,
            class_name="main",
            **_TARGET,
        ),
        _footer(),
        class_name="portal",
    )


def _skip_link() -> rx.Component:
    return document_link("Aller au contenu", href="#contenu", class_name="skip")


def _header(viewed: Viewed, home: str) -> rx.Component:
    opener = icon_button("menu", "Menu", custom_attrs={"popoverTarget": "navigation"})
    return rx.el.header(
        rx.el.div(opener, class_name="menu-button"),
        _brand(viewed.utility, home),
        _account(viewed),
        class_name="header",
    )


def _brand(utility: Words, home: str) -> rx.Component:
    return link(
        rx.el.span(class_name="logo mark", aria_hidden="true"), rx.el.span(utility), href=home, class_name="brand"
    )


def _account(viewed: Viewed) -> rx.Component:
    return rx.fragment(
        rx.el.button(
            icon("circle-user-round"),
            rx.el.span(viewed.account, class_name="account-name"),
            rx.el.span("Mon compte", class_name="unseen"),
            type="button",
            class_name="button button-quiet",
            custom_attrs={"popoverTarget": "account"},
        ),
        rx.el.div(
            rx.el.p(viewed.account, class_name="menu-text"),
            _sign_out(viewed.sign_out),
            class_name="menu",
            custom_attrs={"id": "account", "popover": "auto"},
        ),
    )


def _sign_out(action: str) -> rx.Component:
    """An ordinary form post: the cookie is HttpOnly, so only an HTTP answer can take it away."""
    return native_form(
        rx.el.button(icon("log-out"), "Déconnexion", type="submit", class_name="menu-item"), action=action
    )


def _navigation(entries: tuple[Entry, ...]) -> rx.Component:
    closer = icon_button(
        "x", "Fermer le menu", custom_attrs={"popoverTarget": "navigation", "popoverTargetAction": "hide"}
    )
    return rx.el.nav(
        rx.el.div(closer, class_name="nav-head"),
        rx.el.ul(*map(_navigation_line, entries)),
        aria_label="Navigation principale",
        class_name="nav",
        custom_attrs={"id": "navigation", "popover": "auto"},
    )


def _navigation_line(entry: Entry) -> rx.Component:
    return rx.el.li(
        NavigationLink.create(
            icon(entry.icon),
            rx.el.span(entry.label),
            to=entry.route,
            class_name="nav-link",
            custom_attrs={"end": True} if entry.route in ("/", "/agent") else {},
        )
    )


def _footer() -> rx.Component:
    return rx.el.footer(*(link(label, href=route) for route, label in LEGAL_ENTRIES), class_name="footer")
