"""The application: what Reflex runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

import pages  # noqa: F401  registers every page
from portail_app.components.appearance import appearance
from portail_app.database import database_url
from portail_app.gateways.bulletin import Bulletin
from portail_app.http import api_transformers
from portail_app.jobs.worker import working
from portail_app.presenter import present
from portail_app.settings import settings
from portail_app.states.broadcast import Broadcast
from portail_app.states.door import open_door
from portail_app.states.live_site import live_site
from portail_app.states.site import SiteState
from portail_app.states.viewers import viewers


@asynccontextmanager
async def hear_the_database() -> AsyncIterator[None]:
    bulletin = Bulletin(database_url())
    viewers.follow(bulletin)
    live_site.follow(bulletin)
    assert app.event_namespace is not None
    async with bulletin.running(), live_site.running(Broadcast(app.event_namespace, SiteState)):
        yield


app = rx.App(backend_exception_handler=present, api_transformer=api_transformers, **appearance())
open_door(app)
app.register_lifespan_task(hear_the_database)
if settings().worker == "inside":
    app.register_lifespan_task(working)
