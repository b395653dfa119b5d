"""Sending files: a dialog with « Parcourir » and « Envoyer », progress and a way to stop (`assets/uploads.js`)."""

from typing import Any

import reflex as rx
from reflex_base.vars import VarData

from portail_app.components.basics.button import button
from portail_app.components.basics.contents import Words, named
from portail_app.components.basics.icon import icon
from portail_app.gateways.inspection import accepted_kinds, words
from portail_app.settings import settings

_MODULE = "$/public/uploads.js"


def upload_dialog(
    title: Words,
    *,
    id: str,
    url: Words,
    place: Words = "",
    then: str = "",
    multiple: bool = True,
    kinds: str = "",
) -> rx.Component:
    """Files go to `url` one by one, as the body of a POST; what has `data_upload_to` takes those that are dropped on
    it. `then` is the id of a button that is pressed once some have been kept; `kinds` says what is
    taken, by default what the settings accept."""
    return rx.el.dialog(
        rx.el.div(
            rx.el.h2(title, **named(f"{id}-title")),
            *_place(place),
            _chooser(id, multiple, kinds or words(accepted_kinds())),
            rx.el.ul(class_name="uploads", custom_attrs={"data-files": ""}),
            rx.el.div(
                rx.el.button("Envoyer", type="button", class_name="button button-primary", custom_attrs=_SEND),
                button("Fermer", kind="secondary", custom_attrs={"onClick": _function("closeUploads")}),
                class_name="dialog-actions",
            ),
            class_name="stack",
        ),
        aria_labelledby=f"{id}-title",
        class_name="dialog",
        custom_attrs={
            "id": id,
            "ref": _function("takeFiles"),
            "data-upload-to": url,
            "data-upload-name": place,
            "data-upload-then": then,
            "data-upload-max": settings().file_bytes,
        },
    )


def adds_files(dialog_id: str) -> dict[str, Any]:
    """Props of a button that opens the dialog; inside an element with `data_upload_to`, for that one."""
    return {
        "aria_controls": dialog_id,
        "custom_attrs": {"onClick": _function("addFiles"), "aria-haspopup": "dialog", "data-does": "add"},
    }


def takes_files(url: Words, name: Words) -> dict[str, Words]:
    """`custom_attrs` of an element onto which files can be dropped."""
    return {"data-upload-to": url, "data-upload-name": name}


def _place(name: Words) -> tuple[rx.Component, ...]:
    if isinstance(name, str) and not name:
        return ()
    return (rx.el.p("Dans le dossier ", rx.el.strong(name, custom_attrs={"data-place": ""}), "."),)


def kept_file(name: str) -> rx.Component:
    """A hidden field of a form, and words: which file the dialog has sent last."""
    field = rx.el.input(type="hidden", name=name, custom_attrs={"data-kept-id": ""})
    said = rx.el.p("Aucun fichier choisi.", class_name="muted", role="status", custom_attrs={"data-kept-name": ""})
    return rx.el.div(field, said)


def _chooser(id: str, multiple: bool, kinds: str) -> rx.Component:
    """The native field, whose label is the button: by keyboard, mouse, finger, and by dropping."""
    field = f"{id}-files"
    megabytes = settings().file_megabytes
    return rx.el.div(
        rx.el.input(type="file", multiple=multiple, class_name="unseen", **named(field)),
        rx.el.label(icon("folder"), "Parcourir", html_for=field, class_name="button button-secondary"),
        rx.el.p("ou déposez des fichiers ici", class_name="muted"),
        rx.el.p(f"{kinds} ; {megabytes} Mo au plus par fichier.", class_name="field-hint"),
        class_name="upload-choice",
    )


def _function(name: str) -> rx.Var[object]:
    return rx.Var(_js_expr=name, _var_data=VarData(imports={_MODULE: [name]}))


_SEND = {"data-send": "", "disabled": True}
