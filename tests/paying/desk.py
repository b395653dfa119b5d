"""Payments from end to end: the portal's own routes and jobs, a committed town, and PayFiP over real HTTP."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from sqlmodel import select
from starlette.applications import Starlette

from models import Invoice, Mail, PaymentAnswer, PaymentAttempt, Receipt, Utility
from portail_app.database import transaction
from portail_app.http import payfip as payfip_routes
from portail_app.http import payments as payment_routes
from portail_app.http import receipts as receipt_routes
from portail_app.http.hand_over import hand_over
from portail_app.jobs.payments import check_payment, sweep_payments
from portail_app.services.payments.preparation import Choice, prepare_attempt
from portail_app.settings import settings
from portail_app.viewer import Viewer
from tests.cast import Cast, Person
from tests.factories import create_invoice
from tests.payfip_server import SimulatedPayFiP

SYSTEM = Viewer.system()
portal_routes = [*payfip_routes.routes, *payment_routes.routes, *receipt_routes.routes]


@dataclass
class Desk:
    """A subscriber's way through a payment, step by step; its clock and the simulator's move together."""

    town: Cast
    payfip: SimulatedPayFiP
    address: str
    late_by: timedelta = field(default_factory=timedelta)

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.late_by

    def advance(self, minutes: float) -> None:
        self.late_by += timedelta(minutes=minutes)
        self.payfip.advance(minutes)

    async def invoice(self, owner: Person | None = None, **values) -> Invoice:
        async with transaction(SYSTEM) as session:
            return await create_invoice(session, (owner or self.town.alice).viewer, **values)

    async def prepare(self, *invoices: Invoice, by: Person | None = None) -> PaymentAttempt:
        viewer = (by or self.town.alice).viewer
        total = sum(invoice.balance_cents for invoice in invoices)
        async with transaction(viewer) as session:
            chosen = Choice(tuple(invoice.id for invoice in invoices), total)
            return await prepare_attempt(session, viewer, chosen, self.now)

    async def leave(self, attempt: PaymentAttempt, by: Person | None = None) -> str:
        """To PayFiP's page; answers the idOp."""
        address = await hand_over((by or self.town.alice).viewer, attempt.reference, self.now)
        return parse_qs(urlsplit(address).query)["idop"][0]

    async def begin(self, *invoices: Invoice) -> tuple[PaymentAttempt, str]:
        attempt = await self.prepare(*invoices)
        return attempt, await self.leave(attempt)

    async def check(self, attempt: PaymentAttempt) -> PaymentAttempt:
        await check_payment(attempt.id, self.now)
        return await self.fresh(attempt)

    async def sweep(self) -> int:
        return await sweep_payments(self.now)

    async def fresh(self, row):
        async with transaction(SYSTEM) as session:
            return await session.get_one(type(row), row.id)

    async def receipts(self) -> list[Receipt]:
        return await self.rows(Receipt)

    async def mails(self) -> list[Mail]:
        return await self.rows(Mail)

    async def answers(self) -> list[PaymentAnswer]:
        return await self.rows(PaymentAnswer)

    async def rows(self, kind) -> list:
        async with transaction(SYSTEM) as session:
            return list((await session.exec(select(kind).order_by(kind.id))).all())


async def change_utility(desk: "Desk", **values) -> None:
    async with transaction(SYSTEM) as session:
        utility = await session.get_one(Utility, desk.town.utility.id)
        for name, value in values.items():
            setattr(utility, name, value)


@pytest.fixture
async def desk(town: Cast, payfip: SimulatedPayFiP, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    """The portal's routes on a real port, so that PayFiP's notifications arrive."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    _configure(monkeypatch, payfip, address)
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=portal_routes), log_level="warning", lifespan="off"))
    server.capture_signals = nullcontext  # an interruption is for the tests
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield Desk(town, payfip, address)
    server.should_exit = True
    await serving
    monkeypatch.undo()
    settings.cache_clear()


def _configure(monkeypatch: pytest.MonkeyPatch, payfip: SimulatedPayFiP, address: str) -> None:
    monkeypatch.setenv("PORTAL_URL", address)
    monkeypatch.setenv("PAYFIP_SERVICE_URL", payfip.endpoint)
    monkeypatch.setenv("PAYFIP_PAGE_URL", payfip.payment_page)
    settings.cache_clear()
