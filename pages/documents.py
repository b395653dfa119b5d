"""/documents: the folders of each contract on the left, what lies in one of them on the right."""

import reflex as rx

from portail_app.components import (
    CONTAINS,
    Column,
    Tree,
    action_menu,
    adds_files,
    badge,
    button,
    cell,
    document_link,
    empty,
    file_size,
    folder_tree,
    head_cell,
    pagination,
    portal_layout,
    received_day,
    row,
    skeleton,
    table,
    upload_dialog,
)
from portail_app.services.documents import Paper
from portail_app.states.documents import DocumentsState as State
from portail_app.states.site import SiteState

DIALOG, REFRESH = "ajouter-fichier", "relire-les-documents"
COLUMNS = (
    Column("Document"),
    Column("Date"),
    Column("Taille", is_number=True),
    Column("État"),
    Column("Action", is_silent=True),
)
ACTIONS = (
    ("open", "Ouvrir", "folder"),
    ("add", "Ajouter fichier", "plus"),
    ("download", "Télécharger", "download"),
    ("withdraw", "Retirer", "trash-2"),
)


@rx.page(route="/documents", title="Mes documents", on_load=[SiteState.load, State.load])
def documents_page() -> rx.Component:
    return portal_layout(
        "Mes documents",
        rx.el.p("Les documents concernant votre contrat ainsi que vos factures sont disponibles ici."),
        rx.cond(
            State.is_loaded, rx.el.div(_tree(), _folder(), class_name="explorer"), skeleton(lines=6, height="3rem")
        ),
        upload_dialog("Ajouter fichier", id=DIALOG, url=State.place["url"], place=State.place["label"], then=REFRESH),
        action_menu(*ACTIONS),
        rx.el.button(type="button", hidden=True, on_click=State.load, custom_attrs={"id": REFRESH}),
    )


def _tree() -> rx.Component:
    return rx.el.section(
        folder_tree(State.branches, Tree(State.open_ids, State.place["id"], State.toggle, DIALOG)),
        rx.el.p(CONTAINS, class_name="muted"),
        aria_label="Dossiers",
        class_name="card",
    )


def _folder() -> rx.Component:
    add = button("Ajouter fichier", icon="plus", **adds_files(DIALOG))
    return rx.el.section(
        rx.el.div(rx.el.h2(State.place["label"]), rx.cond(State.place["url"] != "", add), class_name="cluster spread"),
        rx.cond(State.papers.length() > 0, rx.fragment(_papers(), _pages()), _nothing()),
        class_name="card",
        custom_attrs={"data-drop": ""},
    )


def _papers() -> rx.Component:
    return table(State.place["label"], COLUMNS, rx.foreach(State.papers, _line))


def _line(paper: rx.Var[Paper]) -> rx.Component:
    href = rx.cond(
        paper.number != "", f"/telecharger/factures/{paper.number}.pdf", f"/telecharger/documents/{paper.id}"
    )
    return row(
        head_cell("Document", document_link(paper.name, href=href, download=True)),
        cell("Date", received_day(paper.placed_at)),
        cell("Taille", file_size(paper.size_bytes), number=True),
        cell("État", _state(paper)),
        cell("Action", _actions(paper, href)),
        custom_attrs={"data-actions": ""},
    )


def _state(paper: rx.Var[Paper]) -> rx.Component:
    deposited = rx.cond(paper.is_filed, badge("Classé", "success"), badge("Transmis", "info"))
    return rx.cond(paper.number != "", badge("Facture", "neutral"), rx.cond(paper.is_deposit, deposited, ""))


def _actions(paper: rx.Var[Paper], href: rx.Var[str]) -> rx.Component:
    fetch = document_link(
        "Télécharger",
        rx.el.span(f" {paper.name}", class_name="unseen"),
        href=href,
        download=True,
        class_name="button button-secondary",
        custom_attrs={"data-does": "download"},
    )
    withdraw = button(
        "Retirer",
        rx.el.span(f" {paper.name}", class_name="unseen"),
        kind="quiet",
        on_click=State.withdraw(paper.id),
        custom_attrs={"data-does": "withdraw"},
    )
    return rx.el.div(fetch, rx.cond(paper.is_deposit & ~paper.is_filed, withdraw), class_name="cluster")


def _pages() -> rx.Component:
    place = State.place
    shown = pagination(
        place["range"],
        previous_href=place["previous"],
        next_href=place["next"],
        has_previous=place["previous"] != "",
        has_next=place["next"] != "",
    )
    return rx.cond(place["range"] != "", shown)


def _nothing() -> rx.Component:
    takes = empty("Ce dossier est vide", "Ajoutez-y un fichier, ou déposez-le ici.", icon="folder")
    filled = empty("Ce dossier est vide", "Ce que le service y mettra apparaîtra ici.", icon="folder")
    return rx.cond(State.place["url"] != "", takes, filled)
