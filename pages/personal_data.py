"""/donnees-personnelles: what is known of the person, their address, their password, and paper."""

import reflex as rx

from models import PaperChoice
from portail_app.components import (
    Column,
    badge,
    button,
    card,
    cell,
    change_badge,
    empty,
    fact,
    facts,
    head_cell,
    instant,
    link,
    link_button,
    modal,
    personal_layout,
    row,
    said,
    skeleton,
    table,
)
from portail_app.services.own_changes import OwnChange
from portail_app.services.paper_choices import ASKED, CONSEQUENCE, NO_PAPER, PAPER_AGAIN
from portail_app.services.personal_data import OwnFile
from portail_app.states.personal_data import PersonalDataState as State
from portail_app.states.site import SiteState

PAGE = "/donnees-personnelles"


@rx.page(route=PAGE, title="Mes données personnelles", on_load=[SiteState.load, State.load])
def personal_data_page() -> rx.Component:
    loaded = rx.fragment(_account(), rx.foreach(State.files, _file), _changes(), _nothing())
    return personal_layout(
        PAGE, said(State.done), rx.cond(State.is_loaded, loaded, skeleton(lines=3, height="9rem")), _confirmation()
    )


def _account() -> rx.Component:
    return card(
        facts(fact("Adresse mail", State.email)),
        rx.el.div(
            link_button("Changer l'adresse mail", href=f"{PAGE}/adresse-mail", kind="secondary"),
            link_button("Changer le mot de passe", href=f"{PAGE}/mot-de-passe", kind="secondary"),
            class_name="cluster",
        ),
        title="Mon compte",
    )


def _file(file: rx.Var[OwnFile]) -> rx.Component:
    known = file.subscriber
    return card(
        facts(
            fact("Service", file.utility),
            fact("Nom", known.name),
            fact("Adresse", _address(file), given=file.is_holder),
            fact("Téléphone", rx.cond(known.phone != "", known.phone, "Non renseigné"), given=file.is_holder),
            fact("Adresse mail", rx.cond(known.email, known.email, "Non renseignée"), given=file.is_holder),
        ),
        rx.cond(file.is_holder, _own(file), _of_another()),
        title=f"Abonné {known.number}",
    )


def _own(file: rx.Var[OwnFile]) -> rx.Component:
    modify = link_button(
        "Modifier mes informations", href=f"{PAGE}/modifier?abonne={file.subscriber.id}", kind="secondary"
    )
    return rx.fragment(rx.el.div(modify), _paper(file))


def _of_another() -> rx.Component:
    return rx.fragment(
        rx.el.p(badge("Vous êtes délégué pour cet abonnement", "info")),
        rx.el.p("Seul son titulaire peut modifier ces informations."),
    )


def _changes() -> rx.Component:
    columns = (Column("Information"), Column("Avant"), Column("Demandé"), Column("Réponse"), Column("Demande"))
    asked = card(
        table("Modifications demandées", columns, rx.foreach(State.changes, _change)),
        title="Modifications demandées",
    )
    return rx.cond(State.changes.length() > 0, asked)


def _change(change: rx.Var[OwnChange]) -> rx.Component:
    return row(
        head_cell("Information", change.label),
        cell("Avant", rx.cond(change.former == "", "non renseigné", change.former)),
        cell("Demandé", change.proposed),
        cell("Réponse", rx.el.span(change_badge(change.status), " ", change.reason)),
        cell("Demande", link(change.request, href=f"/demandes/{change.request}")),
    )


def _address(file: rx.Var[OwnFile]) -> rx.Component:
    known = file.subscriber
    written = rx.fragment(known.address, rx.el.br(), known.postal_code, " ", known.city)
    return rx.cond(known.address + known.city != "", written, "Non renseignée")


def _paper(file: rx.Var[OwnFile]) -> rx.Component:
    id = file.subscriber.id
    since = rx.cond(file.paper_chosen_at, rx.fragment(" depuis le ", instant(file.paper_chosen_at)))
    on_paper = rx.fragment(
        rx.el.p("Vos factures vous sont envoyées au format papier", since, "."),
        button(NO_PAPER, kind="secondary", on_click=State.ask_paperless(id)),
    )
    online = rx.fragment(
        rx.el.p("Vous ne recevez plus vos factures au format papier", since, "."),
        button(PAPER_AGAIN, kind="secondary", on_click=State.return_to_paper(id)),
    )
    return rx.fragment(
        rx.cond(file.wants_paper, on_paper, online), rx.cond(file.choices.length() > 0, _proofs(file.choices))
    )


def _proofs(choices: rx.Var[tuple[PaperChoice, ...]]) -> rx.Component:
    """What was asked, when and by whom: the proof that both sides may need."""
    return rx.el.details(
        rx.el.summary("Vos choix sur le papier"),
        rx.el.ul(
            rx.foreach(
                choices,
                lambda one: rx.el.li(instant(one.chosen_at), " : ", rx.cond(one.wants_paper, PAPER_AGAIN, NO_PAPER)),
            )
        ),
    )


def _confirmation() -> rx.Component:
    return rx.cond(
        State.asked_id > 0,
        modal(
            "Confirmation",
            rx.el.p(ASKED),
            rx.el.p(CONSEQUENCE),
            id="paper-confirmation",
            on_close=State.cancel,
            leave="Annuler",
            actions=button("Confirmer", on_click=State.confirm_paperless),
        ),
    )


def _nothing() -> rx.Component:
    words = "Les abonnements rattachés à votre compte apparaîtront ici."
    return rx.cond(State.files.length() == 0, empty("Aucun abonnement", words, icon="user-round"))
