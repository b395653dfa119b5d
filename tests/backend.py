"""The portal's server side in a process of its own, for the tests that need two: no front end, no build."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import IO

import httpx

PATIENCE_SECONDS = 60


@asynccontextmanager
async def backend(
    database_url: str, log: IO[bytes] | None = None, module: str = "tests.backend", **settings: str
) -> AsyncIterator[str]:
    """The `host:port` of a server on that database, ready. It runs `module` and writes its log to `log`, or to ours."""
    port = free_port()
    environment = {**os.environ, "DATABASE_URL": database_url, "PORT": str(port), **settings}
    process = subprocess.Popen([sys.executable, "-m", module], env=environment, stderr=log)
    try:
        await _wait_until_ready(f"http://127.0.0.1:{port}/ping", process)
        yield f"127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.to_thread(process.wait, 10)
        except subprocess.TimeoutExpired:
            process.kill()


def serve() -> None:
    import uvicorn
    from reflex.environment import environment

    from portail_app.serving.server import MESSAGE_BYTES
    from portail_app.serving.websocket import PageSocket

    environment.REFLEX_SKIP_COMPILE.set(True)
    uvicorn.run(
        "portail_app.serving.server:application",
        factory=True,
        host="127.0.0.1",
        port=int(os.environ["PORT"]),
        ws=PageSocket,
        ws_max_size=MESSAGE_BYTES,
        log_level="warning",
        timeout_graceful_shutdown=2,
    )


async def _wait_until_ready(url: str, process: subprocess.Popen) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(PATIENCE_SECONDS * 10):
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}")
            try:
                if (await client.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError(url)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


if __name__ == "__main__":
    serve()
