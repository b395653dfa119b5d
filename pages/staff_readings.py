"""/agent/releves: the readings that subscribers sent, to validate or refuse."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    button,
    card,
    cell,
    day,
    document_link,
    empty,
    fact,
    facts,
    form,
    head_cell,
    index,
    instant,
    notice,
    outcome,
    row,
    skeleton,
    staff_layout,
    submit_button,
    table,
    text_field,
)
from portail_app.services.reading_desk import ReviewRow
from portail_app.states.reading_review import ReadingReviewState as State
from portail_app.states.site import SiteState

COLUMNS = (Column("Contrat"), Column("Index", is_number=True), Column("Relevée le"), Column("État"), Column("Motif"))


@rx.page(route="/agent/releves", title="Relèves", on_load=[SiteState.load, State.load])
def staff_readings_page() -> rx.Component:
    nothing = empty("Aucune relève n’attend", "Celles que les abonnés transmettent apparaîtront ici.", icon="gauge")
    waiting = rx.cond(State.waiting.length() > 0, rx.foreach(State.waiting, _waiting), nothing)
    decided = card(table("Relèves traitées", COLUMNS, rx.foreach(State.decided, _decided)), title="Relèves traitées")
    return staff_layout(
        "Relèves",
        outcome(State.done, State.error, State.error_field),
        rx.cond(State.is_loaded, waiting, skeleton(lines=3, height="6rem")),
        rx.cond(State.decided.length() > 0, decided),
    )


def _waiting(sent: rx.Var[ReviewRow]) -> rx.Component:
    photo = document_link("Voir la photo", href=f"/releves/{sent.id}/photo", target="_blank")
    return card(
        rx.cond(sent.doubt, notice(f"{sent.doubt} L’abonné a confirmé.", kind="warning")),
        facts(
            fact("Index transmis", index(sent.index_litres)),
            fact("Relevé le", day(sent.read_on)),
            fact(
                "Dernier index",
                f"{index(sent.last_index_litres)} le {day(sent.last_read_on)}",
                given=sent.last_read_on,
            ),
            fact("Abonné", f"{sent.sender}, {sent.address}"),
            fact("Compteur", sent.serial),
            fact("Transmis le", instant(sent.sent_at)),
            fact("Commentaire", sent.comment, given=sent.comment),
            fact("Photo", photo, given=sent.has_photo),
        ),
        rx.el.div(button("Valider", on_click=State.accept(sent.id)), class_name="cluster"),
        rx.el.details(rx.el.summary("Corriger l’index"), _correction(sent)),
        rx.el.details(rx.el.summary("Refuser"), _refusal(sent)),
        title=f"Contrat {sent.contract}",
        key=sent.id.to_string(),
    )


def _correction(sent: rx.Var[ReviewRow]) -> rx.Component:
    name = f"index-{sent.id}"
    wrong = rx.cond(State.error_field == name, State.error, "")
    hint = "En mètres cubes : ce que montre la photo. L’abonné le lit."
    return form(
        text_field("Index corrigé", name, hint=hint, error=wrong, input_mode="decimal", auto_complete="off"),
        _which(sent),
        submit_button("Valider l’index corrigé"),
        on_submit=State.correct,
    )


def _refusal(sent: rx.Var[ReviewRow]) -> rx.Component:
    name = f"reason-{sent.id}"
    wrong = rx.cond(State.error_field == name, State.error, "")
    return form(
        text_field("Motif, que l’abonné lira", name, error=wrong, max_length=500),
        _which(sent),
        submit_button("Refuser la relève", kind="danger"),
        on_submit=State.refuse,
    )


def _which(sent: rx.Var[ReviewRow]) -> rx.Component:
    """What a form in a list sends is made outside the list, where Reflex knows nothing of its rows."""
    return rx.el.input(type="hidden", name="sent_id", value=sent.id.to(str))


def _decided(sent: rx.Var[ReviewRow]) -> rx.Component:
    state = rx.match(
        sent.state,
        ("validee", badge("Validée", "success")),
        ("refusee", badge("Refusée", "danger")),
        badge("Retirée", "neutral"),
    )
    corrected = rx.cond(
        sent.corrected_index_litres != None,  # noqa: E711
        rx.el.span(rx.el.br(), f"corrigé\u00a0: {index(sent.corrected_index_litres)}", class_name="muted"),
    )
    return row(
        head_cell("Contrat", sent.contract),
        cell("Index", rx.el.span(index(sent.index_litres), corrected), number=True),
        cell("Relevée le", day(sent.read_on)),
        cell("État", state),
        cell("Motif", rx.cond(sent.refusal_reason, sent.refusal_reason, "—")),
    )
