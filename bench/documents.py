"""Documents: opening a tree of 5,000 of them, and how fast files come in and go out.

    python -m bench.documents [--documents 5000] [--megabytes 100] [--rounds 5] [--openings 200]

A tree is opened by a raw websocket, from the connection to its last line; bytes are counted as they come, uncompressed.
Files go by plain HTTP on the loopback. The reference is the same server giving a static file of the same size; what is
sent is compared too with uvicorn alone that reads a body and writes it to a file: the rest is what the portal adds, the
SHA-256, the look for scripts, and the wait until the disk has it.
"""

import argparse
import asyncio
import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import psycopg

from bench.raw_tab import raw_tab
from bench.server import Server, free_port, portal
from bench.world import FOLDER
from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.migrations import migrate
from portail_app.services.sessions import SESSION_COOKIE, hash_token
from portail_app.settings import ROOT

PATH = "/documents"
FOLDERS = 100
MILLISECONDS, KILOBYTES, SHARE = 300, 100, 0.7  # to reach
BLOCK = 1024 * 1024
TOKEN = "bench-documents-" + "x" * 27
STATIC = ROOT / ".web" / "build" / "client" / "bench-static.bin"

TREE = """
    WITH u AS (INSERT INTO utility (code, name, portal_title, accent, address, phone, email, opening_hours,
            emergency_phone, welcome_text, activation_needs_code, activation_is_strict, activation_link_hours,
            renewal_link_minutes, password_min_length, online_payment_open, several_invoices_per_payment, payfip_mode,
            payfip_reference_template, payfip_opens_popup)
        VALUES ('bench', 'Bench', '', '', '', '', '', '', '', '', true, true, 24, 10, 8, true, false, 'T', '', false)
        RETURNING id),
    s AS (INSERT INTO subscriber (utility_id, number, name, address, postal_code, city, pays_by_direct_debit)
        SELECT id, '1', 'Alice Martin', '', '', '', false FROM u RETURNING id, utility_id),
    a AS (INSERT INTO account (email, name, created_at, activated_at)
        VALUES ('alice@bench.example', 'Alice Martin', now(), now()) RETURNING id),
    h AS (INSERT INTO account_subscriber (account_id, subscriber_id, hold) SELECT a.id, s.id, 'titulaire' FROM a, s),
    k AS (INSERT INTO access_session (token_hash, account_id, remembered, created_at, expires_at, user_agent, address)
        SELECT %(hash)s, id, true, now(), %(until)s, '', '' FROM a),
    r AS (INSERT INTO folder (utility_id, subscriber_id, kind, name)
        SELECT utility_id, id, 'racine', '' FROM s RETURNING *),
    c AS (INSERT INTO folder (utility_id, subscriber_id, parent_id, kind, name)
        SELECT r.utility_id, r.subscriber_id, r.id, v.kind, v.name FROM r, (VALUES ('factures', 'Factures'),
            ('contrat', 'Contrat'), ('transmises', 'Pièces transmises')) v (kind, name) RETURNING *),
    o AS (INSERT INTO folder (utility_id, subscriber_id, parent_id, kind, name)
        SELECT c.utility_id, c.subscriber_id, c.id, 'autre', 'Dossier ' || n FROM c, generate_series(1, %(folders)s) n
        WHERE c.kind = 'contrat' RETURNING *),
    f AS (INSERT INTO stored_file (utility_id, subscriber_id, key, name, media_type, size_bytes, stored_at)
        SELECT s.utility_id, s.id, md5(n::text) || md5(n::text), 'Document ' || n || '.pdf', 'application/pdf', n, now()
        FROM s, generate_series(1, %(documents)s) n RETURNING *)
    INSERT INTO document (utility_id, subscriber_id, folder_id, file_id, is_deposit, placed_at)
    SELECT f.utility_id, f.subscriber_id, (SELECT min(id) FROM o) + f.size_bytes %% %(folders)s, f.id, false, now()
    FROM f
"""
FOLDER_IDS = "SELECT min(id) FILTER (WHERE kind = 'autre'), min(id) FILTER (WHERE kind = 'transmises') FROM folder"


class Place(NamedTuple):
    """What the bench's server runs on."""

    environment: dict[str, str]
    url: str


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--documents", type=int, default=5_000)
    asked.add_argument("--megabytes", type=int, default=100)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--openings", type=int, default=200)
    options = asked.parse_args()
    with _place(options.documents) as place, portal(place) as server:  # type: ignore[arg-type]
        with psycopg.connect(place.url) as connection:
            wanted = (
                "SELECT min(id), (SELECT id FROM folder WHERE kind = 'transmises') FROM folder WHERE kind = 'autre'"
            )
            full_id, sent_id = connection.execute(wanted).fetchone() or (0, 0)
        asyncio.run(_report_tree(server, options.documents, full_id, options.openings))
        with _bare() as bare:
            _report_files(server, bare, options.megabytes, options.rounds, sent_id)


