"""One payment, from the hand-over to its result: the page follows it by itself."""

import asyncio
from typing import Any

import reflex as rx

from models import PaymentAllocation, PaymentAttempt, Receipt
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services.payments.attempts import abandon_attempt
from portail_app.services.payments.status import PaymentStatus
from portail_app.states.access import readmit, subscriber_event, subscriber_watch
from portail_app.states.payment_status import ask_once, read_payment
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer

PAUSES = (*(1.0,) * 15, *(3.0,) * 60, *(10.0,) * 100)  # seconds: about twenty minutes, as long as the guard
SILENCE = "PayFiP ne répond pas, ou n’a pas accepté ce paiement. Rien n’a été débité : réessayez dans quelques minutes."


class PaymentState(rx.State):
    """`window` is "opens" where PayFiP is to have one of its own, "is" in that one once the payer is back from it."""

    attempt: PaymentAttempt | None = None
    allocations: tuple[PaymentAllocation, ...] = ()
    receipt: Receipt | None = None
    obstacle: str = ""
    trouble: str = ""
    missing: str = ""
    window: str = ""
    popup_test: str = ""

    @subscriber_event
    async def load(self, viewer: Viewer) -> Any:
        try:
            status = await read_payment(viewer, self._asked())
        except NotFound as missing:
            self.attempt, self.missing = None, missing.sentence
            return None
        self.missing = ""
        self.trouble = SILENCE if self.router.url.query_parameters.get("motif") == "payfip" else ""
        self._show(status)
        return PaymentState.watch if status.may_change else None

    @subscriber_watch
    async def watch(self, viewer: Viewer) -> None:
        """Shows what the payment becomes; PayFiP is asked once, at the start."""
        reference = self._asked()
        status = await ask_once(viewer, reference)
        for pause in PAUSES:
            async with self:
                self._show(status)
            if not status.may_change:
                return
            await asyncio.sleep(pause)
            status = await read_payment(await readmit(self), reference)

    @subscriber_event
    async def abandon(self, viewer: Viewer) -> None:
        """PayFiP is asked first: what is paid is not abandoned."""
        reference = self._asked()
        await ask_once(viewer, reference)
        async with transaction(viewer) as session:
            await abandon_attempt(session, viewer, reference)
        self._show(await read_payment(viewer, reference))

    @subscriber_event
    async def note_popup(self, opened: bool) -> None:
        self.popup_test = "opened" if opened else "blocked"

    def _asked(self) -> str:
        """The reference in the URL."""
        return read_last(self.router.url.path)

    def _show(self, status: PaymentStatus) -> None:
        self.attempt, self.allocations, self.receipt = status.attempt, status.allocations, status.receipt
        self.obstacle, self.window = status.obstacle, self._window() if status.opens_popup else ""

    def _window(self) -> str:
        return "is" if self.router.url.query_parameters.get("retour") else "opens"
