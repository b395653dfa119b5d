"""What the store of files holds, down to what is on its way: nothing half-stored can hide from it."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from models import StoredFile
from portail_app.database import transaction
from portail_app.gateways.storage import Storage, storage
from portail_app.jobs.files import KEPT_FOR, sweep_files
from portail_app.viewer import Viewer


async def contents(store: Storage | None = None) -> dict[str, int]:
    """Each key with its size, and whatever is left in the spool."""
    store = store or storage()
    kept = {key: await store.find_size(key) async for key, _ in store.list_kept()}
    waiting = {path.name: path.stat().st_size for path in store.spool.iterdir()} if store.spool.exists() else {}
    return kept | waiting


async def swept(store: Storage | None = None) -> dict[str, int]:
    """The same once the nightly sweep has come by, on the day after tomorrow."""
    store = store or storage()
    await sweep_files(store, datetime.now(UTC) + KEPT_FOR + timedelta(hours=1))
    return await contents(store)


async def rows() -> list[str]:
    """The keys that the database names."""
    async with transaction(Viewer.system()) as session:
        return sorted((await session.exec(select(StoredFile.key))).all())
