"""The whole way from the sign-in to the receipt with the keyboard alone, on a large screen and on a small one."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.keyboard import press, reach, write

pytestmark = pytest.mark.usefixtures("bruno_owes")


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_bill_is_paid_from_the_sign_in_to_the_receipt(page: Page, width: int):
    await page.set_viewport_size({"width": width, "height": 740})
    await sign_in(page)
    await press(page, "link", "Voir mes factures")
    await press(page, "link", "Payer mes factures")
    await choose_first(page)
    await press(page, "button", "Payer la facture")
    await expect(page.get_by_role("heading", name="Informations pour le paiement TIPI")).to_be_visible()
    await press(page, "button", "Payer la facture sur le portail TIPI")

    await reach(page, page.locator("button[value=P]"))
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/paiement/*")
    await expect(page.get_by_text("Votre paiement a bien été reçu.")).to_be_visible()
    await reach(page, page.get_by_role("link", name="Télécharger le reçu"))


async def test_the_menu_of_a_phone_opens_and_closes_and_gives_the_focus_back(page: Page):
    await page.set_viewport_size({"width": 360, "height": 740})
    await sign_in(page)
    opener = page.get_by_role("button", name="Menu")
    await reach(page, opener)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("link", name="Mes factures", exact=True)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("link", name="Mes factures", exact=True)).not_to_be_visible()
    await expect(opener).to_be_focused()
    await page.keyboard.press("Enter")
    await press(page, "link", "Mes factures")
    await expect(page.get_by_role("heading", name="Mes factures")).to_be_visible()


async def sign_in(page: Page) -> None:
    await page.goto("/connexion")
    await write(page, "Identifiant", "bruno@example.fr")
    await write(page, "Mot de passe", PASSWORD)
    await press(page, "checkbox", "Se souvenir de moi", "Space")
    await expect(page.get_by_role("checkbox", name="Se souvenir de moi")).to_be_checked()
    await press(page, "button", "Connexion")
    await expect(page.get_by_role("heading", name="Accueil")).to_be_visible()


async def choose_first(page: Page) -> None:
    box = page.get_by_role("checkbox").first
    await reach(page, box)
    await page.keyboard.press("Space")
    await expect(box).to_be_checked()
