"""/documents: the folders of each contract on the left, what lies in one of them on the right."""

import reflex as rx

from portail_app.components import (
    CONTAINS,
    Tree,
    action_menu,
    adds_files,
    button,
    empty,
    explorer,
    folder_tree,
    icon_button,
    only_seen,
    paper_lines,
    portal_layout,
    skeleton,
    upload_dialog,
)
from portail_app.services.papers import Paper
from portail_app.states.documents import DocumentsState as State
from portail_app.states.site import SiteState

ADDS = "un dossier pour ajouter un document (ou un appui long, sur un écran tactile)"
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
        rx.cond(State.is_loaded, explorer(_tree(), _folder()), skeleton(lines=6, height="3rem")),
        upload_dialog("Ajouter fichier", id=DIALOG, url=State.place["url"], place=State.place["label"], then=REFRESH),
        action_menu(*ACTIONS),
        rx.el.button(type="button", hidden=True, on_click=State.load, custom_attrs={"id": REFRESH}),
    )


def _tree() -> rx.Component:
    return rx.el.section(
        folder_tree(State.branches, Tree(State.open_ids, State.place["id"], State.toggle, DIALOG)),
        rx.el.p(CONTAINS, class_name="muted"),
        rx.el.p("Effectuez un clic droit sur :", class_name="muted"),
        rx.el.ul(
            rx.el.li("un document pour le télécharger"),
            rx.cond(State.place["adds"] == "oui", rx.el.li(ADDS)),
            class_name="muted",
        ),
        aria_label="Dossiers",
        class_name="card",
    )


def _folder() -> rx.Component:
    add = button("Ajouter fichier", icon="plus", **adds_files(DIALOG))
    return rx.el.section(
        rx.el.div(rx.el.h2(State.place["label"]), rx.cond(State.place["url"] != "", add), class_name="cluster spread"),
        rx.cond(State.place["seen"] == "oui", only_seen("y ajouter un fichier")),
        rx.cond(State.papers.length() > 0, paper_lines(State.papers, State.place, _actions), _nothing()),
        class_name="card",
        custom_attrs={"data-drop": ""},
    )


def _actions(paper: rx.Var[Paper]) -> rx.Component:
    withdraw = icon_button(
        "trash-2",
        f"Retirer {paper.name}",
        on_click=State.withdraw(paper.id),
        custom_attrs={"data-does": "withdraw"},
    )
    return rx.cond(paper.is_deposit & ~paper.is_filed, withdraw)


def _nothing() -> rx.Component:
    takes = empty("Ce dossier est vide", "Ajoutez-y un fichier, ou déposez-le ici.", icon="folder")
    filled = empty("Ce dossier est vide", "Ce que le service y mettra apparaîtra ici.", icon="folder")
    return rx.cond(State.place["url"] != "", takes, filled)
