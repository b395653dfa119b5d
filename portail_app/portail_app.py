"""The application: what Reflex runs."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import reflex as rx
from reflex_base.event import EventSpec

import pages  # noqa: F401  registers every page
from portail_app.database import database_url
from portail_app.errors import NotSignedIn, Refusal
from portail_app.gateways.bulletin import Bulletin
from portail_app.http import api_transformers
from portail_app.states.viewers import viewers

log = logging.getLogger(__name__)


def present(exception: Exception) -> EventSpec:
    """A "no" becomes a sentence on the screen; anything else is logged with an id that the person sees."""
    if isinstance(exception, NotSignedIn):
        return rx.redirect("/connexion")
    if isinstance(exception, Refusal):
        return rx.window_alert(exception.sentence)
    incident = uuid4().hex[:8]
    log.error("Incident %s", incident, exc_info=exception)
    return rx.window_alert(f"Une erreur est survenue (incident {incident}). Réessayez, ou donnez ce numéro au service.")


@asynccontextmanager
async def hear_the_database() -> AsyncIterator[None]:
    bulletin = Bulletin(database_url())
    viewers.follow(bulletin)
    async with bulletin.running():
        yield


app = rx.App(backend_exception_handler=present, toaster=None, html_lang="fr", api_transformer=api_transformers)
app.register_lifespan_task(hear_the_database)
