"""Serves the built portal on one port by uvicorn: half the memory of Reflex's default server for a session."""

import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

from portail_app.serving.websocket import PageSocket
from portail_app.settings import settings

MESSAGE_BYTES = 256 * 1024  # the largest websocket message that is read
GRACE_SECONDS = 3
LONG_LIVED = (50_000, 50, 100)  # a session's state outlives the young generations: collect them seldom


def serve(sockets: list[socket.socket], workers: int, announce: Callable[[], None]) -> None:
    """Run until stopped by a signal. The front end is built and the database ready."""
    _skip_the_build()
    signal.signal(signal.SIGTERM, _leave_tidily)
    config = uvicorn.Config(
        "portail_app.serving.server:application",
        factory=True,
        workers=workers,
        ws=PageSocket,
        ws_max_size=MESSAGE_BYTES,
        ws_ping_interval=None,  # engine.io sends its own
        server_header=False,
        forwarded_allow_ips=settings().relays,  # who else says where a visitor comes from is not believed
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    if workers > 1:
        announce()
        Multiprocess(config, sockets).run()
    else:
        _run_here(_AnnouncedServer(config, announce), sockets)


def application() -> ASGIApp:
    """The portal, with what start-up made taken out of the garbage collector's rounds."""
    from portail_app.portail_app import app

    application = app()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*LONG_LIVED)
    return application


def _run_here(server: uvicorn.Server, sockets: list[socket.socket]) -> None:
    try:
        server.run(sockets)
    except KeyboardInterrupt:
        return
    if not server.started:
        sys.exit(1)


class _AnnouncedServer(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()


def _leave_tidily(number: int, frame: FrameType | None) -> None:
    """A plain SIGTERM would skip the exit handlers, and with them the embedded database's stop."""
    sys.exit(0)


def _skip_the_build() -> None:
    """Reflex reads these from the environment, workers included."""
    from reflex.environment import environment

    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    environment.REFLEX_SKIP_COMPILE.set(True)
    os.environ["REFLEX_ENV_MODE"] = "prod"
