"""`portail dev`: the demonstration with hot reload, pages by Vite and everything else behind it on one address."""

import os
import signal
import subprocess
import sys

import click
import psutil

from portail_app.cli.failures import explained
from portail_app.settings import ROOT

GRACE_SECONDS = 3


@click.command("dev", short_help="Développe avec rechargement à chaud.")
def dev_command() -> None:
    """Sert la démonstration sur PORT ; une page ou un service modifié se recharge tout seul (Ctrl-C pour arrêter)."""
    os.environ["PORTAL_DEMO"] = "1"
    with explained():
        _prepare_and_run()


def _prepare_and_run() -> None:
    from portail_app.demo_data.town import prepare_town
    from portail_app.serving.listening import claim
    from portail_app.serving.npm import node_environment
    from portail_app.serving.plugins import BEHIND
    from portail_app.settings import settings

    port = settings().port
    for claimed in (*claim("localhost", port), *claim("localhost", port + 1)):
        claimed.close()
    prepare_town()
    click.echo(f"Le portail répondra sur {settings().url}, alice@example.fr, mot de passe Portail-2026.")
    ports = ["--frontend-port", str(port), "--backend-port", str(port + 1), "--backend-host", "127.0.0.1"]
    environment = {**node_environment(), BEHIND: str(port + 1)}
    _run_until_told([sys.executable, "-m", "reflex", "run", "--env", "dev", *ports], environment)


def _run_until_told(command: list[str], environment: dict[str, str]) -> None:
    """Ctrl-C reaches every process of the terminal; a plain signal reaches this one, which passes it on."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    running = subprocess.Popen(command, cwd=ROOT, env=environment)  # noqa: S603
    try:
        running.wait()
    except KeyboardInterrupt:
        started = psutil.Process().children(recursive=True)
        _, still_there = psutil.wait_procs(started, GRACE_SECONDS)
        for process in still_there:
            process.terminate()
        psutil.wait_procs(still_there, GRACE_SECONDS)
