"""A reading that was sent, as its sender follows it."""

import reflex as rx

from models import SentReading
from portail_app.components.basics.badge import badge
from portail_app.components.basics.button import button
from portail_app.components.basics.formats import day, index, instant
from portail_app.components.basics.link import document_link
from portail_app.states.sent_readings import SentReadingsState as State


def sent_reading(sent: rx.Var[SentReading]) -> rx.Component:
    state = rx.match(
        sent.state,
        ("a_valider", badge("À valider", "info", icon="clock")),
        ("validee", badge("Validée", "success")),
        ("refusee", badge("Refusée", "danger")),
        badge("Retirée", "neutral"),
    )
    address = f"/releves/{sent.id}/photo"
    photo = rx.cond(sent.has_photo, document_link("Voir la photo", href=address, target="_blank"))
    withdraw = button("Retirer", kind="secondary", on_click=State.withdraw(sent.id))
    return rx.el.div(
        rx.el.p(state, f" {index(sent.index_litres)} le {day(sent.read_on)}, transmise le {instant(sent.sent_at)}"),
        rx.cond(
            sent.corrected_index_litres != None,  # noqa: E711
            rx.el.p(f"Index corrigé par le service\u00a0: {index(sent.corrected_index_litres)}"),
        ),
        rx.cond(sent.refusal_reason, rx.el.p(f"Motif\u00a0: {sent.refusal_reason}")),
        rx.el.p(photo, rx.cond(sent.state == "a_valider", withdraw), class_name="cluster"),
        class_name="stack",
    )
