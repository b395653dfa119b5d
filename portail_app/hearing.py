"""What one worker hears from the database, and tells its open pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from portail_app.database import database_url
from portail_app.gateways.bulletin import Bulletin
from portail_app.states.broadcast import Broadcast
from portail_app.states.live_requests import live_requests
from portail_app.states.live_site import live_site
from portail_app.states.site import SiteState
from portail_app.states.viewers import viewers


@asynccontextmanager
async def hearing(portal: rx.App) -> AsyncIterator[None]:
    """While it runs, a revoked session is refused at once, and a suspension is shown at once."""
    bulletin = Bulletin(database_url())
    viewers.follow(bulletin)
    live_site.follow(bulletin)
    live_requests.follow(bulletin)
    assert portal.event_namespace is not None
    broadcast = Broadcast(portal.event_namespace, SiteState)
    async with bulletin.running(), live_site.running(broadcast), live_requests.running(broadcast):
        yield
