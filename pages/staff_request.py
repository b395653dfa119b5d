"""/agent/demandes/[numero]: answer a subscriber, note for colleagues, follow up."""

import reflex as rx

from portail_app.components import (
    badge,
    came_by,
    card,
    change_review,
    day,
    empty,
    fact,
    facts,
    first_beside,
    instant,
    link,
    link_button,
    pieces,
    request_answer,
    request_follow_up,
    request_note,
    request_status,
    said,
    skeleton,
    staff_layout,
    taken_down,
    thread,
    words,
)
from portail_app.states.change_review import ChangeReviewState
from portail_app.states.site import SiteState
from portail_app.states.staff_request import StaffRequestState as State

request = State.desk.request


@rx.page(
    route="/agent/demandes/[numero]", title="Demande", on_load=[SiteState.load, State.load, ChangeReviewState.load]
)
def staff_request_page() -> rx.Component:
    return staff_layout(
        rx.cond(State.desk, f"Demande {request.number}", "Demande"),
        rx.el.p(link("← Demandes", href="/agent/demandes")),
        said(State.done),
        rx.cond(State.missing != "", _nothing(), rx.cond(State.desk, _found(), skeleton(lines=4, height="6rem"))),
    )


def _nothing() -> rx.Component:
    return empty(
        State.missing,
        "Vérifiez son numéro, ou cherchez-la dans la liste.",
        icon="search",
        action=link_button("Voir les demandes", href="/agent/demandes", kind="secondary"),
    )


def _found() -> rx.Component:
    content = rx.fragment(
        _asked(), change_review(), thread(State.desk.lines, for_staff=True), request_answer(), request_note()
    )
    return first_beside(rx.el.div(_summary(), request_follow_up(), class_name="stack"), content)


def _summary() -> rx.Component:
    subscriber = State.desk.subscriber
    is_late = request.is_open & (request.due_on.to(str) < State.today)
    return card(
        rx.el.div(
            request_status(request.status, for_staff=True),
            rx.cond(is_late, badge("En retard", "warning")),
            taken_down(request),
            class_name="cluster",
        ),
        facts(
            fact("Demande", request.subject),
            fact("Abonné", f"{subscriber.name} ({subscriber.number})"),
            fact(
                "Adresse", f"{subscriber.address}, {subscriber.postal_code} {subscriber.city}", given=subscriber.address
            ),
            fact("Téléphone", subscriber.phone, given=subscriber.phone),
            fact("Adresse mail", subscriber.email, given=subscriber.email),
            fact("Compte", "Aucun : il ne lit pas vos réponses ici, appelez-le", given=~State.desk.is_told),
            fact("Arrivée", came_by(request), given=request.is_taken_down),
            fact(rx.cond(request.is_taken_down, "Saisie le", "Envoyée le"), instant(request.opened_at)),
            fact("À traiter avant le", day(request.due_on), given=request.is_open),
            fact("Terminée le", instant(request.closed_at), given=request.closed_at),
        ),
        accent=True,
    )


def _asked() -> rx.Component:
    answers = rx.foreach(request.content, lambda pair: fact(pair[0], words(pair[1])))
    return card(facts(answers, are_long=True), pieces(State.desk.pieces), title="La demande")
