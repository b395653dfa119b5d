"""One payment, from the hand-over to its result: the page follows it by itself."""

import asyncio
from datetime import timedelta
from typing import Any

import reflex as rx

from models import AttemptState, PaymentAllocation, PaymentAttempt, Receipt
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.jobs.payments import check_payment
from portail_app.services.payments.attempts import abandon_attempt
from portail_app.services.payments.status import PaymentStatus, read_status
from portail_app.states.access import readmit, subscriber_event, subscriber_watch
from portail_app.states.clock import now
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer

PAUSES = (*(1.0,) * 15, *(3.0,) * 60, *(10.0,) * 100)  # seconds: about twenty minutes, as long as the guard
ASKED_AT_MOST_EVERY = timedelta(seconds=5)
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
            status = await _read(viewer, self._asked())
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
        status = await _ask_once(viewer, reference)
        for pause in PAUSES:
            async with self:
                self._show(status)
            if not status.may_change:
                return
            await asyncio.sleep(pause)
            status = await _read(await readmit(self), reference)

    @subscriber_event
    async def abandon(self, viewer: Viewer) -> None:
        """PayFiP is asked first: what is paid is not abandoned."""
        reference = self._asked()
        await _ask_once(viewer, reference)
        async with transaction(viewer) as session:
            await abandon_attempt(session, viewer, reference)
        self._show(await _read(viewer, reference))

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


async def _read(viewer: Viewer, reference: str) -> PaymentStatus:
    async with transaction(viewer) as session:
        return await read_status(session, viewer, reference, now())


async def _ask_once(viewer: Viewer, reference: str) -> PaymentStatus:
    """The payment as it is once PayFiP has been asked, unless it was a moment ago."""
    status = await _read(viewer, reference)
    if status.attempt.state is not AttemptState.PENDING or status.attempt.id is None:
        return status
    await check_payment(status.attempt.id, now(), unless_within=ASKED_AT_MOST_EVERY)
    return await _read(viewer, reference)
