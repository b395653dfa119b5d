"""A payer's whole way in a process that is killed at its nth step: a statement, a commit, a call to PayFiP.

`python -m tests.paying.killed TOKEN NOW INVOICE_ID...` pays the first invoice and is killed at the first step, pays the
second and is killed at the second, and so on until nothing is left to be killed at; it prints how many steps there are.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from sqlalchemy import event

from models import Invoice
from portail_app.database import engine, transaction
from portail_app.gateways.payfip import PayFiPClient
from portail_app.http.hand_over import hand_over
from portail_app.jobs.payments import check_payment
from portail_app.reading import reader_of
from portail_app.services.payments.preparation import Choice, prepare_attempt
from portail_app.services.sessions import find_viewer
from portail_app.settings import settings
from portail_app.viewer import Viewer


async def pay(token: str, now: datetime, invoice_id: int) -> None:
    async with transaction(Viewer.system()) as session:
        found = await find_viewer(await reader_of(session), token, datetime.now(now.tzinfo))
        assert found is not None
        invoice = await session.get_one(Invoice, invoice_id)
    viewer = found[0]
    async with transaction(viewer) as session:
        attempt = await prepare_attempt(session, viewer, Choice((invoice_id,), invoice.balance_cents), now)
    address = await hand_over(viewer, attempt.reference, now)
    await pay_at_payfip(parse_qs(urlsplit(address).query)["idop"][0])
    assert attempt.id is not None
    await check_payment(attempt.id, now)


async def pay_at_payfip(idop: str) -> None:
    page = settings().payfip_page_url
    assert page is not None
    async with httpx.AsyncClient(verify=False) as payer:
        (await payer.get(page, params={"idop": idop})).raise_for_status()
        await payer.post(page, data={"idop": idop, "choix": "P"})


def die_at(step: int) -> Callable[..., None]:
    """Something to call at each step, which kills this process at that one."""
    passed = 0

    def count(*_: Any, **__: Any) -> None:
        nonlocal passed
        passed += 1
        if passed == step:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def watch(count: Callable[..., None]) -> None:
    for name in ("before_cursor_execute", "commit"):
        event.listen(engine().sync_engine, name, count)
    ask = PayFiPClient._call

    async def call(self: PayFiPClient, *given: Any) -> Any:
        count()
        answer = await ask(self, *given)
        count()
        return answer

    PayFiPClient._call = call


def run_until(step: int, token: str, now: datetime, invoice_id: int) -> bool:
    """Whether the process was killed before it was done."""
    child = os.fork()
    if child == 0:
        watch(die_at(step))
        asyncio.run(pay(token, now, invoice_id))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def main() -> None:
    token, now = sys.argv[1], datetime.fromisoformat(sys.argv[2])
    PayFiPClient()  # reads what every child needs, once
    for step, invoice_id in enumerate(map(int, sys.argv[3:]), start=1):
        if not run_until(step, token, now, invoice_id):
            print(step)
            return


if __name__ == "__main__":
    main()
