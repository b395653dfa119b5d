"""/contrats/[numero]/fuite: what was seen, what it means, what to do by which day, and the file until it is decided."""

import reflex as rx

from models import LeakKind, LeakState
from portail_app.components import (
    card,
    certificate_form,
    empty,
    first_beside,
    leak_certificates,
    leak_decision,
    leak_figures,
    leak_kind,
    leak_list,
    leak_relief,
    leak_steps,
    link,
    link_button,
    notice,
    only_seen,
    portal_layout,
    said,
    skeleton,
    watch_panel,
)
from portail_app.states.leak import LeakState as State
from portail_app.states.leak_watch import LeakWatchState
from portail_app.states.site import SiteState

file, alert = State.file, State.file.alert
IS_VOLUME = alert.kind == LeakKind.VOLUME.value


@rx.page(
    route="/contrats/[numero]/fuite", title="Fuite d’eau", on_load=[SiteState.load, State.load, LeakWatchState.load]
)
def leak_page() -> rx.Component:
    found = rx.cond(file, _found(), _no_leak())
    loaded = rx.cond(State.number != "", found, skeleton(lines=4, height="6rem"))
    return portal_layout(
        "Fuite d’eau",
        rx.cond(State.number, rx.el.p(link(f"← Contrat {State.number}", href=f"/contrats/{State.number}"))),
        said(State.news, kind="info"),
        rx.cond(State.missing != "", _nothing(), loaded),
        watch_panel(),
    )


def _nothing() -> rx.Component:
    back = link_button("Voir mes contrats", href="/contrats", kind="secondary")
    return empty(State.missing, "Vérifiez son numéro, ou cherchez-le dans vos contrats.", icon="search", action=back)


def _no_leak() -> rx.Component:
    return empty("Aucune fuite signalée", "Si votre consommation devient anormale, vous serez prévenu.", icon="droplet")


def _found() -> rx.Component:
    content = rx.fragment(_told(), _answer(), leak_certificates(file), leak_relief(file), leak_list())
    return first_beside(_summary(), content)


def _summary() -> rx.Component:
    return card(leak_figures(file), rx.cond(IS_VOLUME, leak_decision(file)), title=leak_kind(alert.kind), accent=True)


def _told() -> rx.Component:
    return rx.cond(alert.is_decided, rx.fragment(), leak_steps(alert, State.today))


def _answer() -> rx.Component:
    received = (State.words["sent"] != "") | (alert.state == LeakState.RECEIVED.value)
    kept = notice("Votre attestation est bien reçue. Le service l’examine et vous répond par courriel.", kind="success")
    return rx.cond(
        IS_VOLUME & ~alert.is_decided,
        rx.el.div(
            rx.el.div(rx.cond(received, kept), role="status"),
            rx.cond(State.may_act, certificate_form(), only_seen("transmettre l’attestation du plombier")),
            class_name="stack",
            custom_attrs={"id": "attestation"},
        ),
    )
