"""The whole portal in a process of its own, as an operator starts it: built pages, database, one port."""

import os
import signal
import subprocess
import sys
import time

import httpx

from portail_app.settings import ROOT
from tests.backend import free_port

PATIENCE_SECONDS = 300  # a first start builds the pages, maybe on a busy machine


class Portal:
    """`portail serve` on a free port; used in a `with`, it is stopped as Ctrl-C does."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.port = int(environment.get("PORT") or free_port())
        self.url = f"http://localhost:{self.port}"
        self._arguments = arguments or ("serve",)
        self._environment = {**os.environ, "PORT": str(self.port), **environment}

    def __enter__(self) -> "Portal":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portail_app.cli", *self._arguments],
            cwd=ROOT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def wait_until_it_answers(self) -> "Portal":
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise RuntimeError(f"the portal ended with {self.process.returncode}:\n{self.said()}")
            try:
                if httpx.get(f"{self.url}/ping").status_code == 200:
                    return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise TimeoutError(self.url)

    def start_again(self) -> "Portal":
        """On the same port, with the same data."""
        return self.__enter__().wait_until_it_answers()

    def stop(self, number: int = signal.SIGINT) -> int:
        """Its exit code, after a signal."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def said(self) -> str:
        """Everything it printed, once it has ended."""
        assert self.process.stdout
        return self.process.stdout.read()


def run_portail(*arguments: str, **environment: str) -> str:
    """A `portail` command, to its end; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "portail_app.cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"portail {' '.join(arguments)}: {done.stdout}{done.stderr}")
    return done.stdout
