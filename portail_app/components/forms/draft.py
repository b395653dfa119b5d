"""What keeps a form's words on the server while they are typed, and says so."""

from datetime import datetime

import reflex as rx

from portail_app.components.basics.behaviour import KEEP_DRAFT
from portail_app.components.basics.contents import Words
from portail_app.components.basics.formats import instant


def kept(form: rx.Component, *, place: rx.Var[str], key: rx.Var[str], kept_at: rx.Var[datetime | None]) -> rx.Component:
    """`place` is where the server keeps it, under `key`; `kept_at` says when it last did."""
    since: Words = rx.cond(kept_at, f"Brouillon repris, tel que vous l’avez laissé le {instant(kept_at)}.", "")
    return rx.el.div(
        form,
        rx.el.p(since, class_name="muted", role="status", custom_attrs={"data-draft-said": ""}),
        class_name="stack",
        custom_attrs={"ref": KEEP_DRAFT, "data-draft": place},
        key=f"{key} {kept_at}",
    )
