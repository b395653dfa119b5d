"""« Transmettre vos relèves de compteur »: index, date, photo, and what became of those that were sent."""

import reflex as rx

from portail_app.components.basics.button import submit_button
from portail_app.components.basics.contents import Words, named
from portail_app.components.forms.field import checkbox_field, date_field, text_field, textarea_field
from portail_app.components.forms.form import form, upload_form
from portail_app.components.layout.card import card
from portail_app.components.layout.notice import notice, only_seen
from portail_app.components.water.sent_reading import sent_reading
from portail_app.gateways.photos import ACCEPTED
from portail_app.states.contract import ContractState
from portail_app.states.sent_readings import SentReadingsState as State

HINT = "Les chiffres noirs du compteur, en mètres cubes. Les rouges sont des litres : facultatifs, après une virgule."


def send_reading_panel() -> rx.Component:
    telemetered = rx.el.p("Ce compteur est relevé à distance : vous n’avez rien à transmettre.", class_name="muted")
    return card(
        rx.cond(ContractState.words["reads"] == "de loin", telemetered, _sending()),
        title="Transmettre une relève",
    )


def _sending() -> rx.Component:
    waits = (State.sent.length() > 0) & (State.sent[0].state == "a_valider")
    sendable = rx.match(
        ContractState.words["reads"],
        ("par vous", rx.el.div(_form(), hidden=waits)),
        ("par son titulaire", only_seen("transmettre une relève")),
        rx.fragment(),
    )
    return rx.fragment(_outcome(), rx.foreach(State.sent, sent_reading), sendable, upload_form(form_id="photo-form"))


def _outcome() -> rx.Component:
    refused = rx.cond((State.error != "") & (State.error_field == ""), notice(State.error, kind="danger"))
    return rx.el.div(rx.cond(State.done != "", notice(State.done, kind="success")), refused, role="status")


def _form() -> rx.Component:
    """What was typed goes once it is sent; the photo that was chosen stays until it has left, too."""
    return form(
        rx.el.div(_typed(), class_name="stack", key=State.times_done.to_string()),
        _photo_field(),
        _doubt(),
        submit_button("Transmettre"),
        on_submit=State.send,
    )


def _typed() -> rx.Component:
    return rx.fragment(
        text_field(
            "Index",
            "index",
            hint=HINT,
            error=_wrong("index"),
            input_mode="decimal",
            auto_complete="off",
            default_value=State.draft["index"],
            on_change=lambda value: State.check("index", value).debounce(500),
        ),
        date_field(
            "Relevé le",
            "read_on",
            hint="Aujourd’hui si vous ne précisez pas.",
            error=_wrong("read_on"),
            default_value=State.draft["read_on"],
            on_change=lambda value: State.check("read_on", value),
        ),
        textarea_field("Commentaire", "comment", hint="Facultatif.", error=_wrong("comment"), rows="2"),
    )


def _doubt() -> rx.Component:
    confirm = checkbox_field("J’ai vérifié : c’est bien l’index du compteur", "confirmed", error=_wrong("confirmed"))
    asked = rx.cond(State.doubt != "", rx.fragment(notice(State.doubt, kind="warning"), confirm))
    return rx.el.div(asked, role="status")


def _photo_field() -> rx.Component:
    """It belongs to another form: a file goes by HTTP, once the reading is sent."""
    chooser = rx.el.input(
        type="file",
        name="photo",
        accept=ACCEPTED,
        class_name="input",
        aria_describedby="field-photo-hint",
        custom_attrs={"id": "field-photo", "form": "photo-form"},
    )
    return rx.el.div(
        rx.el.label("Photo du compteur", html_for="field-photo"),
        rx.el.p("Facultative : elle aide le service à valider.", class_name="field-hint", **named("field-photo-hint")),
        chooser,
        class_name="field",
    )


def _wrong(field: str) -> Words:
    return rx.cond(State.error_field == field, State.error, "")
