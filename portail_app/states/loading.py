"""What a page loads when it opens, in one event: Reflex makes an event, and a message, of each of its loaders."""

from dataclasses import replace
from functools import wraps
from typing import Any

import reflex as rx
from reflex.state import BaseState, OnLoadInternalState
from reflex_base.event import Event, EventHandler
from reflex_base.event.processor.base_state_processor import chain_updates
from reflex_base.registry import RegistrationContext

from portail_app.states.messages import LOAD

_queue_loaders = OnLoadInternalState.event_handlers["on_load_internal"].fn


def load_in_one_event(app: rx.App) -> None:
    """Put our event of a navigation into the place of Reflex's."""
    handlers = app._registration_context.event_handlers
    handlers[LOAD] = replace(handlers[LOAD], handler=EventHandler(fn=load_page, state=OnLoadInternalState))


@wraps(_queue_loaders)
async def load_page(self: BaseState) -> list[Event]:
    """The page that a tab has gone to: until it has loaded, nothing can be sent from it."""
    if self.is_hydrated:
        self.is_hydrated = False
        await chain_updates(None, load_page.__qualname__, self._get_root_state())
    return await run_loaders(self)


async def run_loaders(state: BaseState) -> list[Event]:
    """Run those of the page that a tab is on, in their order; the events that come after them.

    One that fails is answered for as any event is, and the others still load. What goes on beside the tab's events
    begins once the page is there.
    """
    app = RegistrationContext.get().app
    after: list[Event] = []
    for loader in app.get_load_events(state.rx_router_url.path):
        after += Event.from_event_type(await _run(loader, state, app))
    state.is_hydrated = True
    return after


async def _run(loader: Any, state: BaseState, app: rx.App) -> Any:
    """The events that a loader gives; itself where it is another kind than a coroutine of a state."""
    if not isinstance(loader, EventHandler) or loader.is_background or not loader._is_coroutine_function:
        return loader
    assert loader.state is not None
    try:
        return await loader.fn(await state.get_state(loader.state))
    except Exception as failure:
        return app.backend_exception_handler(failure)
