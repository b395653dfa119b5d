"""/demandes/[numero]: one request, its thread, and the subscriber's next message."""

import reflex as rx

from portail_app.components import (
    attachments,
    button,
    came_by,
    card,
    day,
    dialog,
    empty,
    error_above,
    error_at,
    fact,
    facts,
    first_beside,
    form,
    hidden,
    instant,
    kept,
    link,
    link_button,
    only_seen,
    opens,
    pieces,
    portal_layout,
    request_status,
    said,
    skeleton,
    submit_button,
    taken_down,
    textarea_field,
    thread,
    words,
)
from portail_app.states.request import RequestState as State
from portail_app.states.site import SiteState

request = State.request


@rx.page(route="/demandes/[numero]", title="Ma demande", on_load=[SiteState.load, State.load])
def request_page() -> rx.Component:
    return portal_layout(
        rx.cond(request, f"Demande {request.number}", "Demande"),
        rx.el.p(link("← Mes demandes", href="/demandes")),
        said(State.done),
        rx.cond(State.missing != "", _nothing(), rx.cond(request, _found(), skeleton(lines=4, height="6rem"))),
    )


def _nothing() -> rx.Component:
    return empty(
        State.missing,
        "Vérifiez son numéro, ou cherchez-la dans vos demandes.",
        icon="search",
        action=link_button("Voir mes demandes", href="/demandes", kind="secondary"),
    )


def _found() -> rx.Component:
    return first_beside(_summary(), rx.fragment(_asked(), thread(State.lines), _next()))


def _summary() -> rx.Component:
    return rx.el.div(
        card(
            rx.el.div(request_status(request.status), taken_down(request), class_name="cluster"),
            facts(
                fact("Demande", request.subject),
                fact("Arrivée", came_by(request), given=request.is_taken_down),
                fact(rx.cond(request.is_taken_down, "Saisie le", "Envoyée le"), instant(request.opened_at)),
                fact("Réponse attendue avant le", day(request.due_on), given=request.is_open),
                fact("Terminée le", instant(request.closed_at), given=request.closed_at),
            ),
            rx.cond(request.is_open & State.may_write, _withdrawal()),
            accent=True,
        ),
        class_name="stack",
    )


def _withdrawal() -> rx.Component:
    confirm = button("Annuler la demande", kind="danger", on_click=State.withdraw)
    return rx.fragment(
        button("Annuler la demande", kind="quiet", **opens("withdraw")),
        dialog(
            "Annuler cette demande ?",
            rx.el.p("Le service ne la traitera plus. Vous pourrez la rouvrir en y écrivant."),
            id="withdraw",
            leave="Fermer",
            actions=confirm,
        ),
    )


def _asked() -> rx.Component:
    answers = rx.foreach(request.content, lambda pair: fact(pair[0], words(pair[1])))
    return card(facts(answers, are_long=True), pieces(State.pieces), title="Votre demande")


def _next() -> rx.Component:
    return rx.cond(State.may_write, _reply(), only_seen("y répondre ou l’annuler"))


def _reply() -> rx.Component:
    reply = State.reply
    written = form(
        hidden("key", reply.key),
        textarea_field("Votre message", "text", error=error_at(State, "text"), default_value=reply.text, rows="4"),
        on_submit=State.send,
        custom_attrs={"id": "reply-form"},
    )
    reopens = rx.cond(request.is_open, "", "Elle est terminée : écrire au service la rouvre.")
    return card(
        rx.cond(reopens != "", rx.el.p(reopens, class_name="muted")),
        error_above(State),
        kept(written, place=reply.place, key=reply.key, kept_at=reply.kept_at),
        attachments(reply.pieces, reply.place, state=State),
        submit_button("Envoyer", form="reply-form"),
        title="Écrire au service",
    )
