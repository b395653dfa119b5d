"""Serves the built portal on one port by uvicorn: half the memory of Reflex's default server for a session."""

import os

import uvicorn

from portail_app.settings import settings


def serve(host: str = "0.0.0.0", workers: int = 1) -> None:  # noqa: S104  every interface, as a server does
    """Run until stopped. The front end must have been built."""
    _skip_the_build()
    uvicorn.run(
        "portail_app.portail_app:app",
        factory=True,
        host=host,
        port=settings().port,
        workers=workers,
        ws="websockets",
        ws_max_size=1024 * 1024,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


def _skip_the_build() -> None:
    """Reflex reads these from the environment, workers included."""
    from reflex.environment import environment

    environment.REFLEX_MOUNT_FRONTEND_COMPILED_APP.set(True)
    environment.REFLEX_SKIP_COMPILE.set(True)
    os.environ["REFLEX_ENV_MODE"] = "prod"
