"""« Mes données »: asking for a copy, and seeing it being made."""

import asyncio

import reflex as rx

from models import DataExport, ExportStatus
from portail_app.database import transaction
from portail_app.services.exports import ask_for_export, list_exports
from portail_app.states.access import Access, readmit, signed_in_event, signed_in_watch
from portail_app.states.answers import Answers
from portail_app.states.clock import now
from portail_app.viewer import Viewer

UNFINISHED = (ExportStatus.WAITING, ExportStatus.RUNNING)
PAUSES = (*(0.5,) * 60, *(2.0,) * 300)  # seconds: about ten minutes


class ExportsState(Answers, rx.State):
    exports: tuple[DataExport, ...] = ()
    is_loaded: bool = False
    is_running: bool = False

    @signed_in_event
    async def load(self, viewer: Viewer) -> object:
        self.error = ""
        self._show(await _read(viewer))
        return ExportsState.watch if self.is_running else None

    @signed_in_event
    async def ask(self, viewer: Viewer) -> object:
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await ask_for_export(session, viewer, now())
        self._show(await _read(viewer))
        return ExportsState.watch if self.is_running else None

    @signed_in_watch
    async def watch(self, viewer: Viewer) -> None:
        """Shows how far it is, until it is done."""
        for pause in PAUSES:
            found = await _read(await readmit(self, Access.SIGNED_IN))
            async with self:
                self._show(found)
                is_running = self.is_running
            if not is_running:
                return
            await asyncio.sleep(pause)

    def _show(self, found: tuple[DataExport, ...]) -> None:
        self.exports, self.is_loaded = found, True
        self.is_running = any(one.status in UNFINISHED for one in found)


async def _read(viewer: Viewer) -> tuple[DataExport, ...]:
    async with transaction(viewer) as session:
        return tuple(await list_exports(session, viewer, now()))
