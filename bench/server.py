"""The portal in a process of its own, exactly as `portail serve` runs it, and what that process uses."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import psutil

from bench.world import FOLDER, World
from portail_app.settings import ROOT

PATIENCE_SECONDS = 600  # the first start builds the front end


class Spent(NamedTuple):
    """Seconds of processor."""

    portal: float
    postgres: float


class Server:
    """One process, and its PostgreSQL."""

    def __init__(self, address: str, process: psutil.Process, postgres: psutil.Process) -> None:
        self.address = address
        self._process = process
        self._postgres = postgres

    def spent(self) -> Spent:
        return Spent(_seconds(self._process), _seconds_of_family(self._postgres))

    def memory(self) -> int:
        """Bytes that are this process's own."""
        return int(self._process.memory_full_info().uss)


@contextmanager
def portal(world: World, **options: Any) -> Iterator[Server]:
    """Ready to answer. `options` change those of uvicorn, to compare them."""
    port = free_port()
    environment = {**world.environment, "PORT": str(port)}
    command = [sys.executable, "-c", "from bench.server import serve; serve()", json.dumps(options)]
    with (FOLDER / "server.log").open("w") as log:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log)
    try:
        _wait_until_ready(f"http://127.0.0.1:{port}/ping", process)
        yield Server(f"127.0.0.1:{port}", psutil.Process(process.pid), psutil.Process(_postmaster()))
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def serve() -> None:
    """The server's process."""
    import uvicorn

    from portail_app.cli import main

    threading.Thread(target=_end_with_the_bench, daemon=True).start()
    uvicorn.Config = partial(uvicorn.Config, **json.loads(sys.argv.pop()))  # type: ignore[misc, assignment]
    main(["serve"])


def _end_with_the_bench() -> None:
    """However it ends: its side of our input closes."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _seconds(process: psutil.Process) -> float:
    used = process.cpu_times()
    return used.user + used.system


def _seconds_of_family(parent: psutil.Process) -> float:
    """Of its children too, those that have ended included."""
    used = parent.cpu_times()
    total = used.user + used.system + used.children_user + used.children_system
    for child in parent.children(recursive=True):
        try:
            total += _seconds(child)
        except psutil.NoSuchProcess:
            continue
    return total


def _postmaster() -> int:
    return int((FOLDER / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def _wait_until_ready(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended:\n{Path(FOLDER / 'server.log').read_text()[-2000:]}")
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise TimeoutError(url)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
