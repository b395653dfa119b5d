"""What a page is told when it connects: what differs from the defaults that it was built with.

Reflex puts every var of every page's state together, writes each one as JSON, and drops those that the page already
holds. A state keeps only the values that were ever read or assigned: the same is told here from those alone, and what
a connection costs does not grow with the number of pages.
"""

from dataclasses import replace
from functools import wraps
from typing import Any

import reflex as rx
from reflex.istate.delta import Delta, _resolve_delta
from reflex.state import BaseState, State, all_base_state_classes, state_snapshot_hashes
from reflex_base.constants.state import FIELD_MARKER
from reflex_base.event import EventHandler
from reflex_base.event.context import EventContext

from portail_app.states.lazy import MadeWhenAsked
from portail_app.states.loading import run_loaders
from portail_app.states.messages import BOOT

_tell_everything = State.event_handlers["hydrate_and_load"].fn
_digests: dict[int, list[str]] = {}


def tell_what_differs(app: rx.App) -> None:
    """Put our first event of a connection into the place of Reflex's."""
    handlers = app._registration_context.event_handlers
    handlers[BOOT] = replace(handlers[BOOT], handler=EventHandler(fn=hydrate_and_load, state=State))


@wraps(_tell_everything)
async def hydrate_and_load(
    self: State, vars: dict[str, Any] | None = None, hashes: list[str] | None = None
) -> list[Any] | None:
    """A page that comes back, or was built from other states than ours, is told everything, by Reflex itself."""
    if vars or hashes != await default_digests():
        return list(await _tell_everything(self, vars, hashes) or ())
    emit = EventContext.get().emit_delta
    self.is_hydrated = False
    told = await _resolve_delta(held(self))
    self._clean()  # type: ignore[no-untyped-call]
    if not is_fresh(self):  # what it has become comes before what its worker tells it meanwhile
        await emit(told)
        told = {}
    events = await run_loaders(self)
    for name, values in (await self._get_resolved_delta()).items():
        told.setdefault(name, {}).update(values)
    self._clean()  # type: ignore[no-untyped-call]
    await emit(told)
    return events


def is_fresh(tab: State) -> bool:
    """Whether none of its pages' states was asked for yet."""
    return isinstance(tab.substates, MadeWhenAsked) and not tab.substates.made()


def held(state: BaseState) -> Delta:
    """The vars of a state and of those under it that have a value of their own, and the computed ones."""
    names = [name for name in state.base_vars if name in state.__dict__]
    names += [name for name, computed in state.computed_vars.items() if not computed._backend]
    told = {state.get_full_name(): {f"{name}{FIELD_MARKER}": state.get_value(name) for name in names}} if names else {}
    below = state.substates
    for one in below.made() if isinstance(below, MadeWhenAsked) else below.values():
        told |= held(one)
    return told


async def default_digests() -> list[str]:
    """What a page sends that was built from the states that run here; known once for all states that there are."""
    count = len(all_base_state_classes)
    if count not in _digests:
        fresh = State(_reflex_internal_init=True)  # type: ignore[call-arg]
        _digests[count] = state_snapshot_hashes(await _resolve_delta(fresh.dict(initial=True)))
    return _digests[count]
