"""The contract that a page's URL names, opened for whoever may read it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import reflex as rx

from portail_app.reading import Reader, reading
from portail_app.services.contracts import Tenure, find_tenure
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer


class OfContract(rx.State, mixin=True):
    """For the states of `/contrats/[numero]`."""

    def _number(self) -> str:
        return read_last(self.router.url.path)


@asynccontextmanager
async def open_contract(viewer: Viewer, number: str) -> AsyncIterator[tuple[Reader, Tenure]]:
    """Raises NotFound, as for a contract that is somebody else's."""
    async with reading(viewer) as reader:
        yield reader, await find_tenure(reader, viewer, number)
