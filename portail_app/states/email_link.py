"""The link that a new address was sent: whoever opens it must also be the account's owner."""

from typing import Any

import reflex as rx

from portail_app.errors import LinkRefused
from portail_app.states import email_links
from portail_app.states.access import public_event
from portail_app.states.answers import Answers, typed
from portail_app.states.proofs import prove
from portail_app.viewer import Viewer

PAGE = "/adresse-mail"
WRONG = "Ce n’est pas le mot de passe de ce compte."


class EmailLinkState(Answers, rx.State):
    """A mistyped address is a stranger's: the link alone changes nothing, without the password or the open session."""

    chosen: str = ""
    asks_password: bool = True
    refused: str = ""
    answer: str = ""
    _link: str = ""

    @public_event
    async def load(self, viewer: Viewer) -> Any:
        link = self.router.url.query_parameters.get("lien", "")
        if link:
            self._link = link
            return rx.redirect(PAGE, replace=True)
        self.answer = self.error = self.error_field = ""
        try:
            opened = await email_links.look_at(self._link, viewer)
        except LinkRefused as refusal:
            self.refused, self.chosen = refusal.sentence, ""
        else:
            self.refused, self.chosen, self.asks_password = "", opened.chosen, not opened.is_own
        return None

    @public_event
    async def confirm(self, viewer: Viewer, form_data: dict[str, Any]) -> Any:
        with self._showing_refusals():
            try:
                opened = await email_links.look_at(self._link, viewer)
                if not opened.is_own:
                    await prove(opened.email, typed(form_data, "password"), self.router.session.client_ip, wrong=WRONG)
                chosen = await email_links.take(self._link)
            except LinkRefused as refusal:
                self.refused = refusal.sentence
            else:
                self._link, self.answer = "", f"Votre adresse mail est maintenant {chosen}."
        return self._focus_on_error()
