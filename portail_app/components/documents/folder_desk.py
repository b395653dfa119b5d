"""What staff do with a folder or a document of a subscriber: buttons, and the dialog that each opens."""

import reflex as rx

from portail_app.components.basics.button import button, submit_button
from portail_app.components.documents.folder_tree import silent_action
from portail_app.components.documents.withdrawing import reason_field
from portail_app.components.forms.field import text_field
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.layout.dialog import modal
from portail_app.components.layout.notice import notice
from portail_app.services.folder_desk import LONGEST_NAME
from portail_app.services.folders import Branch
from portail_app.states.folder_desk import FolderDeskState as State

OWN, INVOICES = "autre", "factures"


def desk_outcome() -> rx.Component:
    return outcome(State.done, rx.cond(State.task["does"] != "", "", State.error), rx.Var.create(""))


def folder_actions(place: rx.Var[dict[str, str]]) -> rx.Component:
    """Beside the name of the folder that is looked at."""
    folder_id, name = place["id"].to(int), place["label"]
    make = button(
        "Nouveau dossier", kind="secondary", icon="folder-plus", on_click=State.begin("make", folder_id, name)
    )
    rename = button("Renommer", kind="secondary", icon="pencil", on_click=State.begin("rename", folder_id, name))
    remove = button("Supprimer", kind="secondary", icon="trash-2", on_click=State.begin("remove", folder_id, name))
    return rx.fragment(
        rx.cond(place["kind"] != INVOICES, make), rx.cond(place["kind"] == OWN, rx.fragment(rename, remove))
    )


def branch_actions(branch: rx.Var[Branch]) -> rx.Component:
    """The same for the menu of a folder in the tree."""
    make, rename, remove = (
        silent_action(does, on_click=State.begin(does, branch.id, branch.label))
        for does in ("make", "rename", "remove")
    )
    return rx.fragment(rx.cond(branch.kind != INVOICES, make), rx.cond(branch.kind == OWN, rx.fragment(rename, remove)))


def folder_dialog() -> rx.Component:
    """Open while something is asked."""
    named = State.task["name"]
    opened = rx.match(
        State.task["does"],
        ("make", _dialog("Nouveau dossier", f"Dans le dossier {named}.", _name_field(""), "Créer")),
        ("rename", _dialog("Renommer le dossier", named, _name_field(named), "Renommer")),
        ("remove", _dialog("Supprimer le dossier", named, _untouched(), "Supprimer")),
        ("withdraw", _dialog("Retirer le document", named, reason_field(State.error), "Retirer")),
        rx.fragment(),
    )
    return rx.cond(State.task["does"] != "", opened)


def _dialog(title: str, what: rx.Var[str] | str, asked: rx.Component, word: str) -> rx.Component:
    return modal(
        title,
        rx.el.p(rx.el.strong(what)),
        form(
            rx.el.input(type="hidden", name="does", value=State.task["does"]),
            rx.el.input(type="hidden", name="subject_id", value=State.task["id"]),
            rx.cond(
                (State.error != "") & (State.error_field == ""),
                rx.el.div(notice(State.error, kind="danger"), role="status"),
            ),
            asked,
            on_submit=State.carry_out,
            custom_attrs={"id": "dossier-form"},
        ),
        id="dossier",
        actions=submit_button(word, form="dossier-form"),
        leave="Annuler",
        on_close=State.leave,
    )


def _name_field(named: rx.Var[str] | str) -> rx.Component:
    error = rx.cond(State.error_field == "name", State.error, "")
    return text_field("Nom du dossier", "name", error=error, default_value=named, max_length=LONGEST_NAME)


def _untouched() -> rx.Component:
    return rx.el.p("Un dossier ne se supprime que vide : rien de ce qu’il contient ne peut être perdu.")
