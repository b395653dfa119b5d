"""A tab's state is one session's: whoever else comes back with the tab finds it empty.

Reflex keeps a tab's state after its person has signed out, and sends all of it when the tab connects again: to the next
person at the same screen too.
"""

import reflex as rx
from reflex.middleware import Middleware
from reflex.state import BaseState, StateUpdate
from reflex_base.event import Event

from portail_app.errors import NotSignedIn
from portail_app.states.viewers import viewers

CONNECTING = {"hydrate", "hydrate_and_load"}  # what a page sends first, on each connection


class OwnershipState(rx.State):
    """Whose the tab is: their session's id, or 0 for nobody."""

    _session_id: int = 0


class Ownership(Middleware):
    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> StateUpdate | None:
        """A connection starts anew where the session is not the one that the tab is filled with; without connecting,
        nobody's event reaches a tab that is another's. Raises NotSignedIn."""
        ownership = await state.get_state(OwnershipState)
        viewer = await viewers.find(state.router.headers.cookie)
        session_id = viewer.session_id or 0
        if session_id == ownership._session_id:
            return None
        if event.name.rpartition(".")[2] in CONNECTING:
            state._get_root_state().reset()  # type: ignore[no-untyped-call]
            ownership._session_id = session_id
        elif viewer.is_signed_in:
            raise NotSignedIn
        return None
