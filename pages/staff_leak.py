"""/agent/fuites/[dossier]: one leak's file, and the decision."""

import reflex as rx

from models import LeakKind
from portail_app.components import (
    card,
    decision_panel,
    empty,
    first_beside,
    leak_certificates,
    leak_decision,
    leak_figures,
    leak_kind,
    leak_relief,
    link,
    link_button,
    notice,
    said,
    skeleton,
    staff_layout,
)
from portail_app.states.leak_decision import LeakDecisionState as State
from portail_app.states.site import SiteState

file, alert = State.file, State.file.alert


@rx.page(route="/agent/fuites/[dossier]", title="Dossier de fuite", on_load=[SiteState.load, State.load])
def staff_leak_page() -> rx.Component:
    loaded = rx.cond(file, _found(), skeleton(lines=4, height="6rem"))
    return staff_layout(
        rx.cond(file, f"Fuite, contrat {file.contract}", "Fuite"),
        rx.el.p(link("← Fuites", href="/agent/fuites")),
        rx.el.div(said(State.done), role="status"),
        rx.cond(State.missing != "", _nothing(), loaded),
    )


def _nothing() -> rx.Component:
    back = link_button("Voir les fuites", href="/agent/fuites", kind="secondary")
    return empty(State.missing, "Ce dossier n’existe pas dans vos collectivités.", icon="search", action=back)


def _found() -> rx.Component:
    is_volume = alert.kind == LeakKind.VOLUME.value
    untold = notice("Aucune adresse électronique : prévenez l’abonné par courrier.", kind="warning")
    figures = card(
        leak_figures(file),
        rx.cond(alert.mailed_to == 0, untold),
        rx.cond(is_volume, leak_decision(file)),
        title=leak_kind(alert.kind),
        accent=True,
    )
    undecided = is_volume & ~alert.is_decided
    return first_beside(
        figures, rx.fragment(leak_certificates(file), leak_relief(file), rx.cond(undecided, decision_panel()))
    )
