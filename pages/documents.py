"""/documents: the folders of each contract on the left, what lies in one of them on the right."""

import reflex as rx

from portail_app.components import (
    CONTAINS,
    Tree,
    action_menu,
    adds_files,
    badge,
    button,
    document_link,
    empty,
    file_size,
    folder_tree,
    icon,
    icon_button,
    pagination,
    portal_layout,
    received_day,
    skeleton,
    upload_dialog,
)
from portail_app.services.documents import Paper
from portail_app.states.documents import DocumentsState as State
from portail_app.states.site import SiteState

DIALOG, REFRESH = "ajouter-fichier", "relire-les-documents"
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
    return rx.el.ul(rx.foreach(State.papers, _line), class_name="papers")


def _line(paper: rx.Var[Paper]) -> rx.Component:
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
        rx.cond(paper.is_deposit & ~paper.is_filed, _withdraw(paper)),
        _download(paper, href),
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


def _withdraw(paper: rx.Var[Paper]) -> rx.Component:
    return icon_button(
        "trash-2",
        f"Retirer {paper.name}",
        on_click=State.withdraw(paper.id),
        custom_attrs={"data-does": "withdraw"},
    )


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
