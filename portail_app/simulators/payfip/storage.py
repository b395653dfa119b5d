"""The state file: so that a restart does not lose a payment in course."""

import logging
import os
import tempfile
from pathlib import Path

from pydantic import ValidationError

from portail_app.simulators.payfip.records import Ledger

_log = logging.getLogger(__name__)


def load_ledger(path: Path | None) -> Ledger:
    """The ledger of the file; a file that cannot be read is put aside, and a new ledger begun."""
    if path is None or not path.exists():
        return Ledger()
    try:
        return Ledger.model_validate_json(path.read_bytes())
    except (ValidationError, OSError) as broken:
        aside = path.with_suffix(".illisible")
        _log.warning("%s is not readable (%s): put aside as %s", path, type(broken).__name__, aside.name)
        path.replace(aside)
        return Ledger()


def save_ledger(ledger: Ledger, path: Path | None) -> None:
    """Written beside, then renamed: a kill leaves the old file or the new one; a full disk leaves the memory right."""
    if path is None:
        return
    try:
        _replace(path, ledger.model_dump_json().encode())
    except OSError as broken:
        _log.warning("the state of the simulator is not saved: %s", broken)


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(beside).replace(path)
    except OSError:
        Path(beside).unlink(missing_ok=True)
        raise
