"""The built front end: made again only when what it is made from has changed."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version

from portail_app.serving.fingerprints import fingerprint, is_current, stamp
from portail_app.serving.npm import LOCKS, WEB, node_environment
from portail_app.settings import ROOT

SOURCES = tuple(ROOT / name for name in ("models", "pages", "portail_app", "assets", "rxconfig.py"))
BUILT_FROM = WEB / "built-from"
LOG = ROOT / "build" / "frontend.log"


class BuildFailed(Exception):
    """The front end could not be built; the message ends with what the build said."""


def build_if_stale() -> bool:
    """Whether a build was needed. Two commands started together build once."""
    with _alone():
        made_from = fingerprint(*SOURCES, LOCKS, version("reflex"))
        if is_current(BUILT_FROM, made_from):
            return False
        BUILT_FROM.unlink(missing_ok=True)
        _build()
        stamp(BUILT_FROM, made_from)
        return True


def _build() -> None:
    command = [sys.executable, "-m", "reflex", "export", "--frontend-only", "--no-zip"]
    with LOG.open("w") as log:
        done = subprocess.run(  # noqa: S603
            command, cwd=ROOT, env=node_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT
        )
    if done.returncode:
        end = "\n".join(LOG.read_text(errors="replace").splitlines()[-30:])
        raise BuildFailed(f"La construction des pages a échoué ({LOG}) :\n{end}")


@contextmanager
def _alone() -> Iterator[None]:
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "frontend.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
