"""The payments of a utility, as its staff follow them."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.jobs.payments import defer_check
from portail_app.services.payment_review import ReviewedPayment, find_searched, list_payments
from portail_app.services.payments.rechecks import ask_again
from portail_app.states.access import staff_event
from portail_app.states.clock import now
from portail_app.states.looks import looking
from portail_app.states.places import NOWHERE, Place, describe_place, read_place, search_at, sought_at
from portail_app.viewer import Viewer

PATH = "/agent/paiements"


class PaymentReviewState(rx.State):
    payments: tuple[ReviewedPayment, ...] = ()
    place: Place = NOWHERE
    asked: tuple[str, ...] = ()
    is_loaded: bool = False

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        url = read_place(PATH, self.router.url.query_parameters)
        async with looking(viewer) as look:
            found = await list_payments(look.session, viewer, sought_at(url))
            await look.at_list(await find_searched(look.session, viewer, sought_at(url)), "Paiements")
        self.payments, self.asked, self.is_loaded = tuple(found), (), True
        self.place = describe_place(url, "Paiements", found.total)

    @staff_event
    async def look_for(self, form: dict[str, str]) -> EventSpec:
        return rx.redirect(search_at(PATH, form))

    @staff_event
    async def check_again(self, viewer: Viewer, reference: str) -> None:
        """PayFiP is asked by a job, at once."""
        async with transaction(viewer) as session:
            attempt_id = await ask_again(session, viewer, reference, now())
            await defer_check(session, attempt_id)
        self.asked = (*self.asked, reference)
