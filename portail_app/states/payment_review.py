"""The payments of a utility, as its staff follow them."""

from urllib.parse import urlencode

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.jobs.payments import defer_check
from portail_app.services.payment_review import ReviewedPayment, list_payments
from portail_app.services.payments.rechecks import ask_again
from portail_app.states.access import staff_event
from portail_app.states.clock import now
from portail_app.states.urls import read_search
from portail_app.viewer import Viewer

PATH = "/agent/paiements"


class PaymentReviewState(rx.State):
    payments: tuple[ReviewedPayment, ...] = ()
    search: str = ""
    asked: tuple[str, ...] = ()
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        search = read_search(str(self.router.url.query_parameters.get("recherche", "")))
        async with transaction(viewer) as session:
            found = await list_payments(session, viewer, search=search)
        self.payments, self.search, self.asked, self.is_loaded = tuple(found), search, (), True

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        search = read_search(form.get("recherche", ""))
        return rx.redirect(f"{PATH}?{urlencode({'recherche': search})}" if search else PATH)

    @staff_event
    async def check_again(self, viewer: Viewer, reference: str) -> None:
        """PayFiP is asked by a job, at once."""
        async with transaction(viewer) as session:
            attempt_id = await ask_again(session, viewer, reference, now())
            await defer_check(session, attempt_id)
        self.asked = (*self.asked, reference)
