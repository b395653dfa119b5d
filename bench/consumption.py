"""A contract's page with ten years of daily values, and the import of readings.

    python -m bench.consumption [--seconds 10] [--clients 50] [--readings 1000000]

Opening: from the event that loads the page to its last message, by raw websockets that ask again as soon as they are
answered, each time for another view. Import: readings of twenty dates a meter, as `portail import` runs it.
"""

import argparse
import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import psycopg

from bench.raw_tab import RawTab, raw_tab
from bench.server import Server, portal
from bench.world import FOLDER, World
from portail_app.gateways.embedded_postgres import start_embedded_postgres
from portail_app.gateways.file_store import FileStore
from portail_app.imports.reports import FileReport, RefusalLog
from portail_app.imports.runs import ImportRun
from portail_app.migrations import migrate
from portail_app.services.sessions import SESSION_COOKIE, hash_token

LOAD = "reflex___state____state.portail_app___states___contract____contract_state.load"
LAST = '"contract_rx_state_"'
FIGURE = "figure_rx_state_"
VIEWS = ("periodes", "annees", "mois", "jours")
FIRST_DAY, LAST_DAY = date(2016, 11, 23), date(2026, 11, 22)
READINGS_A_METER = 20
FIRST_SECONDS = 1.0  # not counted
PEOPLE = """
    INSERT INTO utility (id, code, name, portal_title, accent, address, phone, email, opening_hours, emergency_phone,
        welcome_text, activation_needs_code, activation_is_strict, activation_link_hours, renewal_link_minutes,
        password_min_length, online_payment_open, several_invoices_per_payment, payfip_mode, payfip_reference_template,
        payfip_opens_popup)
    VALUES (1, 'demo', 'Régie', 'Portail', '#0b5c8a', '', '', '', '', '', '', true, true, 24, 10, 8, true, false, 'T',
        '', false);
    INSERT INTO subscriber (id, utility_id, number, name, address, postal_code, city, pays_by_direct_debit)
        SELECT n, 1, n::text, 'Alice ' || n, '', '', '', false FROM generate_series(1, {clients}) AS n;
    INSERT INTO account (id, email, name, created_at, activated_at)
        SELECT n, n || '@bench.example', 'Alice ' || n, now(), now() FROM generate_series(1, {clients}) AS n;
    INSERT INTO account_subscriber (account_id, subscriber_id, hold)
        SELECT n, n, 'titulaire' FROM generate_series(1, {clients}) AS n;
    INSERT INTO delivery_point (id, utility_id, number, address, postal_code, city, area, is_dwelling, meter_place)
        SELECT n, 1, 'P' || n, '12 rue du Moulin', '', '', '', true, '' FROM generate_series(1, {contracts}) AS n;
    INSERT INTO meter (id, utility_id, delivery_point_id, serial, digits, is_telemetered, installed_on,
        installed_index_litres)
        SELECT n, 1, n, 'M' || n, 5, true, '2010-01-01', 0 FROM generate_series(1, {contracts}) AS n;
    INSERT INTO contract (id, utility_id, delivery_point_id, number, service, tariff_code, billed_every_months,
        started_on)
        SELECT n, 1, n, 'C' || n, 'Eau', '', 6, '2010-01-01' FROM generate_series(1, {contracts}) AS n;
    INSERT INTO contract_party (contract_id, subscriber_id, role)
        SELECT n, least(n, {clients}), 'redevable' FROM generate_series(1, {contracts}) AS n;
    SELECT setval('delivery_point_id_seq', {contracts}), setval('meter_id_seq', {contracts});
"""
WATER = """
    INSERT INTO daily_volume (meter_id, day, volume_litres, least_hourly_litres)
        SELECT id, day, 200 + (id * 31 + extract(doy FROM day)::int * 17) %% 300, 0
        FROM meter, generate_series(%(first)s::date, %(last)s::date, '1 day') AS day;
"""
READ = """
    INSERT INTO reading (meter_id, read_on, index_litres, kind, comment)
        SELECT id, %(first)s::date + 182 * n, (60000 + 100 * id) * n, 'telerelevee', ''
        FROM meter, generate_series(0, 20) AS n;
"""
SESSION = """
    INSERT INTO access_session (token_hash, account_id, remembered, created_at, expires_at, user_agent, address)
    VALUES (%s, %s, true, now(), now() + interval '1 day', '', '')
"""


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--clients", type=int, default=50)
    asked.add_argument("--readings", type=int, default=1_000_000)
    options = asked.parse_args()
    url = make_database()
    world = World(0, url, people_of(url, options.clients))
    with portal(world) as server:
        for clients in sorted({1, options.clients}):
            _report_opening(clients, *asyncio.run(_open(server, world.cookies[:clients], options.seconds)))
    _report_import(url, options.readings)


