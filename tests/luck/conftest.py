"""A database of the tests' own, people in it, and a portal on it."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.database import sqlalchemy_url
from tests.backend import backend
from tests.cast import Cast, create_cast
from tests.factories import create_invoice
from tests.luck.own_postgres import OwnPostgres
from tests.mail_server import MailServer, mail_server

NUMBER = "2017-020-002059"
Desk = Callable[[], AbstractAsyncContextManager[AsyncSession]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[OwnPostgres]:
    """Left running by each test. Not in pytest's own folder, which each run of pytest closes to other accounts."""
    folder = Path(tempfile.mkdtemp(prefix="portail-luck-"))
    server = OwnPostgres(folder / "postgres")
    yield server
    server.stop()
    shutil.rmtree(folder / "postgres")


@pytest.fixture(scope="session")
async def desk(postgres: OwnPostgres) -> AsyncIterator[Desk]:
    """Transactions on that database, which is not the one of the other tests."""
    engine = create_async_engine(sqlalchemy_url(postgres.url), poolclass=NullPool)

    @asynccontextmanager
    async def transaction() -> AsyncIterator[AsyncSession]:
        async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
            yield session

    yield transaction
    await engine.dispose()


@pytest.fixture(scope="session")
async def people(desk: Desk) -> Cast:
    """Alice owes an invoice."""
    async with desk() as session:
        cast = await create_cast(session)
        await create_invoice(session, cast.alice.viewer, number=NUMBER)
    return cast


@pytest.fixture(scope="session")
def mailbox() -> Iterator[MailServer]:
    with mail_server() as running:
        yield running


@pytest.fixture(scope="session")
async def portal(postgres: OwnPostgres, people: Cast, mailbox: MailServer) -> AsyncIterator[str]:
    """The `host:port` of a portal that must never be started again."""
    async with backend(postgres.url, SMTP_URL=mailbox.url) as address:
        yield address
