"""What a person sees of an exception: a "no" in words, a pause of the database, or the number of an incident."""

import logging
from urllib.parse import urlencode
from uuid import uuid4

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.components.layout.toast import toast
from portail_app.errors import NotSignedIn, Refusal, Unavailable
from portail_app.troubles import find_trouble

log = logging.getLogger(__name__)


def present(exception: Exception) -> EventSpec:
    """The event that tells the person. A bug is logged with an id, and the person sees that id."""
    if isinstance(exception, NotSignedIn):
        return rx.redirect(f"/connexion?{urlencode({'retour': exception.return_to})}")
    if isinstance(exception, Refusal):
        return toast(exception.sentence, "warning")
    if find_trouble(exception):
        return toast(Unavailable.sentence, "warning")
    incident = uuid4().hex[:8]
    log.error("Incident %s", incident, exc_info=exception)
    return toast(f"Une erreur est survenue. Réessayez, ou donnez au service ce numéro : {incident}.", "danger")
