"""/donnees-personnelles/mes-donnees: a copy of all one's data."""

import reflex as rx

from models import DataExport
from portail_app.components import (
    Column,
    badge,
    button,
    card,
    cell,
    error_above,
    head_cell,
    instant,
    link_button,
    personal_layout,
    row,
    skeleton,
    table,
)
from portail_app.states.exports import ExportsState
from portail_app.states.site import SiteState

PAGE = "/donnees-personnelles/mes-donnees"
WHAT = (
    "Un fichier .zip avec tout ce que le portail sait de vous : vos informations, vos factures et vos reçus en PDF, "
    "vos paiements, vos demandes, vos choix et vos connexions, en CSV et en JSON. Prêt en quelques instants, il "
    "reste disponible sept jours ; un message vous prévient."
)


@rx.page(route=PAGE, title="Copie et suppression", on_load=[SiteState.load, ExportsState.load])
def own_data_page() -> rx.Component:
    return personal_layout(PAGE, _export())


def _export() -> rx.Component:
    asking = button(
        "Demander une copie de mes données", icon="download", on_click=ExportsState.ask, busy=ExportsState.is_running
    )
    known = rx.cond(ExportsState.exports.length() > 0, _exports())
    return card(
        rx.el.p(WHAT),
        error_above(ExportsState),
        rx.cond(ExportsState.is_loaded, rx.fragment(asking, known), skeleton(lines=2, height="3rem")),
        title="Copie de mes données",
    )


def _exports() -> rx.Component:
    columns = (Column("Demandée le"), Column("État"), Column("Disponible jusqu’au"), Column("Fichier"))
    return table("Copies de mes données", columns, rx.foreach(ExportsState.exports, _line))


def _line(export: rx.Var[DataExport]) -> rx.Component:
    is_ready = export.status == "pret"
    download = link_button(
        "Télécharger", href=f"/telecharger/mes-donnees/{export.id}.zip", kind="secondary", document=True
    )
    return row(
        head_cell("Demandée le", instant(export.asked_at)),
        cell("État", _state(export), aria_live="polite"),
        cell("Disponible jusqu’au", rx.cond(is_ready, instant(export.expires_at), "—")),
        cell("Fichier", rx.cond(is_ready, download, "—")),
    )


def _state(export: rx.Var[DataExport]) -> rx.Component:
    bar = rx.el.progress(
        value=export.parts.to_string(), max=export.parts_in_all.to_string(), aria_label="Préparation de la copie"
    )
    running = rx.fragment(bar, " ", rx.el.span(f"{export.parts} sur {export.parts_in_all}", class_name="muted"))
    return rx.match(
        export.status,
        ("pret", badge("Prête", "success")),
        ("en_cours", running),
        ("echoue", rx.fragment(badge("Échec", "danger"), " Demandez-en une autre.")),
        ("supprime", badge("Supprimée", "neutral")),
        badge("En attente", "info", icon="clock"),
    )
