"""A PayFiP on a real loopback port for any test: the fixture `payfip`, the receiver `site`, or the classes themselves.

Where another test needs it: `from tests.payfip_server import payfip, site  # noqa: F401`.
"""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from portail_app.simulators.payfip import Client, create_simulator

PREFIX = "/demo/payfip"
CLIENTS = (
    Client(numcli="004200", libelle="Régie des eaux"),
    Client(numcli="004204", libelle="Régie sans accès", secured=False),
    Client(numcli="004205", libelle="Régie prudente", maximum_cents=50_000),
)


@contextmanager
def serve(app: ASGIApp) -> Iterator[str]:
    """The application on a free port of this machine; gives its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    wait_until(lambda: server.started)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@dataclass
class SimulatedPayFiP:
    """The simulator's addresses, and its control panel as methods."""

    address: str

    @property
    def endpoint(self) -> str:
        return f"{self.address}/services/securite"

    @property
    def payment_page(self) -> str:
        return f"{self.address}/paiementws.web"

    def behave(self, **scenario: object) -> None:
        self._post("scenario", scenario)

    def advance(self, minutes: float) -> None:
        self._post("horloge", {"minutes": minutes})

    def fall_asleep(self) -> None:
        self._post("horloge", {"to": "night"})

    def conclude(self, idop: str, resultrans: str) -> None:
        """A result as if the payer had chosen it, whatever was there before."""
        self._post(f"paiements/{idop}", {"resultrans": resultrans})

    def notify_again(self, idop: str) -> None:
        self._post(f"paiements/{idop}", {"notify": "1"})

    def reset(self) -> None:
        self._post("remise-a-zero", {})
        self._post("horloge", {"to": "real"})

    def state(self) -> dict[str, Any]:
        return httpx.get(f"{self.address}/reglages.json").raise_for_status().json()

    def notices(self, idop: str) -> list[dict[str, Any]]:
        return [notice for notice in self.state()["notices"] if notice["idop"] == idop]

    def open_page(self, idop: str) -> httpx.Response:
        return httpx.get(self.payment_page, params={"idop": idop})

    def choose(self, idop: str, choice: str) -> httpx.Response:
        """The payer's button: P, R, V, Z, A or `quitter`; answers the redirection to the site."""
        return httpx.post(self.payment_page, data={"idop": idop, "choix": choice})

    def pay(self, idop: str, choice: str = "P") -> httpx.Response:
        self.open_page(idop).raise_for_status()
        return self.choose(idop, choice)

    def _post(self, action: str, fields: dict[str, Any]) -> None:
        httpx.post(f"{self.address}/reglages/{action}", json=fields).raise_for_status()


@dataclass
class Site:
    """Stands for the site that asks for payments: keeps the notifications it receives."""

    address: str = ""
    received: list[str] = field(default_factory=list)

    @property
    def urlnotif(self) -> str:
        return f"{self.address}/notification"

    @property
    def urlredirect(self) -> str:
        return f"{self.address}/retour?facture=12"

    def idops_received(self) -> list[str]:
        return [idop for body in self.received for idop in re.findall(r"^idop=(.*)$", body)]


@contextmanager
def serve_payfip(state_file: Path | None = None, **settings: Any) -> Iterator[SimulatedPayFiP]:
    simulator = create_simulator(production=False, clients=CLIENTS, state_file=state_file, **settings)
    with serve(Starlette(routes=[Mount(PREFIX, simulator)])) as address:
        yield SimulatedPayFiP(address + PREFIX)


@pytest.fixture(scope="session")
def payfip_for_all() -> Iterator[SimulatedPayFiP]:
    with serve_payfip() as running:
        yield running


@pytest.fixture
def payfip(payfip_for_all: SimulatedPayFiP) -> Iterator[SimulatedPayFiP]:
    """A PayFiP on a good day, its clock at the real time."""
    payfip_for_all.reset()
    yield payfip_for_all
    payfip_for_all.reset()


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    kept = Site()

    async def receive(request: Request) -> PlainTextResponse:
        kept.received.append((await request.body()).decode())
        return PlainTextResponse("reçu")

    with serve(Starlette(routes=[Route("/notification", receive, methods=["POST"])])) as kept.address:
        yield kept


def wait_until(condition: Any, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
