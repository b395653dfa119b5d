"""A town to measure on: 10,000 or 100,000 subscribers, written and imported as a real one would be, once.

It stays under build/bench. Its signed-in accounts each hold enough subscribers to fill a page of open invoices.
"""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg

from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.services.sessions import SESSION_COOKIE, hash_token
from portail_app.settings import ROOT

FOLDER = ROOT / "build" / "bench"
SIZES = (10_000, 100_000)
ACCOUNTS = 150
SESSIONS = 40  # of each account: connections are first visits of a session, as they mostly are
OPEN_INVOICES = 24
TODAY = date(2026, 11, 22)
MARK = "bench_world"

# Neighbours in order of their number share an account until it has a full page of open invoices.
GROUPS = """
    CREATE TEMPORARY TABLE holding AS
    SELECT subscriber_id, (sum(open) OVER (ORDER BY subscriber_id) - open)::int / %(open)s + 1 AS account
    FROM (SELECT subscriber_id, count(*) AS open FROM invoice
          WHERE amount_cents > billed_paid_cents AND sent_to_treasury_on IS NULL
            AND utility_id = (SELECT id FROM utility WHERE code = 'demo')
          GROUP BY subscriber_id) AS owing
"""
NEW_ACCOUNTS = """
    INSERT INTO account (email, name, created_at, activated_at)
    SELECT DISTINCT account || '@bench.example', 'Alice Martin ' || account, now(), now()
    FROM holding WHERE account <= %(accounts)s
"""
HOLDS = """
    INSERT INTO account_subscriber (account_id, subscriber_id, hold)
    SELECT a.id, h.subscriber_id, 'titulaire' FROM holding h JOIN account a ON a.email = h.account || '@bench.example'
"""
SESSION = """
    INSERT INTO access_session (token_hash, account_id, remembered, created_at, expires_at, user_agent, address)
    SELECT %(hash)s, id, true, now(), %(expires_at)s, '', '' FROM account WHERE email = %(email)s
"""


class World(NamedTuple):
    """A database, and the cookies of those who are signed in."""

    subscribers: int
    url: str
    cookies: tuple[str, ...]

    @property
    def environment(self) -> dict[str, str]:
        """For the portal's own commands."""
        return {**os.environ, "DATABASE_URL": self.url, "PORTAL_DATA": str(_folder(self.subscribers))}


def open_world(subscribers: int) -> World:
    """Made if it is not there; PostgreSQL stops with the last process that opened one."""
    server = start_embedded_postgres(FOLDER / "postgres")
    cookies = tuple(f"{SESSION_COOKIE}={_token(account, turn)}" for turn in range(SESSIONS) for account in _accounts())
    world = World(subscribers, server.replace("/postgres?", f"/town_{subscribers}?"), cookies)
    with psycopg.connect(server, autocommit=True) as connection:
        if not _is_complete(connection, subscribers):
            _make(connection, world)
    _portail(world, "migrate")
    return world


def _accounts() -> range:
    return range(1, ACCOUNTS + 1)


def _token(account: int, turn: int) -> str:
    return f"bench-{account:04d}-{turn:04d}-" + "x" * 27  # as long as a real one


def _is_complete(server: psycopg.Connection, subscribers: int) -> bool:
    """A database is marked by its comment once all is in it."""
    found = server.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [f"town_{subscribers}"]
    ).fetchone()
    return found == (MARK,)


def _make(server: psycopg.Connection, world: World) -> None:
    name, files = f"town_{world.subscribers}", _folder(world.subscribers) / "files"
    server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    server.execute(f"CREATE DATABASE {name}")
    asked = (
        "--subscribers",
        str(world.subscribers),
        "--today",
        str(TODAY),
        "--no-lines",
        "--no-meters",
        "--out",
        str(files),
    )
    _portail(world, "migrate")
    _portail(world, "demo-data", *asked)
    _portail(world, "import", str(files))
    _sign_in(world)
    server.execute(f"COMMENT ON DATABASE {name} IS '{MARK}'")


def _sign_in(world: World) -> None:
    expires_at = datetime.now(UTC) + timedelta(days=3650)
    sessions = [
        {"hash": hash_token(_token(account, turn)), "email": f"{account}@bench.example", "expires_at": expires_at}
        for turn in range(SESSIONS)
        for account in _accounts()
    ]
    with psycopg.connect(world.url) as connection:
        connection.execute(GROUPS, {"open": OPEN_INVOICES})
        connection.execute(NEW_ACCOUNTS, {"accounts": ACCOUNTS})
        connection.execute(HOLDS)
        connection.cursor().executemany(SESSION, sessions)
    with psycopg.connect(world.url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _portail(world: World, *arguments: str) -> None:
    command = [sys.executable, "-m", "portail_app.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=world.environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"portail {arguments[0]}:\n{done.stdout}{done.stderr}")


def _folder(subscribers: int) -> Path:
    return FOLDER / str(subscribers)
