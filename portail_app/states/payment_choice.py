"""Sélection des factures pour le règlement: the open invoices, those chosen, and their live total."""

from collections.abc import Sequence

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.database import transaction
from portail_app.errors import Refusal
from portail_app.services.payables import Payable, list_payables
from portail_app.services.payments.preparation import Choice, prepare_attempt
from portail_app.states.access import subscriber_event
from portail_app.states.clock import now
from portail_app.viewer import Viewer


class PaymentChoiceState(rx.State):
    """The rows are read once, in a tuple: a toggle sends two numbers, and asks nothing of the database."""

    payables: tuple[Payable, ...] = ()
    selected: tuple[int, ...] = ()
    total_cents: int = 0
    utility_id: int = 0
    refusal: str = ""
    is_loaded: bool = False

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        """`?facture=2017-020-002059` comes already chosen."""
        async with transaction(viewer) as session:
            found = await list_payables(session, viewer, now())
        asked = self.router.url.query_parameters.get("facture")
        wanted = [payable for payable in found if payable.invoice.number == asked]
        self.payables, self.is_loaded = tuple(found), True
        self._select([payable.invoice.id or 0 for payable in wanted])
        self.refusal = wanted[0].obstacle if wanted else ""

    @subscriber_event
    async def toggle(self, invoice_id: int) -> None:
        self._select(_toggled(self.payables, self.selected, invoice_id))

    @subscriber_event
    async def pay(self, viewer: Viewer) -> EventSpec | None:
        """A refusal is shown with what the invoices have become: the choice is kept where it still can be."""
        try:
            async with transaction(viewer) as session:
                attempt = await prepare_attempt(session, viewer, Choice(self.selected, self.total_cents), now())
        except Refusal as refused:
            await self._show_again(viewer, refused.sentence)
            return None
        return rx.redirect(f"/paiement/{attempt.reference}")

    async def _show_again(self, viewer: Viewer, refusal: str) -> None:
        async with transaction(viewer) as session:
            found = await list_payables(session, viewer, now())
        self.payables, self.refusal = tuple(found), refusal
        self._select(self.selected)

    def _select(self, wanted: Sequence[int]) -> None:
        """What of it can be paid, whose it is, and the total in cents."""
        open_ones = {payable.invoice.id: payable.invoice for payable in self.payables if not payable.obstacle}
        kept = [open_ones[invoice_id] for invoice_id in wanted if invoice_id in open_ones]
        self.selected = tuple(invoice.id or 0 for invoice in kept)
        self.total_cents = sum(invoice.balance_cents for invoice in kept)
        self.utility_id = kept[0].utility_id if kept else 0


def _toggled(payables: Sequence[Payable], selected: Sequence[int], invoice_id: int) -> list[int]:
    """Chosen again, an invoice is left out; where several cannot be paid together, it takes the place of the others."""
    if invoice_id in selected:
        return [chosen for chosen in selected if chosen != invoice_id]
    added = next((payable for payable in payables if payable.invoice.id == invoice_id), None)
    if added is None or added.obstacle:
        return list(selected)
    if not added.several:
        return [invoice_id]
    together = {payable.invoice.id for payable in payables if payable.invoice.utility_id == added.invoice.utility_id}
    return [*(chosen for chosen in selected if chosen in together), invoice_id]
