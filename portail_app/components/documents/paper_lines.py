"""What lies in a folder: a line for each document, and its pages."""

from collections.abc import Callable

import reflex as rx

from portail_app.components.basics.badge import badge
from portail_app.components.basics.formats import file_size, received_day
from portail_app.components.basics.icon import icon
from portail_app.components.basics.link import document_link
from portail_app.components.tables.pagination import pagination
from portail_app.services.papers import Paper


def paper_lines(
    papers: rx.Var[tuple[Paper, ...]], place: rx.Var[dict[str, str]], actions: Callable[[rx.Var[Paper]], rx.Component]
) -> rx.Component:
    """`actions` are what else can be done with one, beside downloading it."""
    lines = rx.el.ul(rx.foreach(papers, lambda paper: _line(paper, actions)), class_name="papers")
    return rx.fragment(lines, _pages(place))


def _line(paper: rx.Var[Paper], actions: Callable[[rx.Var[Paper]], rx.Component]) -> rx.Component:
    href = rx.cond(
        paper.number != "", f"/telecharger/factures/{paper.number}.pdf", f"/telecharger/documents/{paper.id}"
    )
    size = rx.cond(paper.size_bytes, f" · {file_size(paper.size_bytes)}", "")
    return rx.el.li(
        rx.el.div(
            document_link(paper.name, href=href, download=True),
            rx.el.p(received_day(paper.placed_at), size, class_name="muted"),
        ),
        _state(paper),
        rx.el.div(actions(paper), _download(paper, href), class_name="paper-actions"),
        class_name="paper",
        custom_attrs={"data-actions": ""},
    )


def _state(paper: rx.Var[Paper]) -> rx.Component:
    return rx.cond(paper.is_deposit, rx.cond(paper.is_filed, badge("Classé", "success"), badge("Transmis", "info")))


def _download(paper: rx.Var[Paper], href: rx.Var[str]) -> rx.Component:
    return document_link(
        icon("download"),
        rx.el.span(f"Télécharger {paper.name}", class_name="unseen"),
        href=href,
        download=True,
        title="Télécharger",
        class_name="button button-quiet button-square",
        custom_attrs={"data-does": "download"},
    )


def _pages(place: rx.Var[dict[str, str]]) -> rx.Component:
    shown = pagination(
        place["range"],
        previous_href=place["previous"],
        next_href=place["next"],
        has_previous=place["previous"] != "",
        has_next=place["next"] != "",
    )
    return rx.cond(place["range"] != "", shown)
