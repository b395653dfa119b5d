"""Makes `.venv` hold exactly what the locks say, with nothing but Python's standard library.

    python3 deploy/environment.py [runtime | tests]

Nothing is done twice: a stamp in the environment says what it was made from, and is written last, so that an
installation that was cut short is begun anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCKS = {"runtime": ROOT / "requirements.lock", "tests": ROOT / "requirements-dev.lock"}
OLDEST_PYTHON = (3, 11)
PROGRAMS = {"chromium": Path("/usr/bin/chromium"), "redis-server": Path("/usr/bin/redis-server")}


def main(wanted: str) -> None:
    os.chdir(str(ROOT))
    os.umask(0o022)  # the embedded PostgreSQL's account must be able to read its own programs
    if sys.version_info[:2] < OLDEST_PYTHON:
        refuse("Python 3.11 ou plus récent est nécessaire : make run PYTHON=/chemin/vers/python3.11")
    with one_at_a_time():
        ensure("runtime")
        if wanted == "tests":
            ensure("tests")
            ensure_programs()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started together in one clone install one after the other."""
    (ROOT / "build").mkdir(exist_ok=True)
    with open(ROOT / "build" / "environment.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure(name: str) -> None:
    stamp = ENVIRONMENT / f".{name}-installed"
    if stamp.exists() and stamp.read_text() == fingerprint(name):
        return
    if name == "runtime":
        make_environment()
    tell(f"Installation des dépendances ({LOCKS[name].name})…")
    install("--require-hashes", "--no-deps", "--requirement", str(LOCKS[name]))  # the lock is the whole list
    install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp.write_text(fingerprint(name))


def fingerprint(name: str) -> str:
    """What an environment is made from: the lock, this Python, this place."""
    made_from = LOCKS[name].read_bytes() + f"{sys.version} {sys.base_prefix} {ROOT}".encode()
    return hashlib.sha256(made_from).hexdigest()


def make_environment() -> None:
    tell("Création de l’environnement Python…")
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    python = sys._base_executable  # not the one of the environment that was just removed, where it is activated
    made = subprocess.run([python, "-m", "venv", str(ENVIRONMENT)], capture_output=True, text=True)  # noqa: S603
    if made.returncode:
        hint = "Sur Debian et Ubuntu : apt-get install python3-venv."
        refuse(f"L’environnement Python n’a pas pu être créé. {hint}\n{made.stdout}{made.stderr}")


def install(*arguments: str) -> None:
    quiet = ("-qq", "--disable-pip-version-check", "--no-input")
    done = subprocess.run([str(PYTHON), "-m", "pip", "install", *quiet, *arguments])  # noqa: S603
    if done.returncode:
        refuse("L’installation a échoué ; relancez la même commande : elle reprendra.")


def ensure_programs() -> None:
    """The tests drive Debian's Chromium and start its Redis; root brings them, others are told."""
    missing = [package for package, program in PROGRAMS.items() if not program.exists()]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        refuse(f"Les tests ont besoin de programmes qui manquent ici : sudo apt-get install {' '.join(missing)}")
    tell(f"Installation de {' et '.join(missing)}…")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *missing)):
        done = subprocess.run(["apt-get", *step], env=quietly, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603, S607
        if done.returncode:
            refuse(f"apt-get {step[0]} a échoué : les tests ont besoin de {' et '.join(missing)}.")


def tell(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def refuse(sentence: str) -> None:
    tell(sentence)
    sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "runtime")
