"""The simulator as one ASGI application: web service, payment page, control panel."""

from collections.abc import Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from portail_app.simulators.payfip.control_panel import ControlPanel
from portail_app.simulators.payfip.notifier import Notifier
from portail_app.simulators.payfip.payment_page import PaymentPage
from portail_app.simulators.payfip.records import Client
from portail_app.simulators.payfip.service import SecurityService
from portail_app.simulators.payfip.treasury import Treasury

DEMO_CLIENTS = (
    Client(numcli="004200", libelle="Régie des eaux de démonstration"),
    Client(numcli="004204", libelle="Régie sans accès au service web", secured=False),
)


class ProductionRefusal(Exception):
    """A PayFiP that anybody can make say "paid" has no place in production."""


def create_simulator(
    *,
    production: bool,
    clients: Iterable[Client] = DEMO_CLIENTS,
    state_file: Path | None = None,
    maximum_payments: int = 1_000,
) -> Starlette:
    """Mount it at any prefix; its state lives in this process, and in `state_file` where one is given."""
    if production:
        raise ProductionRefusal("The PayFiP simulator is not available in production.")
    treasury = Treasury(clients, state_file, maximum_payments)
    notifier = Notifier(treasury)
    return Starlette(routes=_routes(treasury, notifier), middleware=[Middleware(_Wakes, notifier=notifier)])


def _routes(treasury: Treasury, notifier: Notifier) -> list[Route]:
    panel = ControlPanel(treasury, notifier)
    return [
        Route("/services/securite", SecurityService(treasury).answer, methods=["GET", "POST"]),
        Route("/paiementws.web", PaymentPage(treasury, notifier).answer, methods=["GET", "POST"]),
        Route("/reglages", panel.show),
        Route("/reglages.json", panel.show_json),
        Route("/reglages/scenario", panel.change_scenario, methods=["POST"]),
        Route("/reglages/remise-a-zero", panel.reset_scenario, methods=["POST"]),
        Route("/reglages/horloge", panel.move_clock, methods=["POST"]),
        Route("/reglages/clients", panel.register_client, methods=["POST"]),
        Route("/reglages/paiements/{idop}", panel.act_on_payment, methods=["POST"]),
    ]


class _Wakes:
    """A mounted application has no lifespan: the notifications of a state file wait for the first request."""

    def __init__(self, app: ASGIApp, notifier: Notifier) -> None:
        self._app = app
        self._notifier = notifier

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._notifier.wake()
        await self._app(scope, receive, send)
