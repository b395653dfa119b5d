"""/donnees-personnelles/sessions: where the account is signed in, and who came into it or looked."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    button,
    card,
    cell,
    head_cell,
    instant,
    personal_layout,
    row,
    said,
    skeleton,
    table,
)
from portail_app.services.accesses import Access
from portail_app.services.own_sessions import OpenSession
from portail_app.states.accesses import AccessesState
from portail_app.states.sessions import SessionsState
from portail_app.states.site import SiteState

PAGE = "/donnees-personnelles/sessions"
ADVICE = "Si vous ne reconnaissez pas une session, fermez-la et changez votre mot de passe."
HISTORY = "Vos connexions, celles des personnes que vous avez autorisées, et les agents qui ont consulté votre dossier."


@rx.page(route=PAGE, title="Sessions et accès", on_load=[SiteState.load, SessionsState.load, AccessesState.load])
def sessions_page() -> rx.Component:
    return personal_layout(
        PAGE,
        said(SessionsState.answer),
        card(
            rx.el.p(ADVICE),
            rx.cond(SessionsState.is_loaded, _sessions(), skeleton(lines=3, height="3rem")),
            _close_others(),
            title="Sessions ouvertes",
        ),
        card(
            rx.el.p(HISTORY, " Il est gardé un an."),
            rx.cond(AccessesState.is_loaded, _accesses(), skeleton(lines=6, height="3rem")),
            title="Historique des accès",
        ),
    )


def _sessions() -> rx.Component:
    columns = (Column("Navigateur"), Column("Adresse"), Column("Ouverte le"), Column("Jusqu’au"), Column("Action"))
    return table("Sessions ouvertes", columns, rx.foreach(SessionsState.sessions, _session))


def _session(session: rx.Var[OpenSession]) -> rx.Component:
    return row(
        head_cell("Navigateur", session.browser),
        cell("Adresse", session.address),
        cell("Ouverte le", instant(session.opened_at)),
        cell("Jusqu’au", instant(session.ends_at)),
        cell("Action", rx.cond(session.is_this, badge("Cette session", "info"), _close(session))),
    )


def _close(session: rx.Var[OpenSession]) -> rx.Component:
    close = SessionsState.close(session.id)
    return button("Fermer", kind="secondary", on_click=close)


def _close_others() -> rx.Component:
    has_others = SessionsState.sessions.length() > 1
    return rx.cond(has_others, button("Fermer les autres sessions", kind="danger", on_click=SessionsState.close_others))


def _accesses() -> rx.Component:
    columns = (Column("Date"), Column("Qui"), Column("Accès"), Column("Navigateur"), Column("Adresse"))
    return table("Historique des accès", columns, rx.foreach(AccessesState.accesses, _access))


def _access(access: rx.Var[Access]) -> rx.Component:
    looked = rx.el.span(badge(access.role, "info", icon="eye"), " ", access.subject)
    return row(
        head_cell("Date", instant(access.at)),
        cell("Qui", rx.cond(access.is_me, "Vous", access.who)),
        cell("Accès", rx.cond(access.kind == "connexion", "Connexion", looked)),
        cell("Navigateur", rx.cond(access.browser != "", access.browser, "—")),
        cell("Adresse", rx.cond(access.address != "", access.address, "—")),
    )
