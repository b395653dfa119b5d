"""What subscribers have sent: seen, and filed in one of their folders."""

from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.reading import reader_of
from portail_app.services.filing import Deposit, file_deposit, find_deposit, list_waiting
from portail_app.services.folders import Branch, list_branches
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed_number
from portail_app.states.clock import now
from portail_app.states.looks import looking
from portail_app.states.staff_tree import LOOKED_AT
from portail_app.viewer import Viewer


class DepositsState(Answers, rx.State):
    deposits: tuple[Deposit, ...] = ()
    chosen: Deposit | None = None
    folders: tuple[Branch, ...] = ()
    done: str = ""
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done, self.error, self.error_field, self.chosen = "", "", "", None
        await self._read(viewer)

    @staff_event
    async def choose(self, viewer: Viewer, document_id: int) -> None:
        """« Classer », or to move what is filed: where else it can go, among its subscriber's folders."""
        self.done = ""
        with self._showing_refusals():
            async with looking(viewer) as look:
                chosen = await find_deposit(look.session, viewer, document_id)
                folders = await list_branches(await reader_of(look.session), [chosen.subscriber_id])
                await look.at([chosen.subscriber_id], LOOKED_AT)
            self.chosen, self.folders = chosen, tuple(folder for folder in folders if folder.takes_deposits)

    @staff_event
    async def forget(self) -> None:
        """Another page is looked at."""
        self.done, self.error, self.error_field, self.chosen = "", "", "", None

    @staff_event
    async def leave(self) -> None:
        self.chosen = None

    @staff_event
    async def file(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        with self._showing_refusals():
            document_id, folder_id = typed_number(form_data, "document_id"), typed_number(form_data, "folder_id")
            async with transaction(viewer) as session:
                await file_deposit(session, viewer, document_id, folder_id, now())
            await self._read(viewer)
            self.chosen, self.done = None, "Le document est classé."

    async def _read(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            waiting = await list_waiting(session, viewer)
        self.deposits, self.is_loaded = tuple(waiting), True
