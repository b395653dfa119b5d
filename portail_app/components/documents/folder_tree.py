"""A tree of folders, and the menu of a right click (`assets/folders.js`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_base.vars import VarData

from portail_app.components.basics.contents import Words
from portail_app.components.basics.icon import icon
from portail_app.components.basics.link import link
from portail_app.components.forms.upload import adds_files, takes_files
from portail_app.services.folders import Branch

_MODULE = "$/public/folders.js"
CONTAINS = "Le triangle ▲ devant un dossier indique qu’un document est présent dans le répertoire indiqué."


@dataclass(frozen=True)
class Tree:
    """Where a page's state keeps its tree, the dialog that adds files to one of its folders and where they go, and
    what else can be done with a folder (`does`: pressed by the menu, never seen)."""

    open_ids: rx.Var[tuple[int, ...]]
    chosen_id: rx.Var[str]
    toggle: Any
    dialog: str
    upload: Callable[[rx.Var[int]], Words] = lambda folder_id: f"/documents/dossiers/{folder_id}/fichiers"
    adds: str = "Ajouter fichier"
    does: Callable[[rx.Var[Branch]], rx.Component] | None = None


def silent_action(does: str, **props: Any) -> rx.Component:
    """For the menu alone: the same stands elsewhere as a visible button."""
    return rx.el.button(type="button", hidden=True, custom_attrs={"data-does": does}, **props)


def folder_tree(branches: rx.Var[tuple[Branch, ...]], tree: Tree) -> rx.Component:
    return rx.el.ul(
        rx.foreach(branches, lambda branch: _line(branch, tree)),
        role="tree",
        aria_label="Dossiers",
        class_name="tree",
        custom_attrs={"ref": _function("walkTree")},
    )


def explorer(tree: rx.Component, folder: rx.Component) -> rx.Component:
    """The tree on the left, what lies in a folder on the right; one under the other on a phone."""
    return rx.el.div(tree, folder, class_name="explorer")


def action_menu(*actions: tuple[str, str, str]) -> rx.Component:
    """What a right click offers: (what it does, word, icon); each presses the `data-does` of what was clicked."""
    return rx.el.div(
        *(_action(*action) for action in actions),
        role="menu",
        aria_label="Actions",
        class_name="menu menu-here",
        custom_attrs={"popover": "auto", "ref": _function("offerActions")},
    )


def _action(does: str, word: str, drawn: str) -> rx.Component:
    attributes = {"data-action": does}
    return rx.el.button(
        icon(drawn), word, type="button", role="menuitem", class_name="menu-item", custom_attrs=attributes
    )


def _line(branch: rx.Var[Branch], tree: Tree) -> rx.Component:
    attributes = {"data-actions": "", "style": {"--level": branch.level}}
    dropped = takes_files(tree.upload(branch.id), branch.label)
    parts = [_toggle(branch, tree), _name(branch, tree), *([tree.does(branch)] if tree.does else [])]
    takes = _row(*parts, _adder(tree), custom_attrs=attributes | dropped)
    return rx.cond(branch.takes_deposits, takes, _row(*parts, custom_attrs=attributes))


def _row(*parts: rx.Component, custom_attrs: dict[str, Any]) -> rx.Component:
    return rx.el.li(*parts, role="none", class_name="branch", custom_attrs=custom_attrs)


def _name(branch: rx.Var[Branch], tree: Tree) -> rx.Component:
    is_chosen, is_open = tree.chosen_id == branch.id.to_string(), tree.open_ids.contains(branch.id)
    full = rx.el.span("▲", rx.el.span(" contient des documents : ", class_name="unseen"), class_name="branch-full")
    return link(
        rx.cond(branch.has_documents, full),
        icon("folder"),
        rx.el.span(branch.label),
        href=f"?dossier={branch.id}",
        role="treeitem",
        aria_level=branch.level,
        aria_selected=is_chosen,
        aria_expanded=rx.cond(branch.has_folders, rx.cond(is_open, "true", "false"), None),
        class_name="branch-name",
        custom_attrs={"data-does": "open", "tabIndex": rx.cond(is_chosen, 0, -1)},
    )


def _toggle(branch: rx.Var[Branch], tree: Tree) -> rx.Component:
    """For mouse and finger; by keyboard, the arrows do it."""
    is_open = tree.open_ids.contains(branch.id)
    shown = rx.el.button(
        icon("chevron-right"),
        type="button",
        title=rx.cond(is_open, "Replier", "Déplier"),
        aria_hidden="true",
        on_click=tree.toggle(branch.id),
        class_name=rx.cond(is_open, "branch-toggle branch-open", "branch-toggle"),
        custom_attrs={"tabIndex": -1, "data-toggle": ""},
    )
    return rx.cond(branch.has_folders, shown, rx.el.span(class_name="branch-toggle"))


def _adder(tree: Tree) -> rx.Component:
    """For mouse and finger; by keyboard, the menu and the button beside the folder's name on the right do it."""
    props = adds_files(tree.dialog)
    props["custom_attrs"] |= {"tabIndex": -1}
    return rx.el.button(
        icon("plus"), type="button", title=tree.adds, aria_hidden="true", class_name="branch-toggle", **props
    )


def _function(name: str) -> rx.Var[Any]:
    return rx.Var(_js_expr=name, _var_data=VarData(imports={_MODULE: [name]}))
