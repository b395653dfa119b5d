"""A statement of the treasury's, sent on the page of the reconciliation: tried first, then written."""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.imports.treasury import StatementReport
from portail_app.services.statement_imports import find_statement, record_statement
from portail_app.services.statement_runs import run_statement
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed_number
from portail_app.states.reconciliation import ReconciliationState
from portail_app.viewer import Viewer


class StatementState(Answers, rx.State):
    file_id: int = 0
    name: str = ""
    report: StatementReport = StatementReport()
    done: str = ""

    @staff_event
    async def load(self) -> None:
        self._forget()
        self.done = ""

    @staff_event
    async def rehearse(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        self._forget()
        self.done = ""
        with self._showing_refusals():
            file_id = typed_number({"file_id": form_data.get("file_id") or "0"}, "file_id")
            async with transaction(viewer) as session:
                statement = await find_statement(session, viewer, file_id)
            report = await run_statement(statement, is_rehearsal=True)
            self.file_id, self.name, self.report = file_id, statement.name, report

    @staff_event
    async def write(self, viewer: Viewer) -> Any:
        with self._showing_refusals():
            file_id = self.file_id
            async with transaction(viewer) as session:
                statement = await find_statement(session, viewer, file_id)
            report = await run_statement(statement, is_rehearsal=False)
            async with transaction(viewer) as session:
                await record_statement(session, viewer, file_id, report)
            self._forget()
            self.done = _said(report)
            return ReconciliationState.load
        return None

    @staff_event
    async def give_up(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self.file_id, self.name, self.report = 0, "", StatementReport()
        self.error, self.error_field = "", ""


def _said(report: StatementReport) -> str:
    if not report.written:
        return "Le relevé n’apporte rien de nouveau."
    written = _counted(report.written, "ligne enregistrée", "lignes enregistrées")
    return f"{written}, {_counted(report.refused, 'refusée', 'refusées')}." if report.refused else f"{written}."


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
