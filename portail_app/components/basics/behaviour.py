"""What a browser does by itself, without asking the server: the functions of `assets/behaviour.js`, as Vars."""

from typing import Any

import reflex as rx
from reflex_base.vars import VarData

_MODULE = "$/public/behaviour.js"


def _function(name: str) -> rx.Var[Any]:
    return rx.Var(_js_expr=name, _var_data=VarData(imports={_MODULE: [name]}))


def _calling(name: str, argument: str) -> rx.Var[Any]:
    """An event listener of the browser that calls a function with one string."""
    return rx.Var(_js_expr=f"() => {name}({rx.Var.create(argument)!s})", _var_data=VarData(imports={_MODULE: [name]}))


REVEAL_PASSWORD = _function("revealPassword")
OPEN_MODAL = _function("openModal")
KEEP_DRAFT = _function("keepDraft")
RECEIVE_TOASTS = _function("receiveToasts")
CLOSE_WINDOW = _function("closeWindow")
TELL_OFFLINE = _function("tellOffline")
POPUP_OPENS: rx.Var[bool] = rx.Var(
    _js_expr="popupOpens()", _var_type=bool, _var_data=VarData(imports={_MODULE: ["popupOpens"]})
)


def opens(dialog_id: str) -> dict[str, Any]:
    """Props of the button that opens a `dialog`: `button("Fermer le compte", **opens("close-account"))`."""
    return {"custom_attrs": {"onClick": _calling("showDialog", dialog_id), "aria-haspopup": "dialog"}}


def closes(dialog_id: str) -> dict[str, Any]:
    return {"custom_attrs": {"onClick": _calling("closeDialog", dialog_id)}}
