"""What has been published, each with the way to take it back."""

import reflex as rx

from portail_app.components.basics.button import button
from portail_app.components.basics.formats import instant
from portail_app.components.documents.withdrawing import withdrawing
from portail_app.components.forms.outcome import outcome
from portail_app.components.layout.card import card
from portail_app.components.layout.empty import empty
from portail_app.components.tables.pagination import list_pages
from portail_app.components.tables.table import Column, cell, head_cell, row, table
from portail_app.services.publications import Publication
from portail_app.states.publications import PublicationsState as State

COLUMNS = (
    Column("Document"),
    Column("Publié le"),
    Column("Abonnés", is_number=True),
    Column("Action", is_silent=True),
)


def publications() -> rx.Component:
    listed = table("Documents publiés", COLUMNS, rx.foreach(State.publications, _line), size="medium")
    nothing = empty("Rien n’a été publié", "Ce que vous publierez apparaîtra ici.", icon="file-text")
    is_listed = (State.publications.length() > 0) | (State.place["previous"] != "")
    return card(
        outcome(State.done, rx.cond(State.chosen, "", State.error), State.error_field),
        rx.cond(is_listed, rx.fragment(listed, list_pages(State.place)), nothing),
        rx.cond(State.chosen, withdrawing()),
        title="Documents publiés",
    )


def _line(publication: rx.Var[Publication]) -> rx.Component:
    withdraw = button("Retirer", kind="secondary", on_click=State.choose(publication.file_id))
    return row(
        head_cell("Document", publication.name),
        cell("Publié le", instant(publication.published_at)),
        cell("Abonnés", publication.readers, number=True),
        cell("Action", withdraw),
    )
