"""The invoices of the contract that is shown, or the contracts of the invoice that is."""

import reflex as rx

from portail_app.reading import reading
from portail_app.services.billed import BilledRow, list_contracts_of, list_invoices_of
from portail_app.states.access import subscriber_event
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer


class BilledState(rx.State):
    invoices: tuple[BilledRow, ...] = ()
    contracts: tuple[str, ...] = ()

    @subscriber_event
    async def load_invoices(self, viewer: Viewer) -> None:
        async with reading(viewer) as reader:
            self.invoices = await list_invoices_of(reader, viewer, read_last(self.router.url.path))

    @subscriber_event
    async def load_contracts(self, viewer: Viewer) -> None:
        async with reading(viewer) as reader:
            self.contracts = await list_contracts_of(reader, viewer, read_last(self.router.url.path))
