"""A consumption is read and a reading is sent with the keyboard alone, on a large screen and on a small one."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.keyboard import press, reach, write


@pytest.mark.parametrize("width", [360, 1280])
async def test_a_reading_is_sent_and_withdrawn(page: Page, width: int):
    await page.set_viewport_size({"width": width, "height": 740})
    await sign_in(page, "bruno@example.fr", "/contrats")
    await press(page, "link", "C100002")
    await expect(page.get_by_role("heading", name="Contrat C100002")).to_be_visible()

    await write(page, "Index", "1")
    await expect(page.get_by_label("J’ai vérifié")).to_be_visible()
    await press(page, "button", "Transmettre")
    await expect(page.get_by_label("J’ai vérifié")).to_be_focused()  # what is missing has the focus
    await page.keyboard.press("Space")
    await press(page, "button", "Transmettre")
    await expect(page.get_by_text("Votre relève est transmise.")).to_be_visible()
    await expect(page.get_by_text("À valider", exact=True)).to_be_visible()

    await press(page, "button", "Retirer")
    await expect(page.get_by_text("Votre relève est retirée.")).to_be_visible()
    await expect(page.get_by_label("Index", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
async def test_the_graph_is_walked_through_and_its_table_read(page: Page, width: int):
    await page.set_viewport_size({"width": width, "height": 740})
    await sign_in(page, "alice@example.fr", "/contrats/C100001")
    await press(page, "link", "Années")
    await expect(page.get_by_role("heading", name="par année")).to_be_visible()
    await expect(page.locator(".graph .bars path").first).to_be_visible()

    graph = page.locator(".graph")
    await reach(page, graph)
    await page.keyboard.press("End")
    said = graph.locator("figcaption")
    last = await said.inner_text()
    await page.keyboard.press("ArrowLeft")
    await expect(said).not_to_have_text(last)

    await reach(page, page.get_by_text("Voir les données"))
    await page.keyboard.press("Enter")
    table = page.get_by_role("table", name="Consommation par année")
    await expect(table.get_by_role("row").last).to_contain_text(last.partition(" : ")[0])
    await press(page, "link", "Télécharger en CSV", key="Shift")
