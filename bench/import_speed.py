"""How fast invoices come in, beside PostgreSQL's own `COPY` and `ON CONFLICT` on the same tables, in alternation.

    python -m bench.import_speed              100,000 invoices, half of them known and changed
    python -m bench.import_speed --million    and the memory of an import of a million rows

Prints rows of a Markdown table. The reference copies rows that are already converted, with their foreign keys resolved.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
from psycopg import Connection

from portail_app.demo_data.files import write_demo_data
from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.gateways.file_store import FileStore
from portail_app.imports.reports import RefusalLog
from portail_app.imports.runs import ImportRun
from portail_app.migrations import migrate
from portail_app.settings import ROOT

TODAY = date(2026, 11, 22)
INVOICES = 100_000
FIELDS = (
    "utility_id, subscriber_id, number, kind, subject, issued_on, due_on, online_until, sent_to_treasury_on,"
    " debited_on, is_disputed, period_start, period_end, amount_cents, billed_paid_cents, settled_cents"
)
KNOWN_AND_CHANGED = f"""
    INSERT INTO invoice ({FIELDS})
    SELECT {FIELDS.replace("billed_paid_cents", "billed_paid_cents + 1")} FROM converted ORDER BY md5(number) LIMIT %s
"""
RAW_UPSERT = f"""
    INSERT INTO invoice ({FIELDS}) SELECT {FIELDS} FROM raw ON CONFLICT (utility_id, number) DO UPDATE SET
    {", ".join(f"{name} = excluded.{name}" for name in FIELDS.split(", ") if name not in {"utility_id", "number"})}
"""

# VmHWM is the program's own peak; getrusage would count what its parent held before it started.
IMPORT_AND_TELL_PEAK = """
import sys
from portail_app.cli import main
main(["import", sys.argv[1]], standalone_mode=False)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as folder, _database() as url:
        _prepare(url, Path(folder))
        _compare(url, Path(folder), options.rounds)
        if options.million:
            _measure_memory(url, Path(folder))


@contextmanager
def _database() -> Iterator[str]:
    """A database of its own in the benchmarks' server."""
    server = start_embedded_postgres(ROOT / "build" / "bench" / "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS import_speed")
        connection.execute("CREATE DATABASE import_speed")
        yield server.replace("/postgres?", "/import_speed?")
        connection.execute("DROP DATABASE import_speed WITH (FORCE)")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--million", action="store_true")
    return parser.parse_args()


def _prepare(url: str, folder: Path) -> None:
    """100,000 invoices are kept aside, converted, for both sides to start from."""
    migrate(url)
    _write_exactly(folder / "depot", INVOICES)
    _import(url, folder / "depot")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE TABLE converted AS SELECT {FIELDS} FROM invoice")
        with (folder / "raw.copy").open("wb") as file, connection.cursor().copy("COPY converted TO STDOUT") as copy:
            for data in copy:
                file.write(data)


def _write_exactly(folder: Path, count: int) -> None:
    write_demo_data(folder, count // 8 + 10, 1, TODAY, with_lines=False, with_meters=False)
    path = folder / "factures.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[: count + 1]))


def _compare(url: str, folder: Path, rounds: int) -> None:
    """The ratio is the median of the rounds' own: both sides of a round meet the same machine."""
    invoices = folder / "depot" / "factures.csv"
    pairs: list[tuple[float, float]] = []
    for _ in range(rounds):
        raw = _timed(url, lambda: _raw_upsert(url, folder / "raw.copy"))
        pairs.append((raw, _timed(url, lambda: _import(url, invoices))))
        print(f"raw {pairs[-1][0]:.2f} s, import {pairs[-1][1]:.2f} s", file=sys.stderr)
    raws, ours = zip(*pairs, strict=True)
    ratios = sorted(raw / our for raw, our in pairs)
    print(
        f"| import of {INVOICES:,} invoices, half of them known and changed | {_speed(ours)} rows/s:"
        f" {statistics.median(ratios):.2f} of the reference (rounds: {ratios[0]:.2f} to {ratios[-1]:.2f}) | 0.6 |"
        f" `COPY` + `ON CONFLICT`, {_speed(raws)} rows/s | `python -m bench.import_speed` |",
        flush=True,
    )


def _timed(url: str, work: Callable[[], None]) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE invoice CASCADE")
        connection.execute(KNOWN_AND_CHANGED, (INVOICES // 2,))
        connection.execute("VACUUM ANALYZE invoice")
        connection.execute("CHECKPOINT")
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _raw_upsert(url: str, rows: Path) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TEMPORARY TABLE raw (LIKE converted)")
        _copy(connection, rows)
        connection.execute(RAW_UPSERT)


def _copy(connection: Connection, rows: Path) -> None:
    with rows.open("rb") as file, connection.cursor().copy("COPY raw FROM STDIN") as copy:
        while data := file.read(1 << 18):
            copy.write(data)


def _import(url: str, path: Path) -> None:
    with RefusalLog() as log, tempfile.TemporaryDirectory() as files:
        ImportRun(url, FileStore(Path(files)), log).execute([path])
        assert log.count == 0, log.first


def _speed(seconds: Sequence[float]) -> str:
    return f"{INVOICES / statistics.median(seconds):,.0f}"


def _measure_memory(url: str, folder: Path) -> None:
    """In a process of its own, whose peak is its only work."""
    _write_exactly(folder / "million", 1_000_000)
    environment = {**os.environ, "DATABASE_URL": url, "PORTAL_DATA": str(folder)}
    command = [sys.executable, "-c", IMPORT_AND_TELL_PEAK, str(folder / "million")]
    started = time.perf_counter()
    told = subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - started
    print(
        f"| memory of an import of 1,000,000 rows | {int(told.split()[-1]) // 1024} MB (in {seconds:.0f} s) | 300 MB |"
        " resident peak of the process | `python -m bench.import_speed --million` |"
    )


if __name__ == "__main__":
    main()
