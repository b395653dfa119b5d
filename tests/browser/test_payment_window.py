"""PayFiP in a window of its own, where the utility wants it so."""

import re
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import BrowserContext, Error, Page, expect

from tests.browser.test_payment import abandon, expect_fit, open_selection, pay_at_payfip
from tests.portal import Portal, run_portail

TEST = "Test d'accès au portail de paiement TIPI"
WARNING = "Attention, votre navigateur doit accepter les fenêtres contextuelles (pop-up)."
LEAVE = "Payer la facture sur le portail TIPI"
pytestmark = pytest.mark.usefixtures("bruno_owes")


@pytest.fixture
async def in_a_window(portal: Portal, demo_database: str, tmp_path: Path) -> AsyncIterator[None]:
    def want(popup: str) -> None:
        file = tmp_path / "collectivites.csv"
        file.write_text(f"collectivite;nom;payfip_en_popup\ndemo;Régie des eaux de Clermont-sur-Lys;{popup}\n")
        run_portail("import", str(file), DATABASE_URL=demo_database, PORTAL_DATA=str(tmp_path))

    want("oui")
    yield
    want("non")


@pytest.mark.usefixtures("in_a_window")
async def test_the_payer_tests_pop_ups_pays_in_one_and_the_page_behind_follows(bruno_page: Page):
    await open_hand_over(bruno_page)
    await expect(bruno_page.get_by_text(WARNING)).to_be_visible()
    await bruno_page.get_by_role("button", name=TEST).click()
    await expect(bruno_page.get_by_text("Votre navigateur accepte les pop-up.", exact=True)).to_be_visible()
    await expect_fit(bruno_page)

    window = await open_payfip(bruno_page)
    await expect(bruno_page.get_by_role("heading", name="Vérification en cours")).to_be_visible()
    await pay_at_payfip(window, "P")

    await expect(window.get_by_text("Votre paiement a bien été reçu.")).to_be_visible()
    await expect(bruno_page.get_by_text("Votre paiement a bien été reçu.")).to_be_visible()
    await expect(bruno_page.get_by_role("link", name="Retour à mes factures")).to_be_visible()
    await expect(window.get_by_role("link", name="Retour à mes factures")).to_have_count(0)
    await expect_fit(window)
    async with window.expect_event("close"):
        with suppress(Error):  # the window may be gone before the click has been told as done
            await window.get_by_role("button", name="Fermer", exact=True).click()


@pytest.mark.usefixtures("in_a_window")
async def test_a_window_that_was_closed_is_opened_again(bruno_page: Page):
    await open_hand_over(bruno_page)
    first = await open_payfip(bruno_page)
    await first.close()

    again = await open_payfip(bruno_page, "Reprendre le paiement")
    await pay_at_payfip(again, "R")
    await expect(bruno_page.get_by_role("heading", name="Paiement refusé")).to_be_visible()
    await expect(bruno_page.get_by_role("link", name="Choisir mes factures à régler")).to_be_visible()
    await expect(again.get_by_text("cette fenêtre peut être fermée")).to_be_visible()
    await expect(again.get_by_role("link", name="Choisir mes factures à régler")).to_have_count(0)


@pytest.mark.usefixtures("in_a_window")
async def test_a_browser_that_blocks_pop_ups_is_told_how_to_go_on(bruno_page: Page):
    await bruno_page.add_init_script("window.open = () => null")  # as a browser that blocks them answers
    await open_hand_over(bruno_page)
    await bruno_page.get_by_role("button", name=TEST).click()

    await expect(bruno_page.get_by_text("Votre navigateur bloque les pop-up")).to_be_visible()
    await abandon(bruno_page)


async def test_without_that_setting_nothing_is_said_of_pop_ups(bruno_page: Page):
    await open_hand_over(bruno_page)

    await expect(bruno_page.get_by_role("button", name=LEAVE)).to_be_visible()
    await expect(bruno_page.get_by_text(WARNING)).to_have_count(0)
    await abandon(bruno_page)


async def open_hand_over(page: Page) -> None:
    number = await open_selection(page)
    await page.get_by_role("row").filter(has_text=number).click()
    await page.get_by_role("button", name="Payer la facture").click()
    await expect(page.get_by_role("heading", name="Informations pour le paiement TIPI")).to_be_visible()


async def open_payfip(page: Page, label: str = LEAVE) -> Page:
    context: BrowserContext = page.context
    async with context.expect_page() as opening:
        await page.get_by_role("button", name=label).click()
    window = await opening.value
    await window.wait_for_url(re.compile("/demo/payfip/paiementws.web"))
    return window
