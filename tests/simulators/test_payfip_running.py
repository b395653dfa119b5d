"""Where the simulator may run, what it keeps between two runs, and that it stays small."""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from portail_app.gateways.payfip import PayFiPClient, ResultNotKnown, UnknownIdOp
from portail_app.simulators.payfip import Client, ProductionRefusal, create_simulator
from portail_app.simulators.payfip.treasury import KEPT_NOTICES, Treasury
from tests.payfip_orders import order
from tests.payfip_server import SimulatedPayFiP, serve_payfip, wait_until


def test_it_refuses_to_exist_in_production():
    with pytest.raises(ProductionRefusal):
        create_simulator(production=True)


def test_whoever_makes_one_must_say_where():
    with pytest.raises(TypeError):
        create_simulator()


async def test_a_restart_loses_neither_payment_nor_setting_nor_clock(tmp_path):
    state_file = tmp_path / "data" / "payfip.json"
    with serve_payfip(state_file) as before:
        async with PayFiPClient(before.endpoint) as client:
            idop = (await client.create_payment(order())).idop
        before.behave(result_after_minutes=5)
        before.advance(10)
        before.open_page(idop)

    with serve_payfip(state_file) as after:
        assert after.choose(idop, "P").status_code == 303
        async with PayFiPClient(after.endpoint) as client:
            with pytest.raises(ResultNotKnown):
                await client.read_payment(idop)
            after.advance(5)
            assert (await client.read_payment(idop)).resultrans == "P"
        assert after.state()["clock_offset_seconds"] == pytest.approx(15 * 60)


async def test_a_notification_due_while_it_was_off_is_sent_at_the_first_request(tmp_path, site):
    state_file = tmp_path / "payfip.json"
    with serve_payfip(state_file) as before:
        before.behave(notification="late", late_by_seconds=3_600)
        async with PayFiPClient(before.endpoint) as client:
            idop = (await client.create_payment(order(urlnotif=site.urlnotif))).idop
        before.pay(idop)
    an_hour_later = json.loads(state_file.read_bytes()) | {"clock_offset_seconds": 3_601}
    state_file.write_text(json.dumps(an_hour_later))
    assert idop not in site.idops_received()

    with serve_payfip(state_file) as after:
        after.open_page("any")
        wait_until(lambda: idop in site.idops_received())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"payments": 3}', b"\xff\xfe"])
def test_a_broken_state_file_is_put_aside(tmp_path, content):
    state_file = tmp_path / "payfip.json"
    state_file.write_bytes(content)

    treasury = Treasury([], state_file, 10)

    assert treasury.ledger.payments == {}
    assert (tmp_path / "payfip.illisible").read_bytes() == content


def test_a_state_that_cannot_be_saved_stops_nobody(tmp_path):
    (tmp_path / "file").write_text("")

    treasury = registered(tmp_path / "file" / "payfip.json", times=1)

    assert len(treasury.ledger.payments) == 1


def test_the_state_file_is_for_its_owner_alone(tmp_path):
    registered(tmp_path / "payfip.json", times=1)

    assert (tmp_path / "payfip.json").stat().st_mode & 0o077 == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["payfip.json"]


def test_the_oldest_payments_and_notices_go_first():
    treasury = registered(None, times=15)
    last = list(treasury.ledger.payments.values())[-1]
    for _ in range(KEPT_NOTICES + 5):
        treasury.conclude(last, "P")

    assert len(treasury.ledger.payments) == 10
    assert treasury.find_payment(last.idop) is last
    assert len(treasury.ledger.notices) == KEPT_NOTICES


def test_what_a_caller_sends_is_kept_short():
    payment = registered(None, times=1, objet="x" * 5_000, exer="9" * 5_000).ledger.payments.popitem()[1]

    assert (len(payment.objet), len(payment.exer)) == (100, 4)


def registered(state_file, times, **changes) -> Treasury:
    treasury = Treasury([Client(numcli="004200", libelle="Régie")], state_file, 10)
    fields = {
        "numcli": "004200",
        "montant": "24311",
        "refdet": "2017020002059",
        "mel": "alice@example.org",
        "saisie": "W",
        "urlnotif": "http://127.0.0.1:9/n",
        "urlredirect": "http://127.0.0.1:9/r",
    }
    for _ in range(times):
        treasury.register(fields | changes)
    return treasury


def test_a_production_payment_has_a_number_of_its_own():
    treasury = registered(None, times=1)
    payment = next(iter(treasury.ledger.payments.values()))
    treasury.conclude(payment, "P")

    assert payment.numauto.isdigit()
    assert len(payment.numauto) == 6


async def test_it_runs_alone_from_the_command_line(tmp_path, free_port):
    with alone(free_port, "--client", "123456:Régie d'ailleurs", "--state", str(tmp_path / "s.json")) as payfip:
        async with PayFiPClient(payfip.endpoint) as client:
            assert (await client.read_client("123456")).libelle_n1 == "Régie d'ailleurs"
            created = await client.create_payment(order(numcli="123456"))
            with pytest.raises(UnknownIdOp):
                await client.read_payment("0" + created.idop[1:-1])
        assert "Régie d&#x27;ailleurs" in payfip.open_page(created.idop).text
        assert httpx.get(f"{payfip.address}/reglages").status_code == 200


def test_the_command_line_refuses_a_client_that_is_none():
    asked = [sys.executable, "-m", "portail_app.simulators.payfip", "--client", "42:Régie"]
    found = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)

    assert found.returncode == 2
    assert "six chiffres" in found.stderr


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@contextmanager
def alone(port: int, *options: str) -> Iterator[SimulatedPayFiP]:
    """The simulator as a process of its own, ended as Ctrl-C does."""
    asked = [sys.executable, "-m", "portail_app.simulators.payfip", "--port", str(port), *options]
    process = subprocess.Popen(asked, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    payfip = SimulatedPayFiP(f"http://127.0.0.1:{port}")
    try:
        wait_until(lambda: process.poll() is None and _answers(payfip), seconds=30)
        yield payfip
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def _answers(payfip: SimulatedPayFiP) -> bool:
    try:
        return httpx.get(payfip.endpoint).is_success
    except httpx.TransportError:
        return False
