"""Two journeys without a mouse: a request with a file, and a change of personal data. Everything is reached by Tab."""

import re

from playwright.async_api import Page, expect

from tests import files
from tests.browser.keyboard import press, reach, write


async def test_a_request_with_a_file_is_written_and_sent_by_keyboard(alice_page: Page):
    await alice_page.goto("/demandes")
    await expect(alice_page.get_by_role("link", name="Nouvelle demande").first).to_be_visible()
    await press(alice_page, "link", "Nouvelle demande")
    await expect(alice_page.get_by_role("link", name="Autre demande")).to_be_visible()
    await press(alice_page, "link", "Autre demande")
    await expect(alice_page.get_by_label("Objet")).to_be_visible()

    await write(alice_page, "Objet", "Attestation")
    await write(alice_page, "Votre demande", "La voici.")
    await press(alice_page, "button", "Joindre des fichiers")
    dialog = alice_page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    await choose_file(alice_page)
    await press(alice_page, "button", "Envoyer")
    await expect(alice_page.get_by_role("link", name="attestation.pdf")).to_be_visible()
    if await dialog.is_visible():
        await alice_page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    assert await alice_page.evaluate("document.activeElement.textContent") == "Joindre des fichiers"

    await press(alice_page, "button", "Envoyer")
    await alice_page.wait_for_url(re.compile(r"/demandes/D\d{4}-\d+"))
    await expect(alice_page.get_by_text("Votre demande est enregistrée.")).to_be_visible()
    await expect(alice_page.get_by_role("link", name="attestation.pdf")).to_be_visible()


async def test_a_field_at_fault_takes_the_keyboard_to_it(alice_page: Page):
    await alice_page.goto("/demandes/nouvelle?type=autre")
    await expect(alice_page.get_by_label("Objet")).to_be_visible()
    await write(alice_page, "Objet", "Sans rien dire")
    await press(alice_page, "button", "Envoyer")
    await expect(alice_page.get_by_text("Répondez à cette question.")).to_be_visible()
    await expect(alice_page.get_by_label("Votre demande")).to_be_focused()


async def test_a_personal_datum_is_changed_by_keyboard(bruno_page: Page):
    await bruno_page.goto("/donnees-personnelles")
    await expect(bruno_page.get_by_role("link", name="Modifier mes informations")).to_be_visible()
    await press(bruno_page, "link", "Modifier mes informations")
    await expect(bruno_page.get_by_label("Téléphone")).to_be_visible()
    await reach(bruno_page, bruno_page.get_by_label("Téléphone", exact=True))
    await bruno_page.keyboard.press("ControlOrMeta+a")
    await bruno_page.keyboard.type("abc")
    await bruno_page.keyboard.press("Enter")
    await expect(bruno_page.get_by_label("Téléphone")).to_be_focused()
    await expect(bruno_page.get_by_label("Téléphone")).to_have_attribute("aria-invalid", "true")
    await bruno_page.keyboard.press("ControlOrMeta+a")
    await bruno_page.keyboard.type("06 98 76 54 32")
    await press(bruno_page, "button", "Envoyer la demande")
    await expect(bruno_page.get_by_text("Le service vous répond ici et par message.")).to_be_visible()
    await press(bruno_page, "link", "Suivre ma demande")
    await expect(bruno_page.get_by_text("06 98 76 54 32").first).to_be_visible()


async def test_staff_take_a_request_down_by_keyboard(chloe_page: Page):
    await chloe_page.goto("/agent/demandes")
    await expect(chloe_page.get_by_role("link", name="Saisir une demande")).to_be_visible()
    await press(chloe_page, "link", "Saisir une demande")
    await expect(chloe_page.get_by_text("Pour qui ?")).to_be_visible()
    await write(chloe_page, "Rechercher", "alice martin")
    await chloe_page.keyboard.press("Enter")
    await expect(chloe_page.get_by_role("link", name="Alice Martin")).to_be_visible()
    await press(chloe_page, "link", "Alice Martin")
    await expect(chloe_page.get_by_role("link", name="Autre demande")).to_be_visible()
    await press(chloe_page, "link", "Autre demande")
    await expect(chloe_page.get_by_label("La demande est arrivée")).to_be_visible()
    await reach(chloe_page, chloe_page.get_by_label("La demande est arrivée", exact=True))
    await chloe_page.keyboard.press("ArrowDown")
    await write(chloe_page, "Objet", "Pression faible")
    await write(chloe_page, "Votre demande", "Depuis lundi, elle rappelle demain.")
    await press(chloe_page, "button", "Envoyer")
    await chloe_page.wait_for_url(re.compile(r"/agent/demandes/D\d{4}-\d+"))
    await expect(chloe_page.get_by_text("l’abonné en est prévenu")).to_be_visible()
    await expect(chloe_page.get_by_text("Par téléphone")).to_be_visible()


async def choose_file(page: Page) -> None:
    """The native field, which the browser opens by Space."""
    field = page.locator("#attach-files")
    while not await field.evaluate("element => element === document.activeElement"):  # it is behind its label
        await page.keyboard.press("Tab")
    async with page.expect_file_chooser() as opening:
        await page.keyboard.press("Space")
    chosen = {"name": "attestation.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    await (await opening.value).set_files(chosen)
