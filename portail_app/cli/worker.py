"""`portail worker`: does the jobs in a process of its own."""

import asyncio
import signal

import click

from portail_app.jobs.worker import work_for_ever


@click.command("worker", short_help="Exécute les tâches à part.")
def worker_command() -> None:
    """Envoie les courriers et exécute les autres tâches, jusqu’à Ctrl-C.

    L’application les exécute elle-même, sauf avec PORTAL_WORKER=apart.
    """
    asyncio.run(_work_until_told())


async def _work_until_told() -> None:
    working = asyncio.create_task(work_for_ever())
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, working.cancel)
    await asyncio.gather(working, return_exceptions=True)
