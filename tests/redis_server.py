"""A Redis of the tests' own: nothing kept on disk, gone with the test."""

import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

import redis

from tests.backend import free_port

PATIENCE_SECONDS = 20


@contextmanager
def redis_server() -> Iterator[str]:
    """Its address, once it answers."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        kept_nowhere = ("--save", "", "--appendonly", "no", "--dir", folder)
        command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), *kept_nowhere]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _wait_until_it_answers(port)
            yield f"redis://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _wait_until_it_answers(port: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    with redis.Redis(port=port) as client:
        while True:
            try:
                client.ping()
                return
            except redis.ConnectionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)
