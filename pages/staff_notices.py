"""/agent/avis: notices over the page, and the welcome text of the home page."""

import reflex as rx

from models import Notice
from portail_app.components import (
    Column,
    badge,
    button,
    card,
    cell,
    day,
    head_cell,
    list_pages,
    list_search,
    notice_form,
    row,
    staff_layout,
    table,
    unfound,
    welcome_panel,
)
from portail_app.states.notices import NoticesState as State
from portail_app.states.site import SiteState
from portail_app.states.welcome import WelcomeState

COLUMNS = (Column("Titre"), Column("Du"), Column("Au"), Column("État"), Column("Action", is_silent=True))


@rx.page(route="/agent/avis", title="Avis", on_load=[SiteState.load, State.load, WelcomeState.load])
def staff_notices_page() -> rx.Component:
    return staff_layout("Avis", notice_form(), _published(), welcome_panel())


def _published() -> rx.Component:
    """Nothing at all until the first one."""
    found = rx.fragment(table("Avis publiés", COLUMNS, rx.foreach(State.notices, _line)), list_pages(State.place))
    is_any = State.notices.length() > 0
    listed = card(
        list_search("Titre ou texte", State.place, on_submit=State.look_for, by_day=False),
        rx.cond(is_any, found, unfound(State.place)),
        title="Avis publiés",
    )
    return rx.cond(is_any | (State.place["all"] != State.place["here"]), listed)


def _line(notice: rx.Var[Notice]) -> rx.Component:
    important = rx.cond(notice.is_important, badge("Important", "warning"), badge("Ordinaire", "neutral"))
    withdraw = button("Retirer", kind="secondary", on_click=State.withdraw(notice.id))
    return row(
        head_cell("Titre", notice.title),
        cell("Du", day(notice.starts_on)),
        cell("Au", rx.cond(notice.ends_on, day(notice.ends_on), "—")),
        cell("État", rx.cond(notice.withdrawn_at, badge("Retiré", "neutral"), important)),
        cell("Action", rx.cond(notice.withdrawn_at, "", withdraw)),
    )