def make_database() -> str:
    """Empty, migrated."""
    server = start_embedded_postgres(FOLDER / "postgres")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS consumption WITH (FORCE)")
        connection.execute("CREATE DATABASE consumption")
    url = server.replace("/postgres?", "/consumption?")
    migrate(url)
    return url


def people_of(url: str, clients: int) -> tuple[str, ...]:
    """The cookies of as many subscribers, each with ten years of days and of half-yearly readings; the last of them has
    two contracts."""
    tokens = [f"bench-{n:04d}-" + "x" * 32 for n in range(1, clients + 1)]
    days = {"first": FIRST_DAY, "last": LAST_DAY}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(PEOPLE.format(clients=clients, contracts=clients + 1))  # type: ignore[arg-type]
        connection.execute(WATER, days)
        connection.execute(READ, days)
        for account, token in enumerate(tokens, start=1):
            connection.execute(SESSION, (hash_token(token), account))
        connection.execute("VACUUM ANALYZE")
    return tuple(f"{SESSION_COOKIE}={token}" for token in tokens)


async def _open(server: Server, cookies: tuple[str, ...], seconds: float) -> tuple[list[float], int]:
    """Seconds of each opening, and the bytes of the heaviest figure."""
    async with AsyncExitStack() as stack:
        tabs = []
        for number, cookie in enumerate(cookies, start=1):
            tab = await stack.enter_async_context(raw_tab(server.address, cookie, f"/contrats/C{number}"))
            await tab.boot()
            tabs.append(tab)
        until = time.perf_counter() + FIRST_SECONDS + seconds
        found = await asyncio.gather(*(reopen(tab, until, seconds) for tab in tabs))
    return [lasted for times, _ in found for lasted in times], max(weight for _, weight in found)


async def reopen(tab: RawTab, until: float, seconds: float, pause: float = 0) -> tuple[list[float], int]:
    """Loads its contract again and again, another view each time; what took how long in the last `seconds`. Who makes
    a `pause` looks at each for so many."""
    times, weight = [], 0
    for view in cycle(VIEWS):
        started = time.perf_counter()
        if started >= until:
            return times, weight
        await tab.send_to({"vue": view}, LOAD)
        (*_, last) = await tab.hear(LAST)
        if started >= until - seconds:
            times.append(time.perf_counter() - started)
            weight = max(weight, len(_figure(last).encode()))
        await asyncio.sleep(pause)
    return times, weight


def _figure(message: str) -> str:
    _, update = json.loads(message.removeprefix("42/_event,"))
    (values,) = [values for values in update["delta"].values() if FIGURE in values]
    return str(values[FIGURE])


def _report_opening(clients: int, times: list[float], weight: int) -> None:
    p50, p95 = (1000 * statistics.quantiles(times, n=20)[place] for place in (9, 18))
    print(
        f"| a contract with ten years of daily values, {clients} client{'s' if clients > 1 else ''} |"
        f" p50 {p50:.1f} ms, p95 {p95:.1f} ms, {len(times)} openings; the heaviest figure has {weight:,} bytes |"
        " p95 500 ms, 20,000 bytes | from the event to its last message, another view each time |",
        flush=True,
    )


def _report_import(url: str, readings: int) -> None:
    with tempfile.TemporaryDirectory(prefix="portail-bench-") as name:
        folder = Path(name)
        meters = readings // READINGS_A_METER
        _write(folder / "points.csv", "collectivite;point;adresse", (f"demo;N{n};Rue" for n in range(meters)))
        serials = (f"demo;S{n};N{n};01/01/2010" for n in range(meters))
        _write(folder / "compteurs.csv", "collectivite;compteur;point;pose_le", serials)
        _import(url, folder)
        _write(folder / "releves.csv", "collectivite;compteur;releve_le;index;nature;recue_le", _rows(meters))
        started = time.perf_counter()
        report = _import(url, folder / "releves.csv")
        lasted = time.perf_counter() - started
    print(
        f"| import of {report.read:,} readings | {report.read / lasted:,.0f} rows/s ({lasted:.1f} s) | 50,000 rows/s |"
        f" {report.new:,} new, {report.refused} refused |",
        flush=True,
    )


def _write(path: Path, header: str, rows: Iterator[str]) -> None:
    with path.open("w") as file:
        file.write(f"{header}\n")
        file.writelines(f"{row}\n" for row in rows)


def _rows(meters: int) -> Iterator[str]:
    days = [(FIRST_DAY + timedelta(days=182 * n)).strftime("%d/%m/%Y") for n in range(READINGS_A_METER)]
    for meter in range(meters):
        for place, day in enumerate(days):
            yield f"demo;S{meter};{day};{60 * place + meter % 13};relevee;{day}"


def _import(url: str, path: Path) -> FileReport:
    with RefusalLog() as log, tempfile.TemporaryDirectory() as files:
        reports = ImportRun(url, FileStore(Path(files)), log).execute([path])
        assert log.count == 0, log.first
        return reports[-1]


if __name__ == "__main__":
    main()
