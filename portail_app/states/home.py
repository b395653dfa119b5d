"""Accueil: what waits for the subscriber, and which important notices they have closed."""

from dataclasses import replace
from typing import Any

import reflex as rx

from portail_app.database import transaction
from portail_app.reading import reading
from portail_app.services.home import read_home
from portail_app.services.notice_board import close_notice
from portail_app.states.access import signed_in_event, signed_in_watch
from portail_app.states.clock import now, today
from portail_app.states.live_home import FollowsLatest
from portail_app.viewer import Viewer


class HomeState(FollowsLatest, rx.State):
    is_loaded: bool = False

    @signed_in_event
    async def load(self, viewer: Viewer) -> Any:
        if viewer.is_staff and not viewer.subscriber_ids:
            return rx.redirect("/agent")
        async with reading(viewer) as reader:
            home = await read_home(reader, viewer, today())
        self.home, self.is_loaded = home, True
        return HomeState.watch

    @signed_in_watch
    async def watch(self, viewer: Viewer) -> None:
        """What the service publishes is among the latest documents as it comes, and what it withdraws no more."""
        await self._follow(viewer)

    @signed_in_event
    async def close_notice(self, viewer: Viewer, notice_id: int) -> None:
        """« Fermer »: not shown over the page again, on any device of this account."""
        async with transaction(viewer) as session:
            await close_notice(session, viewer, notice_id, now())
        self.home = replace(self.home, closed_notice_ids=(*self.home.closed_notice_ids, notice_id))
