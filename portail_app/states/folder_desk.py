"""What staff do in a subscriber's tree: one thing at a time, asked in a dialog, then done."""

from collections.abc import Awaitable, Callable
from typing import Any

import reflex as rx
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import transaction
from portail_app.errors import Invalid
from portail_app.services import folder_desk
from portail_app.services.withdrawals import withdraw_document
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_number
from portail_app.states.staff_tree import StaffTreeState
from portail_app.viewer import Viewer

NOTHING = {"does": "", "id": "", "name": ""}
DONE = {
    "make": "Le dossier est créé.",
    "rename": "Le dossier est renommé.",
    "remove": "Le dossier est supprimé.",
    "withdraw": "Le document est retiré : l’abonné ne le voit plus.",
}
Act = Callable[[AsyncSession], Awaitable[Any]]


class FolderDeskState(Answers, rx.State):
    task: dict[str, str] = NOTHING
    done: str = ""

    @staff_event
    async def load(self) -> None:
        self.task, self.done, self.error, self.error_field = NOTHING, "", "", ""

    @staff_event
    async def begin(self, does: str, subject_id: int, name: str) -> None:
        """`does` is one of those of DONE; `name` is only shown."""
        self.done, self.error, self.error_field = "", "", ""
        self.task = {"does": does if does in DONE else "", "id": str(subject_id), "name": name}

    @staff_event
    async def leave(self) -> None:
        self.task, self.error, self.error_field = NOTHING, "", ""

    @staff_event
    async def carry_out(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            does = typed(form_data, "does")
            act = _act(viewer, does, form_data)
            async with transaction(viewer) as session:
                await act(session)
            self.task, self.done = NOTHING, DONE[does]
            return StaffTreeState.load
        return self._focus_on_error()


def _act(viewer: Viewer, does: str, form_data: dict[str, Any]) -> Act:
    subject_id, name, reason = (
        typed_number(form_data, "subject_id"),
        typed(form_data, "name"),
        typed(form_data, "reason"),
    )
    acts: dict[str, Act] = {
        "make": lambda session: folder_desk.make_folder(session, viewer, subject_id, name),
        "rename": lambda session: folder_desk.rename_folder(session, viewer, subject_id, name),
        "remove": lambda session: folder_desk.remove_folder(session, viewer, subject_id),
        "withdraw": lambda session: withdraw_document(session, viewer, subject_id, reason),
    }
    if does not in acts:
        raise Invalid
    return acts[does]
