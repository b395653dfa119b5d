"""Why somebody arrives at the sign-in page, and where they wanted to go: said by the page's address and the cookie."""

import reflex as rx

from portail_app.errors import NotSignedIn
from portail_app.states.viewers import has_session_cookie

NOTICES = {
    "mot-de-passe": "Le nouveau mot de passe a bien été pris en compte. Vous pouvez maintenant vous connecter.",
    "ticket": "La connexion n’a pas abouti à temps. Veuillez vous connecter à nouveau.",
}


def told_reason(state: rx.State) -> str:
    """In words; empty where the address gives none that is known."""
    return NOTICES.get(asked(state, "motif"), "")


def ended_session(state: rx.State) -> str:
    """Said to whoever was signed in: the browser still has a cookie, and a page sent the person here."""
    was_signed_in = asked(state, "retour") and has_session_cookie(state.router.headers.cookie)
    return NotSignedIn.sentence if was_signed_in else ""


def asked(state: rx.State, name: str) -> str:
    """A parameter of the page's address."""
    return str(state.router.url.query_parameters.get(name, ""))
