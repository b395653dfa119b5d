"""What is asked of the subscriber, as notices over the rest of a page: what it is, and the way to answer."""

import reflex as rx

from portail_app.components.basics.contents import Content
from portail_app.components.basics.formats import day, volume
from portail_app.components.basics.link import link_button
from portail_app.components.layout.notice import Kind, notice
from portail_app.services.asks import Ask, AskKind


def ask_notices(asks: rx.Var[tuple[Ask, ...]]) -> rx.Component:
    return rx.foreach(asks, _ask)


def _ask(ask: rx.Var[Ask]) -> rx.Component:
    return rx.match(
        ask.kind,
        (AskKind.VOLUME.value, _volume(ask)),
        (AskKind.TELEMETRY.value, _telemetry(ask)),
        _reading(ask),
    )


def _volume(ask: rx.Var[Ask]) -> rx.Component:
    return _notice(
        rx.el.p(rx.el.strong("Une fuite d’eau est possible chez vous.")),
        rx.el.p(
            f"Contrat {ask.contract}\u00a0: {volume(ask.litres)} depuis la dernière relève, plus du double du volume "
            f"moyen ({volume(ask.mean_litres)}). Faites réparer la fuite et transmettez l’attestation du plombier "
            f"jusqu’au {day(ask.until)}\u00a0: votre facture sera plafonnée."
        ),
        rx.el.p(link_button("Que faire\u00a0?", href=_leak(ask), kind="secondary")),
        kind="warning",
    )


def _telemetry(ask: rx.Var[Ask]) -> rx.Component:
    return _notice(
        rx.el.p(rx.el.strong("Votre compteur signale une consommation inhabituelle.")),
        rx.el.p(f"Contrat {ask.contract}\u00a0: {volume(ask.litres)}, jusqu’au {day(ask.until)}."),
        rx.el.p(link_button("Voir l’alerte", href=_leak(ask), kind="secondary")),
        kind="warning",
    )


def _reading(ask: rx.Var[Ask]) -> rx.Component:
    return _notice(
        rx.el.p(rx.el.strong("Relevez votre compteur d’eau.")),
        rx.el.p(f"Contrat {ask.contract}\u00a0: transmettez votre relève jusqu’au {day(ask.until)}."),
        rx.el.p(link_button("Transmettre ma relève", href=f"/contrats/{ask.contract}", kind="secondary")),
    )


def _notice(*content: Content, kind: Kind = "info") -> rx.Component:
    """The way to answer stands under the words: on a phone there is no room beside them."""
    return notice(rx.el.div(*content, class_name="stack"), kind=kind)


def _leak(ask: rx.Var[Ask]) -> rx.Var[str]:
    return rx.Var.create(f"/contrats/{ask.contract}/fuite?dossier={ask.id}")