async def _report_tree(server: Server, documents: int, folder_id: int, openings: int) -> None:
    times, received = [], 0
    for _ in range(openings):
        started = time.perf_counter()
        async with raw_tab(server.address, f"{SESSION_COOKIE}={TOKEN}", f"{PATH}?dossier={folder_id}") as tab:
            heard = await tab.boot()
            times.append(time.perf_counter() - started)
        received = sum(len(message.encode()) for message in heard)
        assert "Dossier 1" in "".join(heard)
        assert "Document " in "".join(heard)
    p95 = statistics.quantiles(times, n=20)[-1] * 1000
    print(f"| a tree of {documents} documents opens, p95 | {p95:.0f} ms | {MILLISECONDS} ms | {openings} openings |")
    print(f"| and sends | {received / 1000:.0f} kB | {KILOBYTES} kB | {FOLDERS} folders, the first page of one |")


def _report_files(server: Server, bare: str, megabytes: int, rounds: int, folder_id: int) -> None:
    """The four take turns: what else this machine does slows them alike."""
    size, kept = megabytes * 1_000_000, list[int]()
    STATIC.write_bytes(os.urandom(size))
    try:
        static, plain, sent, back = _fastest(
            rounds,
            lambda: _download(server, "/bench-static.bin", size),
            lambda: _send(bare, "/", size),
            lambda: kept.append(_upload(server, folder_id, size)),
            lambda: _download(server, f"/telecharger/documents/{kept[-1]}", size),
        )
    finally:
        STATIC.unlink()
    asked = f"at least {SHARE:.0%} of a static file is asked"
    for what, seconds, reference, note in (
        ("sent", sent, static, asked),
        ("sent", sent, plain, "of a bare route that writes the body to a file"),
        ("read back", back, static, asked),
    ):
        rates = f"{_rate(size, seconds)} | {_rate(size, reference)}"
        print(f"| {megabytes} MB {what} | {rates} | {reference / seconds:.0%}; {note} |")
    print(f"| the server's memory after that | {server.memory() / 1e6:.0f} MB | | {rounds} files each way |")


def _upload(server: Server, folder_id: int, size: int) -> int:
    """The document's id."""
    told = _send(server.address, f"{PATH}/dossiers/{folder_id}/fichiers?nom=a.pdf", size)
    return int(told.partition(b'"id":')[2].partition(b",")[0])


def _send(address: str, path: str, size: int) -> bytes:
    """Each is another content: the same one would be known already."""
    connection = http.client.HTTPConnection(address)
    block = os.urandom(BLOCK)

    def body() -> Iterator[bytes]:
        head = b"%PDF-1.4\n" + os.urandom(16).hex().encode()
        yield head
        left = size - len(head)
        while left > 0:
            yield block[:left]
            left -= BLOCK

    headers = {"Cookie": f"{SESSION_COOKIE}={TOKEN}", "Content-Length": str(size)}
    connection.request("POST", path, body(), headers)
    answer = connection.getresponse()
    told = answer.read()
    assert answer.status == 201, told
    return told


def _download(server: Server, path: str, size: int) -> None:
    connection = http.client.HTTPConnection(server.address)
    connection.request("GET", path, headers={"Cookie": f"{SESSION_COOKIE}={TOKEN}", "Accept-Encoding": "identity"})
    answer = connection.getresponse()
    room, received = bytearray(BLOCK), 0
    while count := answer.readinto(room):
        received += count
    assert (answer.status, received) == (200, size)


def _fastest(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Seconds of each; others work on this machine, so the least disturbed round counts."""
    return [min(times) for times in zip(*([_timed(work) for work in works] for _ in range(rounds)), strict=True)]


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _rate(size: int, seconds: float) -> str:
    return f"{size / seconds / 1e6:.0f} MB/s"


@contextmanager
def _bare() -> Iterator[str]:
    """The address of `bench.bare_upload`."""
    port = free_port()
    environment = {**os.environ, "PORT": str(port), "BARE_FOLDER": str(_data())}
    process = subprocess.Popen([sys.executable, "-m", "bench.bare_upload"], env=environment, cwd=ROOT)
    try:
        _wait_for(port)
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


@contextmanager
def _place(documents: int) -> Iterator[Place]:
    """A database of its own, made again each time."""
    server = start_embedded_postgres(FOLDER / "postgres")
    url = server.replace("/postgres?", "/documents?")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS documents WITH (FORCE)")
        connection.execute("CREATE DATABASE documents")
    migrate(url)
    values = {"hash": hash_token(TOKEN), "until": datetime.now(UTC) + timedelta(days=1)}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(TREE, {**values, "folders": FOLDERS, "documents": documents})
        connection.execute("VACUUM ANALYZE")
    limits = {"FILE_MEGABYTES": "1000", "QUOTA_MEGABYTES": "2000", "QUOTA_FILES": "100000"}
    yield Place({**os.environ, **limits, "DATABASE_URL": url, "PORTAL_DATA": str(_data())}, url)


def _data() -> Path:
    folder = FOLDER / "documents"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    main()
