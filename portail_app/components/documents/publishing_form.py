"""Publishing a document to one subscriber, or to all that a query finds."""

import reflex as rx

from models import FolderKind
from portail_app.components.basics.button import button, submit_button
from portail_app.components.basics.contents import Words
from portail_app.components.forms.field import checkbox_field, field_group, select_field, text_field
from portail_app.components.forms.form import form
from portail_app.components.forms.outcome import outcome
from portail_app.components.forms.upload import adds_files, kept_file, upload_dialog
from portail_app.components.forms.utility_choice import utility_choice
from portail_app.components.layout.card import card
from portail_app.components.layout.notice import notice
from portail_app.states.publishing import PublishingState as State

DIALOG = "document-a-publier"
FOLDERS = (
    (FolderKind.CONTRACT.value, "Contrat"),
    (FolderKind.INVOICES.value, "Factures"),
    (FolderKind.SENT.value, "Pièces transmises"),
)


def publishing_form() -> rx.Component:
    return card(
        outcome(State.done, rx.cond(_wrong("file_id") != "", "", State.error), State.error_field),
        _form(),
        rx.el.div(rx.cond(State.asked != "", _question()), role="status"),
        upload_dialog("Document à publier", id=DIALOG, url="/agent/fichiers", multiple=False),
        title="Publier un document",
    )


def _form() -> rx.Component:
    return form(
        utility_choice(State.utilities),
        rx.el.div(
            rx.el.div(
                button("Choisir le document", kind="secondary", icon="upload", **adds_files(DIALOG)),
                kept_file("file_id"),
                class_name="cluster",
            ),
            rx.el.p(_wrong("file_id"), class_name="field-error", aria_live="polite"),
            class_name="field",
        ),
        select_field("Dossier", "kind", FOLDERS),
        field_group(
            "Pour quels abonnés ?",
            text_field("Numéro d’abonné", "number", hint="Un seul abonné.", error=_wrong("number"), max_length=32),
            text_field("Nom ou adresse", "words", hint="Qui contient ces mots.", error=_wrong("words"), max_length=80),
            text_field("Commune", "city", max_length=80),
            checkbox_field("Seulement ceux qui sont prélevés", "only_direct_debit"),
        ),
        rx.el.p("Sans précision, le document est pour tous les abonnés de la collectivité.", class_name="muted"),
        submit_button("Continuer"),
        on_submit=State.prepare,
        key=State.times_done.to_string(),
    )


def _question() -> rx.Component:
    actions = rx.el.div(
        button("Publier", on_click=State.publish),
        button("Annuler", kind="secondary", on_click=State.give_up),
        class_name="cluster",
    )
    return notice(rx.el.p(State.asked), actions, kind="warning")


def _wrong(field: str) -> Words:
    return rx.cond(State.error_field == field, State.error, "")
