"""How long the leak rule takes over 100,000 contracts, and over those of an import after it.

    python -m bench.leaks                 100,000 contracts with four years of readings; one in a hundred leaks
    python -m bench.leaks --contracts N

Prints rows of a Markdown table. The alerts are recorded and their mails written, as in the job.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from datetime import UTC, datetime

import psycopg

from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.migrations import migrate
from portail_app.settings import ROOT

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CHANGED = 1_000

TOWN = """
    INSERT INTO utility (id, code, name, portal_title, accent, address, phone, email, opening_hours, emergency_phone,
        welcome_text, activation_needs_code, activation_is_strict, activation_link_hours, renewal_link_minutes,
        password_min_length, online_payment_open, several_invoices_per_payment, payfip_mode, payfip_reference_template,
        payfip_opens_popup)
    VALUES (1, 'bench', 'Régie', '', '#0b5c8a', '', '', '', '', '', '', true, true, 24, 10, 8, true, false, 'T', '',
        false);
    INSERT INTO subscriber (id, utility_id, number, name, email, address, postal_code, city, pays_by_direct_debit)
    SELECT n, 1, n::text, 'Abonné ' || n, 'abonne' || n || '@bench.example', '', '', '', false
    FROM generate_series(1, %(contracts)s) AS n;
    INSERT INTO delivery_point (id, utility_id, number, address, postal_code, city, area, is_dwelling, meter_place)
    SELECT n, 1, n::text, n || ' rue du Moulin', '59900', 'Clermont-sur-Lys', 'Secteur ' || n %% 20, true, ''
    FROM generate_series(1, %(contracts)s) AS n;
    INSERT INTO contract (id, utility_id, delivery_point_id, number, service, tariff_code, billed_every_months,
        started_on)
    SELECT n, 1, n, 'C' || n, 'Eau et assainissement', 'EAU', 6, '2015-01-01'
    FROM generate_series(1, %(contracts)s) AS n;
    INSERT INTO contract_party (contract_id, subscriber_id, role)
    SELECT n, n, 'redevable' FROM generate_series(1, %(contracts)s) AS n;
    INSERT INTO meter (id, utility_id, delivery_point_id, serial, digits, is_telemetered, installed_on,
        installed_index_litres)
    SELECT n, 1, n, 'A' || n, 5, false, CASE WHEN n %% 50 = 0 THEN date '2026-04-01' ELSE date '2022-09-30' END,
        100000
    FROM generate_series(1, %(contracts)s) AS n;
    INSERT INTO reading (meter_id, read_on, index_litres, kind, comment)
    SELECT n, (date '2022-09-30' + half * interval '6 months')::date,
        CASE WHEN n %% 50 = 0 THEN 160000 ELSE 100000 + half * 60000 END
        + CASE WHEN half = 8 AND n %% 100 = 1 THEN 200000 ELSE 0 END, 'relevee', ''
    FROM generate_series(1, %(contracts)s) AS n, generate_series(1, 8) AS half
    WHERE n %% 50 <> 0 OR half = 8;
"""
IMPORTED = """
    UPDATE reading SET index_litres = index_litres + 1000
    WHERE read_on = '2026-09-30' AND meter_id <= %(changed)s
"""


def main() -> None:
    contracts = _options().contracts
    server = start_embedded_postgres(ROOT / "build" / "bench" / "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS leaks WITH (FORCE)")
        connection.execute("CREATE DATABASE leaks")
        try:
            _measure(server.replace("/postgres?", "/leaks?"), contracts)
        finally:
            connection.execute("DROP DATABASE leaks WITH (FORCE)")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--contracts", type=int, default=100_000)
    return parser.parse_args()


def _measure(url: str, contracts: int) -> None:
    migrate(url)
    _fill(url, contracts)
    os.environ["DATABASE_URL"] = url
    os.environ["PORTAL_DATA"] = tempfile.mkdtemp(prefix="portail-bench-")
    first, again, nothing = asyncio.run(_run(url, contracts))
    print(
        f"| leak rule over {contracts:,} contracts, {_alerts(url):,} alerts recorded and mails written | {first:.1f} s"
        " | 60 s | four years of half-yearly readings, areas' means included |"
    )
    print(f"| the same after an import of {CHANGED:,} readings | {again:.2f} s | | only what changed is judged |")
    print(f"| the same with nothing new | {nothing:.2f} s | | |", flush=True)


def _fill(url: str, contracts: int) -> None:
    with psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor) as connection:
        connection.execute(TOWN, {"contracts": contracts})
        connection.execute("VACUUM ANALYZE")


async def _run(url: str, contracts: int) -> tuple[float, float, float]:
    first = await _timed(contracts)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(IMPORTED, {"changed": CHANGED})
    return first, await _timed(CHANGED), await _timed(0)


async def _timed(expected: int) -> float:
    from portail_app.jobs.leaks import detect_all

    started = time.perf_counter()
    looked_at = await detect_all(NOW)
    assert looked_at == expected, (looked_at, expected)
    print(f"{looked_at} contracts looked at", file=sys.stderr)
    return time.perf_counter() - started


def _alerts(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM leak_alert").fetchone()
    return row[0] if row else 0


if __name__ == "__main__":
    main()
