"""The sessions that an account has open, and closing them."""

from datetime import UTC, datetime

import reflex as rx

from portail_app.database import transaction
from portail_app.services import own_sessions
from portail_app.services.own_sessions import OpenSession
from portail_app.states.access import signed_in_event
from portail_app.viewer import Viewer


class SessionsState(rx.State):
    sessions: tuple[OpenSession, ...] = ()
    is_loaded: bool = False
    answer: str = ""

    @signed_in_event
    async def load(self, viewer: Viewer) -> None:
        await self._read(viewer)
        self.answer = ""

    @signed_in_event
    async def close(self, viewer: Viewer, session_id: int) -> None:
        async with transaction(viewer) as session:
            await own_sessions.close_own_session(session, viewer, session_id, datetime.now(UTC))
        await self._read(viewer)
        self.answer = "La session a été fermée."

    @signed_in_event
    async def close_others(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            closed = await own_sessions.close_other_sessions(session, viewer, datetime.now(UTC))
        await self._read(viewer)
        self.answer = "1 session a été fermée." if closed == 1 else f"{closed} sessions ont été fermées."

    async def _read(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            found = await own_sessions.list_sessions(session, viewer, datetime.now(UTC))
        self.sessions, self.is_loaded = tuple(found), True
