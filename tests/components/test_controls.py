"""What is pressed and filled in: named, described, and said to be wrong or busy."""

import pytest
import reflex as rx

from portail_app.components.basics.button import button, icon_button, submit_button
from portail_app.components.basics.link import document_link, link, link_button
from portail_app.components.forms.field import (
    checkbox_field,
    date_field,
    email_field,
    field_group,
    password_field,
    select_field,
    text_field,
    textarea_field,
)
from portail_app.components.forms.form import form, native_form
from portail_app.states.browser import focus_field
from tests.components.rendering import rendered


class Desk(rx.State):
    error: str = ""
    is_sending: bool = False


FIELDS = {
    "text": lambda **remarks: text_field("Raison", "reason", **remarks),
    "email": lambda **remarks: email_field("Identifiant", "reason", **remarks),
    "password": lambda **remarks: password_field("Mot de passe", "reason", **remarks),
    "date": lambda **remarks: date_field("Jusqu’au", "reason", **remarks),
    "textarea": lambda **remarks: textarea_field("Message", "reason", **remarks),
    "select": lambda **remarks: select_field("Importance", "reason", [("1", "Haute")], **remarks),
    "checkbox": lambda **remarks: checkbox_field("Se souvenir de moi", "reason", **remarks),
}


@pytest.fixture(params=FIELDS.values(), ids=FIELDS)
def make_field(request):
    return request.param


def control_of(drawn):
    (control,) = (each for each in drawn.walk() if each.properties.get("id") == "field-reason")
    return control


def test_every_field_is_named_by_its_label(make_field):
    drawn = rendered(make_field())
    label = drawn.only("label")

    assert label.words()
    assert label.properties.get("htmlFor") == "field-reason" or control_of(label)


def test_every_field_sends_its_name_and_nothing_else(make_field):
    drawn = rendered(make_field())

    assert control_of(drawn).properties["name"] == "reason"
    assert "ref" not in control_of(drawn).properties  # Reflex would send the value a second time, under the id


def test_an_error_is_at_its_field_and_announced(make_field):
    drawn = rendered(make_field(error="Dites pourquoi."))
    error = drawn.only("p", id="field-reason-error")

    assert "Dites pourquoi." in error.words()
    assert error.properties["aria_live"] == "polite"
    assert control_of(drawn).properties["aria_invalid"] == "true"
    assert "field-reason-error" in control_of(drawn).properties["aria_describedby"]


def test_a_field_without_error_is_not_said_to_be_wrong(make_field):
    assert control_of(rendered(make_field())).properties["aria_invalid"] == "false"


def test_a_hint_describes_its_field(make_field):
    drawn = rendered(make_field(hint="En une phrase."))

    assert "En une phrase." in drawn.only("p", id="field-reason-hint").words()
    assert control_of(drawn).properties["aria_describedby"] == "field-reason-hint field-reason-error"


def test_an_error_that_lives_in_a_state_makes_the_field_wrong_as_soon_as_it_is_there():
    wrong = rendered(text_field("Raison", "reason", error=Desk.error)).only("input").properties["aria_invalid"]

    assert "error" in wrong
    assert '""' in wrong


def test_a_password_can_be_shown_and_a_new_one_is_not_filled_in():
    drawn = rendered(password_field("Mot de passe", "password", new=True))
    shower = drawn.only("button")

    assert drawn.only("input").properties["autoComplete"] == "new-password"
    assert shower.properties["aria_controls"] == "field-password"
    assert shower.properties["aria_label"] == "Afficher : Mot de passe"
    assert shower.properties["type"] == "button"
    assert shower.properties["onClick"] == "revealPassword"


def test_the_browser_fills_in_the_identifier_and_the_password_it_knows():
    assert rendered(email_field("Identifiant")).only("input").properties["autoComplete"] == "username"
    assert rendered(password_field("Mot de passe")).only("input").properties["autoComplete"] == "current-password"


def test_fields_of_one_question_are_grouped_under_it():
    drawn = rendered(field_group("Adresse", text_field("Rue", "street")))

    assert drawn.only("fieldset").only("legend").words() == "Adresse"


def test_the_first_wrong_field_takes_the_focus():
    assert "field-password" in str(focus_field("password"))


def test_a_busy_button_says_so_and_keeps_the_focus():
    pressed = rendered(submit_button("Connexion", busy=True)).only("button").properties

    assert pressed["aria_busy"] == "true"
    assert pressed["type"] == "submit"


def test_a_form_is_sent_once_its_page_can_answer():
    assert "is_hydrated" in rendered(submit_button("Connexion")).only("button").properties["disabled"]


def test_a_button_follows_the_state_that_makes_it_busy():
    assert "is_sending" in rendered(button("Payer", busy=Desk.is_sending)).properties["aria_busy"]


def test_a_button_never_sends_a_form_by_accident():
    assert rendered(button("Annuler")).properties["type"] == "button"


def test_an_icon_button_has_a_name():
    drawn = rendered(icon_button("x", "Fermer le menu"))

    assert drawn.properties["aria_label"] == "Fermer le menu"
    assert drawn.only("svg").properties["aria_hidden"] == "true"


def test_a_page_is_reached_without_reloading_and_a_file_by_the_browser():
    assert rendered(link("Factures", href="/factures")).tag == "ReactRouterLink"
    assert rendered(document_link("PDF", href="/factures/1.pdf")).tag == "a"
    assert rendered(link_button("PDF", href="/factures/1.pdf", document=True)).tag == "a"


def test_a_form_shows_our_errors_and_not_the_browsers():
    assert rendered(form(on_submit=rx.noop())).properties["noValidate"] == "true"


def test_a_form_sent_before_the_script_has_loaded_puts_no_password_in_the_url():
    assert rendered(form(password_field("Mot de passe"), on_submit=rx.noop())).properties["method"] == "dialog"


def test_a_native_form_is_sent_by_the_browser_itself():
    drawn = rendered(native_form(submit_button("Déconnexion"), action="/deconnexion"))

    assert drawn.properties["action"] == "/deconnexion"
    assert drawn.properties["method"] == "post"
    assert "onSubmit" not in drawn.properties
