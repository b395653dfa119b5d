"""The portal with one page more, whose loaders do what ours should not: `python -m tests.states.loaders_backend`."""

import reflex as rx
from reflex_base.event import EventSpec

from portail_app.errors import Invalid
from portail_app.states.access import public_event, signed_in_watch
from portail_app.states.site import SiteState
from portail_app.viewer import Viewer
from tests.backend import serve

PAGE = "/essai"


class EssayState(rx.State):
    first: str = ""
    last: str = ""
    watched: str = ""

    @public_event
    async def load(self) -> None:
        self.first = "chargé"

    @public_event
    async def refuse(self) -> None:
        raise Invalid("Pas aujourd'hui.")

    @public_event
    async def fail(self) -> None:
        raise ZeroDivisionError("a secret of the code")

    @public_event
    async def give_way(self) -> list[EventSpec]:
        return [EssayState.say("dit par l'événement d'après")]

    @public_event
    async def say(self, words: str) -> None:
        self.last = words

    @signed_in_watch
    async def watch(self, viewer: Viewer) -> None:
        async with self:
            self.watched = f"{viewer.name or viewer.email} après « {self.first} »"


LOADERS = (SiteState.load, EssayState.load, EssayState.refuse, EssayState.fail, EssayState.watch, EssayState.give_way)


@rx.page(route=PAGE, on_load=list(LOADERS))
def essay() -> rx.Component:
    return rx.el.p(EssayState.first)


if __name__ == "__main__":
    serve()
