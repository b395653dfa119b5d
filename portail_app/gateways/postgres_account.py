"""Who runs the embedded PostgreSQL, which refuses to be run by root: oneself, else `nobody`."""

import os
import pwd
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import psutil

SEARCHABLE = 0o001
RUNTIME_FOLDERS = Path("/tmp")  # noqa: S108  private folders with unguessable use are made in it, and their owner is checked


@dataclass(frozen=True)
class ServerAccount:
    """The system account that owns a data folder. `is_other` when root hands the work to it."""

    uid: int
    gid: int
    is_other: bool

    @classmethod
    def of(cls, folder: Path) -> "ServerAccount":
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), is_other=False)
        if folder.exists() and folder.stat().st_uid != 0:
            return cls(folder.stat().st_uid, folder.stat().st_gid, is_other=True)
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid, is_other=True)

    def subprocess_options(self) -> dict[str, Any]:
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.is_other else {}

    def make_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True)
        os.chown(folder, self.uid, self.gid)

    def make_private_folder_for(self, data: Path) -> Path:
        """A short path for the socket of a data folder whose own path is too long."""
        folder = RUNTIME_FOLDERS / f"portail-{sha256(os.fsencode(data)).hexdigest()[:16]}"
        if not folder.exists():
            self.make_folder(folder)
        found = folder.lstat()
        if found.st_uid != self.uid or found.st_mode & 0o077:
            raise PermissionError(f"{folder} devrait appartenir au serveur PostgreSQL et à lui seul.")
        return folder

    def open_the_way_to(self, *paths: Path) -> None:
        """Another account may pass through, not list, the folders above: root's own are closed on most systems."""
        if not self.is_other:
            return
        for path in paths:
            for folder in (path, *path.parents):
                mode = folder.stat().st_mode
                if not mode & SEARCHABLE:
                    folder.chmod(mode | SEARCHABLE)

    def processes_in(self, folder: Path) -> list[psutil.Process]:
        """The PostgreSQL processes that work in a data folder, orphans of a killed server included."""
        return [process for process in psutil.process_iter() if _works_in(process, folder)]


def _works_in(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.name() == "postgres" and Path(process.cwd()) == folder
    except (psutil.Error, OSError):
        return False
