"""Keeping the store clean: content that no row names goes, and what an upload that died has left."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.gateways.storage import Storage, storage
from portail_app.jobs.app import app
from portail_app.services.files import FORGET_TASK, FORGOTTEN_AFTER, find_unused, remove_unheld
from portail_app.viewer import Viewer

KEPT_FOR = timedelta(days=1)  # between an upload's content and its row there are seconds
AT_ONCE = 500


@app.periodic(cron="41 3 * * *")
@app.task(name="files.sweep", queueing_lock="files.sweep")
async def sweep_daily(timestamp: int) -> None:
    now = datetime.now(UTC)
    async with transaction(Viewer.system()) as session:
        await remove_unheld(session, now)
    await sweep_files(storage(), now)


@app.task(name=FORGET_TASK)
async def forget_content(key: str) -> None:
    await forget_unused(storage(), key, datetime.now(UTC))


async def forget_unused(store: Storage, key: str, now: datetime) -> None:
    """What somebody else holds, or has just sent, stays: the nightly sweep comes by again."""
    with suppress(NotFound):
        if now - await store.kept_at(key) >= FORGOTTEN_AFTER:
            await _remove_unused(store, [key])


async def sweep_files(store: Storage, now: datetime) -> int:
    """How many contents were removed. Content that comes again meanwhile is young again, and stays."""
    removed, batch = 0, list[str]()
    async for key, at in store.list_kept():
        if now - at > KEPT_FOR:
            batch.append(key)
        if len(batch) == AT_ONCE:
            removed += await _remove_unused(store, batch)
            batch = []
    removed += await _remove_unused(store, batch)
    await asyncio.to_thread(_empty_spool, store.spool, now)
    return removed


async def _remove_unused(store: Storage, keys: list[str]) -> int:
    async with transaction(Viewer.system()) as session:
        unused = await find_unused(session, keys)
    for key in unused:
        await store.remove(key)
    return len(unused)


def _empty_spool(spool: Path, now: datetime) -> None:
    if spool.exists():
        for path in spool.iterdir():
            if now - datetime.fromtimestamp(path.stat().st_mtime, UTC) > KEPT_FOR:
                path.unlink(missing_ok=True)
