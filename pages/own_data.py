"""/donnees-personnelles/mes-donnees: a copy of all one's data, and the account's deletion."""

import reflex as rx

from models import DataExport
from portail_app.components import (
    Column,
    badge,
    button,
    card,
    cell,
    error_above,
    error_at,
    form,
    head_cell,
    identifier,
    instant,
    link,
    link_button,
    notice,
    password_field,
    personal_layout,
    row,
    said,
    skeleton,
    submit_button,
    table,
)
from portail_app.services.own_changes import OwnChange
from portail_app.states.deletion import DeletionState
from portail_app.states.exports import ExportsState
from portail_app.states.site import SiteState

PAGE = "/donnees-personnelles/mes-donnees"
WHAT = (
    "Un fichier .zip avec tout ce que le portail sait de vous : vos informations, vos factures et vos reçus en PDF, "
    "vos paiements, vos demandes, vos choix et vos connexions, en CSV et en JSON. Prêt en quelques instants, il "
    "reste disponible sept jours ; un message vous prévient."
)

FATES = (
    (
        "Supprimé : ",
        "votre accès, votre mot de passe, vos sessions et leur historique, vos choix de messages, vos brouillons, les "
        "copies de vos données et l’accès des personnes que vous avez autorisées.",
    ),
    (
        "Conservé dix ans : ",
        "vos factures, vos règlements et leurs reçus, parce que la comptabilité publique l’exige ; vos choix sur le "
        "papier et vos demandes, qui en sont les preuves.",
    ),
    (
        "Conservé par le service de facturation : ",
        "votre abonnement, tant que vous êtes abonné. Vous pourrez activer un nouveau compte plus tard.",
    ),
)


@rx.page(route=PAGE, title="Copie et suppression", on_load=[SiteState.load, ExportsState.load, DeletionState.load])
def own_data_page() -> rx.Component:
    return personal_layout(PAGE, _export(), _deletion())


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
    running = rx.el.span(bar, " ", rx.el.span(f"{export.parts} sur {export.parts_in_all}", class_name="muted"))
    return rx.match(
        export.status,
        ("pret", badge("Prête", "success")),
        ("en_cours", running),
        ("echoue", rx.el.span(badge("Échec", "danger"), " Demandez-en une autre.")),
        ("supprime", badge("Supprimée", "neutral")),
        badge("En attente", "info", icon="clock"),
    )


def _deletion() -> rx.Component:
    return card(
        rx.el.p("Le service reçoit votre demande et vous répond. S’il l’accepte, votre compte est supprimé aussitôt."),
        rx.el.ul(*(rx.el.li(rx.el.strong(what), words) for what, words in FATES)),
        said(DeletionState.done),
        error_above(DeletionState),
        rx.cond(DeletionState.asked.length() > 0, rx.foreach(DeletionState.asked, _asked), _ask()),
        title="Suppression de mon compte",
    )


def _asked(asked: rx.Var[OwnChange]) -> rx.Component:
    words = ("Demandée le ", instant(asked.asked_at), ", en attente du service : ")
    return notice(*words, link(asked.request, href=f"/demandes/{asked.request}"))


def _ask() -> rx.Component:
    return form(
        identifier(DeletionState.email),
        password_field("Mot de passe actuel", "current_password", error=error_at(DeletionState, "current_password")),
        submit_button("Demander la suppression de mon compte", kind="danger"),
        on_submit=DeletionState.ask,
    )
