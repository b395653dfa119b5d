"""Chromium, and the portal it visits: built once, served on a free port, with a database of its own for each run."""

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

from portail_app.settings import ROOT
from tests.portal import Portal, run_portail

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PASSWORD = "Portail-2026"
PATIENCE_MS = 15_000
FAILURES = ROOT / "build" / "failures"
SUBSCRIBERS = "10"

expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


@pytest.fixture(scope="session")
def demo_database(postgres_url: str) -> Iterator[str]:
    """The demonstration's people and bills, in a database that only this run's portal uses."""
    name = f"portail_browser_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield postgres_url.replace("/postgres?", f"/{name}?") if "?" in postgres_url else f"{postgres_url}/{name}"
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def portal(demo_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    data = tmp_path_factory.mktemp("portal")
    environment = {"DATABASE_URL": demo_database, "PORTAL_DATA": str(data), "PORTAL_DEMO": "1"}
    run_portail("migrate", **environment)
    run_portail("demo-data", "--subscribers", SUBSCRIBERS, "--out", str(data / "files"))
    run_portail("import", str(data / "files"), **environment)
    run_portail("demo-accounts", **environment)
    run_portail("demo-documents", **environment)
    with Portal("serve", **environment) as running:
        yield running.wait_until_it_answers()


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    assert CHROMIUM.exists(), "apt-get install chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield browser
        await browser.close()


@pytest.fixture
async def open_browser(
    chromium: Browser, portal: Portal, request: pytest.FixtureRequest
) -> AsyncIterator["OpenBrowser"]:
    """Opens a browser of somebody's own (cookies apart), with one page; errors of its scripts fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    async def open_one(**options: object) -> Page:
        context = await chromium.new_context(base_url=portal.url, locale="fr-FR", **options)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        context.on("weberror", lambda failure: errors.append(str(failure.error)))
        return await context.new_page()

    yield open_one
    if request.node.stash.get(_failed, True):
        await _photograph(contexts, request.node.name)
    for context in contexts:
        await context.close()
    assert errors == []


@pytest.fixture
async def page(open_browser: "OpenBrowser") -> Page:
    """A visitor whom nobody knows yet."""
    return await open_browser()


@pytest.fixture
async def alice_page(open_browser: "OpenBrowser") -> Page:
    return await sign_in(await open_browser(), "alice@example.fr")


@pytest.fixture
async def bruno_page(open_browser: "OpenBrowser") -> Page:
    return await sign_in(await open_browser(), "bruno@example.fr")


@pytest.fixture
def bruno_owes(portal: Portal, demo_database: str) -> None:
    """One more invoice, so that no journey finds that another has paid them all."""
    with psycopg.connect(demo_database) as connection:
        connection.execute("""
            INSERT INTO invoice (utility_id, subscriber_id, number, kind, subject, issued_on, due_on, amount_cents,
                                 billed_paid_cents, settled_cents, is_disputed)
            SELECT s.utility_id, s.id, '2026-090-' || (SELECT count(*) + 100000 FROM invoice), 'facture',
                   'Eau et assainissement', current_date - 20, current_date + 10, 18342, 0, 0, false
            FROM subscriber s WHERE s.email = 'bruno@example.fr'
        """)


@pytest.fixture
async def chloe_page(open_browser: "OpenBrowser") -> Page:
    return await sign_in(await open_browser(), "chloe@example.fr")


async def sign_in(page: Page, email: str, path: str = "/") -> Page:
    """Through the sign-in page, as anybody would; then on to `path`."""
    await page.goto("/connexion")
    await page.get_by_label("Identifiant").fill(email)
    await page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Connexion").click()
    await page.wait_for_url(lambda url: "/connexion" not in url)
    if path != "/":
        await page.goto(path)
    return page


async def _photograph(contexts: list[BrowserContext], test: str) -> None:
    FAILURES.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        name = re.sub(r"[^\w-]+", "-", test)
        await page.screenshot(path=FAILURES / f"{name}-{number}.png", full_page=True)


OpenBrowser = Callable[..., Awaitable[Page]]
_failed = pytest.StashKey[bool]()
