"""Sending the treasury's statement: the file, what it would change, and saying yes."""

import reflex as rx

from portail_app.components.basics.button import button
from portail_app.components.forms.form import form
from portail_app.components.forms.upload import adds_files, kept_file, upload_dialog
from portail_app.components.layout.card import card, fact, facts
from portail_app.components.layout.notice import notice
from portail_app.components.tables.table import Column, cell, head_cell, row, table
from portail_app.imports.treasury import RefusedLine
from portail_app.states.statement import StatementState as State

DIALOG, CHECK = "releve", "verifier-le-releve"
EXPECTED = "Colonnes : collectivite ; reference_paiement ; date_paiement ; montant ; autorisation."
COLUMNS = (Column("Ligne"), Column("Colonne"), Column("Valeur"), Column("Motif"))


def statement_form() -> rx.Component:
    return rx.fragment(
        rx.el.details(
            rx.el.summary("Importer un relevé"),
            card(
                _answers(),
                rx.cond(State.name != "", _report(), _choice()),
            ),
            open=(State.name != "") | (State.done != "") | (State.error != ""),
        ),
        upload_dialog(
            "Relevé de la trésorerie",
            id=DIALOG,
            url="/agent/rapprochement/releve",
            then=CHECK,
            multiple=False,
            kinds="CSV",
        ),
    )


def _answers() -> rx.Component:
    return rx.el.div(
        rx.cond(State.done != "", notice(State.done, kind="success")),
        rx.cond(State.error != "", notice(State.error, kind="danger")),
        role="status",
    )


def _choice() -> rx.Component:
    """Once a file was kept, its form is sent by itself."""
    return form(
        rx.el.p("Rien n’est enregistré avant que vous ayez vu ce que le relevé change.", class_name="muted"),
        rx.el.p(EXPECTED, class_name="muted"),
        rx.el.div(button("Choisir le relevé", kind="secondary", icon="upload", **adds_files(DIALOG))),
        rx.el.div(kept_file("file_id"), hidden=True),
        rx.el.button(type="submit", hidden=True, custom_attrs={"id": CHECK}),
        on_submit=State.rehearse,
    )


def _report() -> rx.Component:
    report = State.report
    counted = facts(
        fact("Lignes lues", report.read),
        fact("Nouvelles", report.new),
        fact("Modifiées", report.changed),
        fact("Inchangées", report.unchanged),
        fact("Refusées", report.refused),
    )
    actions = rx.el.div(
        rx.cond(report.new + report.changed > 0, button("Enregistrer", on_click=State.write)),
        button("Annuler", kind="secondary", on_click=State.give_up),
        class_name="cluster",
    )
    return rx.el.div(
        rx.el.p(rx.el.strong(State.name), " : essai, rien n’est encore enregistré."),
        counted,
        rx.cond(report.refusals.length() > 0, _refusals()),
        rx.cond(
            report.unshown > 0,
            rx.el.p(rx.cond(report.unshown > 1, f"… et {report.unshown} autres refus.", "… et un autre refus.")),
        ),
        actions,
        class_name="stack",
    )


def _refusals() -> rx.Component:
    return table("Lignes refusées", COLUMNS, rx.foreach(State.report.refusals, _refused), size="medium")


def _refused(refused: rx.Var[RefusedLine]) -> rx.Component:
    return row(
        head_cell("Ligne", rx.cond(refused.line == 0, "Fichier", refused.line.to_string())),
        cell("Colonne", refused.column),
        cell("Valeur", refused.value),
        cell("Motif", refused.reason),
    )
