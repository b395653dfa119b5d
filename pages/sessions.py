"""/donnees-personnelles/sessions: where the account is signed in, and closing what is not one's own."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    button,
    cell,
    head_cell,
    instant,
    notice,
    personal_layout,
    row,
    said,
    skeleton,
    table,
)
from portail_app.services.sessions import OpenSession
from portail_app.states.sessions import SessionsState
from portail_app.states.site import SiteState

ADVICE = "Si vous ne reconnaissez pas une session, fermez-la et changez votre mot de passe."


@rx.page(
    route="/donnees-personnelles/sessions", title="Sessions ouvertes", on_load=[SiteState.load, SessionsState.load]
)
def sessions_page() -> rx.Component:
    return personal_layout(
        "/donnees-personnelles/sessions",
        said(SessionsState.answer),
        notice(ADVICE),
        rx.cond(SessionsState.is_loaded, _table(), skeleton(lines=3, height="3rem")),
        actions=_close_others(),
    )


def _table() -> rx.Component:
    columns = (Column("Navigateur"), Column("Adresse"), Column("Ouverte le"), Column("Jusqu’au"), Column("Action"))
    return table("Sessions ouvertes", columns, rx.foreach(SessionsState.sessions, _line))


def _line(session: rx.Var[OpenSession]) -> rx.Component:
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
