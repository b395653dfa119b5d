"""Mes factures: the tabs, the filters and the rows of one tab of the browser."""

import reflex as rx

from models import Invoice
from portail_app.database import transaction
from portail_app.services import invoices
from portail_app.states.access import subscriber_event
from portail_app.viewer import Viewer


class InvoicesState(rx.State):
    invoices: tuple[Invoice, ...] = ()

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            found = await invoices.list_invoices(session, viewer)
        self.invoices = tuple(found)
