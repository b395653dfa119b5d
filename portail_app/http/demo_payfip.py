"""`/demo/payfip`: the simulated PayFiP of the demonstration, where anybody decides what was paid."""

from functools import cache

from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from portail_app.gateways.payfip_access import SIMULATOR
from portail_app.settings import settings
from portail_app.simulators.payfip import create_simulator

STATE_FILE = "payfip-simulator.json"


async def show_simulator(scope: Scope, receive: Receive, send: Send) -> None:
    """Nothing at all outside the demonstration."""
    app = _simulator() if settings().is_demo else PlainTextResponse("Page introuvable", 404)
    await app(scope, receive, send)


routes = [Mount(SIMULATOR, show_simulator)]


@cache
def _simulator() -> ASGIApp:
    return create_simulator(production=not settings().is_demo, state_file=settings().data_folder / STATE_FILE)
