"""A real PostgreSQL of the tests' own, and the cast in it."""

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.viewer import Viewer
from tests.cast import Cast, create_cast

SYSTEM_TESTS = {
    *("bench", "browser", "luck", "paying", "security", "serving", "simulators"),
    *("test_backup.py", "test_behaviour.py", "test_commands.py", "test_crash.py", "test_cut_off.py"),
    *("test_demo_accounts.py", "test_door.py", "test_embedded_postgres.py", "test_exports.py", "test_full_bucket.py"),
    *("test_histories.py", "test_import_command.py", "test_import_files.py", "test_interruptions.py"),
    *("test_live_documents.py", "test_live_home.py", "test_live_leaks.py", "test_live_readings.py"),
    *("test_live_requests.py", "test_live_site.py", "test_loading.py", "test_new.py", "test_snapshot.py"),
    *("test_starting.py", "test_stranded.py"),
}
"""What starts, kills or crowds whole processes, or fills a disk: `make test` runs it, `make unit` does not."""

RESTART = """
    SELECT setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
    WHERE last_value IS NOT NULL AND sequencename NOT LIKE 'procrastinate%'
"""
"""Not the queue's: a worker that lives keeps its number, and what it is still doing keeps its own."""
os.environ["PORTAL_DATA"] = tempfile.mkdtemp(prefix="portail-tests-")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if SYSTEM_TESTS & set(item.path.relative_to(Path(__file__).parent).parts):
            item.add_marker(pytest.mark.system)


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """A PostgreSQL server that these tests share; each run makes a database of its own in it."""
    folder = Path(os.environ.get("PORTAL_TEST_POSTGRES") or Path(__file__).parent.parent / "build" / "test-postgres")
    return os.environ.get("TEST_DATABASE_URL") or start_embedded_postgres(folder)


@pytest.fixture(scope="session", autouse=True)
def database(postgres_url: str) -> Iterator[str]:
    """The address of a migrated, empty database, which is also the portal's own during the tests."""
    from portail_app.migrations import migrate

    name = f"portail_test_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        server.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")  # what a crash may lose is nobody's here
        url = postgres_url.replace("/postgres?", f"/{name}?") if "?" in postgres_url else f"{postgres_url}/{name}"
        os.environ["DATABASE_URL"] = url
        migrate(url)
        yield url
        with suppress(psycopg.Error):
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
async def session(database: str) -> AsyncIterator[AsyncSession]:
    """A session whose work is undone after the test, whatever it flushed."""
    from portail_app.database import engine

    async with engine().connect() as connection:
        await connection.begin()
        async with AsyncSession(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as own:
            yield own
        await connection.rollback()


@pytest.fixture
async def cast(session: AsyncSession) -> Cast:
    return await create_cast(session)


@pytest.fixture
def alice(cast: Cast) -> Viewer:
    return cast.alice.viewer


@pytest.fixture
def bruno(cast: Cast) -> Viewer:
    return cast.bruno.viewer


@pytest.fixture
def chloe(cast: Cast) -> Viewer:
    return cast.chloe.viewer


@pytest.fixture
async def town(database: str) -> AsyncIterator[Cast]:
    """The cast, committed: for states, jobs, routes and commands, which open transactions of their own."""
    from portail_app.database import transaction

    async with transaction(Viewer.system()) as own:
        created = await create_cast(own)
    yield created
    empty(database)


def empty(database: str) -> None:
    """Remove every row, jobs included, and count again from one. To truncate so many tables takes a fifth of a second,
    however empty they are: it is for when somebody still writes."""
    tables = [f'"{table.name}"' for table in SQLModel.metadata.sorted_tables]
    deletions = [f"DELETE FROM {table}" for table in ("procrastinate_jobs", *reversed(tables))]
    with psycopg.connect(database, autocommit=True) as connection:
        try:
            connection.execute("; ".join([*deletions, RESTART]))
        except psycopg.IntegrityError:
            connection.execute(f"TRUNCATE {', '.join(tables)}, procrastinate_jobs CASCADE; {RESTART}")
