"""Private files on disk, named by the SHA-256 of what they hold: no name that anyone gave is ever a path."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portail_app.errors import DiskFull
from portail_app.troubles import is_disk_full

KEY = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class FileStore:
    """Under `folder`, which no web server may publish. A rehearsal computes keys and writes nothing."""

    folder: Path
    is_rehearsal: bool = False

    def add(self, content: bytes) -> str:
        """The key of `content`, which is on disk, whole, when this returns. Raises DiskFull, and leaves nothing."""
        key = hashlib.sha256(content).hexdigest()
        path = self.path_of(key)
        if not self.is_rehearsal and not path.exists():
            try:
                _write_durably(path, content)
            except OSError as error:
                raise (DiskFull() if is_disk_full(error) else error) from error
        return key

    def path_of(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError("not a key of the file store")
        return self.folder / key[:2] / key


def _write_durably(path: Path, content: bytes) -> None:
    """A reader sees the whole file or none; so does the next start after a power cut."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
