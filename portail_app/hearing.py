"""What one worker hears from the database, and tells its open pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from portail_app.database import database_url
from portail_app.gateways.bulletin import Bulletin
from portail_app.states.door import Door
from portail_app.states.live_rows import LIVE_ROWS, live_rows_running
from portail_app.states.live_site import live_site
from portail_app.states.moves import Moves
from portail_app.states.site import broadcast_over
from portail_app.states.stranded import stranded
from portail_app.states.viewers import viewers


@asynccontextmanager
async def hearing(portal: rx.App) -> AsyncIterator[None]:
    """While it runs, a revoked session is refused at once, a suspension is shown at once, who gains a utility hears of
    it, and pages that could not load do once the database is back."""
    bulletin = Bulletin(database_url())
    viewers.follow(bulletin)
    live_site.follow(bulletin)
    for rows in LIVE_ROWS:
        rows.follow(bulletin)
    moves = Moves(live_site)
    moves.follow(bulletin)
    door = portal.event_namespace
    assert isinstance(door, Door)
    broadcast = broadcast_over(door)
    async with (
        bulletin.running(),
        live_site.running(broadcast),
        live_rows_running(broadcast),
        moves.running(broadcast),
        stranded.running(bulletin, door.load_again),
    ):
        yield
