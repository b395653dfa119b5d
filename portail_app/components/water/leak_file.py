"""The file of a leak, the same for its subscriber and for staff: figures, certificates, decision."""

import reflex as rx

from models import LeakCertificate, LeakKind, LeakState
from portail_app.components.basics.badge import badge
from portail_app.components.basics.formats import cubic_metres, day, euros, instant, volume
from portail_app.components.basics.link import document_link, link_button
from portail_app.components.layout.card import card, fact, facts
from portail_app.services.leaks.files import LeakFile

KINDS = {
    LeakKind.VOLUME: "Volume anormal",
    LeakKind.CONTINUOUS: "Débit continu",
    LeakKind.EMPTY_HOME: "Eau en votre absence",
    LeakKind.THRESHOLD: "Seuil dépassé",
}


def leak_kind(kind: rx.Var[str]) -> rx.Var[str]:
    return rx.match(kind, *((one.value, words) for one, words in KINDS.items()), "Fuite")


def leak_badge(state: rx.Var[str]) -> rx.Component:
    return rx.match(
        state,
        (LeakState.RECEIVED.value, badge("Attestation reçue", "info")),
        (LeakState.ACCEPTED.value, badge("Écrêtement accordé", "success")),
        (LeakState.REFUSED.value, badge("Écrêtement refusé", "danger")),
        (LeakState.CLOSED.value, badge("Classé", "neutral")),
        badge("Attestation attendue", "warning"),
    )


def leak_figures(file: rx.Var[LeakFile]) -> rx.Component:
    """What flowed, and what it is compared with."""
    alert = file.alert
    return facts(
        fact("Adresse", file.address),
        fact("Période", f"du {day(alert.period_start)} au {day(alert.period_end)}"),
        fact("Volume relevé", rx.el.strong(volume(alert.litres))),
        fact(
            "Volume moyen",
            rx.fragment(volume(alert.mean_litres), rx.el.br(), _mean_of(alert.years)),
            given=_compared(file),
        ),
        fact("Alerte du", instant(alert.recorded_at)),
        fact("Attestation jusqu’au", day(alert.answer_until), given=_compared(file)),
    )


def leak_relief(file: rx.Var[LeakFile]) -> rx.Component:
    """What remains due once the cap is granted; the costs are an estimate."""
    relief = file.relief
    shown = card(
        facts(
            fact("Eau à payer", f"{cubic_metres(relief.water_m3)} au plus\u00a0: le double du volume moyen"),
            fact("Assainissement", f"{cubic_metres(relief.wastewater_m3)} comptés\u00a0: le volume moyen"),
            fact("Sans écrêtement", f"{euros(relief.full_cents)} TTC", given=relief.full_cents),
            fact("Avec écrêtement", rx.el.strong(f"{euros(relief.capped_cents)} TTC"), given=relief.full_cents),
        ),
        rx.cond(relief.full_cents, _estimated()),
        title="Ce que donnerait l’écrêtement",
    )
    return rx.cond(relief, shown)


def leak_certificates(file: rx.Var[LeakFile]) -> rx.Component:
    received = rx.foreach(file.certificates, _certificate)
    return rx.cond(
        file.certificates.length() > 0,
        card(rx.el.ul(received, class_name="stack"), _late(file), title="Attestations reçues"),
    )


def leak_decision(file: rx.Var[LeakFile]) -> rx.Component:
    """Where the file stands, and the whole of it on paper."""
    alert = file.alert
    decided_at = rx.cond(
        alert.accepted_at, alert.accepted_at, rx.cond(alert.refused_at, alert.refused_at, alert.closed_at)
    )
    return rx.fragment(
        rx.el.p(leak_badge(alert.state)),
        rx.cond(alert.is_decided, rx.el.p(f"Décidé le {instant(decided_at)}.")),
        rx.cond(alert.reason != "", rx.el.p(alert.reason)),
        link_button(
            "Télécharger le dossier (PDF)",
            href=f"/telecharger/fuites/{alert.id}.pdf",
            kind="secondary",
            document=True,
            target="_blank",
        ),
    )


def _estimated() -> rx.Component:
    words = rx.el.span("au tarif de la fin de la période", class_name="muted")
    return rx.el.div(badge("Estimation", "info"), words, class_name="cluster")


def _certificate(one: rx.Var[LeakCertificate]) -> rx.Component:
    return rx.el.li(
        document_link(
            f"Attestation reçue le {instant(one.sent_at)}", href=f"/telecharger/attestations/{one.id}", target="_blank"
        ),
        rx.el.p(f"{one.leak_place}\u00a0: réparée le {day(one.repaired_on)} par {one.plumber}", class_name="muted"),
    )


def _late(file: rx.Var[LeakFile]) -> rx.Component:
    return rx.cond(file.is_late, rx.el.p(badge("Reçue après le délai", "warning")))


def _compared(file: rx.Var[LeakFile]) -> rx.Var[bool]:
    return file.alert.kind == LeakKind.VOLUME.value


def _mean_of(years: rx.Var[int]) -> rx.Component:
    words = rx.match(
        years,
        (0, "des logements de votre secteur, sur une durée égale"),
        (1, "de ce logement, à la même période d’une des trois années précédentes"),
        (2, "de ce logement, à la même période de deux des trois années précédentes"),
        "de ce logement, à la même période des trois années précédentes",
    )
    return rx.el.span(words, class_name="muted")
