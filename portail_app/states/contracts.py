"""Mes contrats: the rows of the list."""

import reflex as rx

from portail_app.reading import reading
from portail_app.services.contract_list import ContractRow, list_contracts
from portail_app.states.access import subscriber_event
from portail_app.states.clock import today
from portail_app.viewer import Viewer


class ContractsState(rx.State):
    contracts: tuple[ContractRow, ...] = ()
    is_loaded: bool = False

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        async with reading(viewer) as reader:
            found = await list_contracts(reader, viewer, today())
        self.contracts, self.is_loaded = found, True
