"""Every page, on a phone by night and on a large screen by day: it loads, fits, has one title, and breaks no rule of
accessibility. A new page is tried without being named here, but for the number that its address needs."""

import psycopg
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, StorageState, expect
from reflex_base.registry import RegistrationContext

import pages  # noqa: F401  registers them
from tests.browser.conftest import OpenBrowser, sign_in
from tests.portal import Portal

NOBODY, ALICE, CHLOE = "", "alice@example.fr", "chloe@example.fr"
SCREENS = (({"width": 360, "height": 740}, "dark"), ({"width": 1280, "height": 800}, "light"))
NUMBERED = {
    "/agent/demandes/[numero]": "SELECT number FROM request ORDER BY id LIMIT 1",
    "/agent/fuites/[dossier]": "SELECT id FROM leak_alert ORDER BY id LIMIT 1",
    "/contrats/[numero]": "SELECT 'C100001'",
    "/contrats/[numero]/fuite": "SELECT 'C100001'",
    "/demandes/[numero]": "SELECT 'D2026-00001'",
    "/factures/[numero]": "SELECT '2017-020-002059'",
    "/paiement/[reference]": "SELECT 'INCONNUE'",
}
FOR_NOBODY = {
    "404",
    "/accessibilite",
    "/activation",
    "/adresse-mail",
    "/confidentialite",
    "/connexion",
    "/mentions-legales",
    "/mot-de-passe",
    "/mot-de-passe-oublie",
}
TOO_SMALL_FOR_A_FINGER = """() => [...document.querySelectorAll("a, button, summary, select, .check, .input")]
    .filter((one) => {
        const box = one.getBoundingClientRect();
        const isInASentence = [...one.parentElement.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
        const isElsewhere = one.matches(".whole-row, .skip, .unseen, .unseen *, .prose *, [aria-hidden]");
        return box.width && box.height < 40 && !isInASentence && !isElsewhere;
    })
    .map((one) => one.outerHTML.slice(0, 120))
"""
NEXT_FRAME = "new Promise(seen => requestAnimationFrame(() => requestAnimationFrame(seen)))"
ROUTES = sorted(arguments["route"] for _, arguments in RegistrationContext.get().decorated_pages)


@pytest.fixture(scope="module")
async def signed_in(chromium: Browser, portal: Portal) -> dict[str, StorageState]:
    """What the browser of each keeps once signed in: asked for once."""
    kept = {}
    for person in (ALICE, CHLOE):
        context = await chromium.new_context(base_url=portal.url)
        await sign_in(await context.new_page(), person)
        kept[person] = await context.storage_state()
        await context.close()
    return kept


@pytest.fixture(params=ROUTES)
async def opened(
    request: pytest.FixtureRequest, open_browser: OpenBrowser, signed_in: dict[str, StorageState], demo_database: str
) -> Page:
    """One page, opened by who may see it, on a phone."""
    person = _visitor(request.param)
    viewport, scheme = SCREENS[0]
    options = {"storage_state": signed_in[person]} if person else {}
    page = await open_browser(viewport=viewport, color_scheme=scheme, **options)
    await page.goto(_address(request.param, demo_database))
    return page


async def test_it_fits_and_everybody_can_use_it(opened: Page):
    for viewport, scheme in SCREENS:
        await opened.set_viewport_size(viewport)
        await opened.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        await expect(opened.get_by_role("heading", level=1)).to_have_count(1)
        await expect(opened.get_by_text("Chargement en cours")).to_have_count(0)
        await opened.wait_for_load_state("networkidle")
        await opened.evaluate(NEXT_FRAME)

        assert await opened.title()
        assert await opened.evaluate(TOO_SMALL_FOR_A_FINGER) == []
        assert await opened.evaluate("document.documentElement.lang") == "fr"
        assert await opened.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        found = await Axe().run(opened)
        assert [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found.response["violations"]] == []


def _visitor(route: str) -> str:
    if route in FOR_NOBODY:
        return NOBODY
    return CHLOE if route.startswith("/agent") else ALICE


def _address(route: str, database: str) -> str:
    if route == "404":
        return "/rien-ici"
    if route not in NUMBERED:
        return route
    with psycopg.connect(database) as connection:
        (number,) = connection.execute(NUMBERED[route]).fetchone()
    return f"{route[: route.index('[')]}{number}{route[route.index(']') + 1 :]}"
