"""Documents by finger on a telephone, and by keyboard alone: everything that a mouse does."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests import files
from tests.browser.conftest import sign_in
from tests.browser.test_documents import open_folder

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
LONG_SECONDS = 0.8


@pytest.fixture
async def telephone(open_browser) -> Page:
    return await sign_in(await open_browser(**TELEPHONE), "alice@example.fr")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Photo du compteur.pdf"
    path.write_bytes(files.pdf(b"% " + tmp_path.name.encode()))
    return path


async def press_long(page: Page, on: Locator, moved: int = 0) -> None:
    """A finger that stays, or that begins to scroll."""
    await on.scroll_into_view_if_needed()
    box = await on.bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + box["height"] / 2
    session = await page.context.new_cdp_session(page)
    await session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    if moved:
        points = [{"x": x, "y": y - moved}]
        await session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points})
    await asyncio.sleep(LONG_SECONDS)
    await session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


async def test_a_finger_that_stays_on_a_folder_opens_the_menu_of_a_right_click(telephone: Page, paper: Path):
    await open_folder(telephone, "Factures")
    await press_long(telephone, telephone.get_by_role("treeitem", name="Pièces transmises").first)
    menu = telephone.get_by_role("menu", name="Actions")
    await expect(menu.get_by_role("menuitem")).to_have_text(["Ouvrir", "Ajouter fichier"])
    await expect(telephone.get_by_role("heading", name="Factures")).to_be_visible()  # the folder was not opened by it

    await menu.get_by_role("menuitem", name="Ajouter fichier").tap()
    dialog = telephone.get_by_role("dialog", name="Ajouter fichier")
    await expect(dialog.get_by_text("Dans le dossier Pièces transmises.")).to_be_visible()
    await dialog.get_by_label("Parcourir").set_input_files(paper)
    await dialog.get_by_role("button", name="Envoyer").tap()
    await expect(dialog).to_be_hidden()
    await open_folder(telephone)
    await telephone.get_by_role("button", name="Retirer Photo du compteur.pdf").tap()
    await expect(telephone.get_by_role("link", name="Photo du compteur.pdf", exact=True)).to_have_count(0)


async def test_a_finger_that_stays_on_a_document_offers_to_download_it(telephone: Page):
    await open_folder(telephone, "Factures")
    await press_long(telephone, telephone.get_by_role("link", name="facture-2017-020-002059.pdf", exact=True))
    async with telephone.expect_download() as downloading:
        await telephone.get_by_role("menuitem", name="Télécharger").tap()
    assert (await downloading.value).suggested_filename == "facture-2017-020-002059.pdf"


async def test_a_finger_that_scrolls_or_only_taps_opens_no_menu(telephone: Page):
    await open_folder(telephone, "Factures")
    contract = telephone.get_by_role("treeitem", name="Contrat").first
    await press_long(telephone, contract, moved=60)
    await expect(telephone.get_by_role("menu", name="Actions")).to_be_hidden()
    await contract.tap()
    await expect(telephone.get_by_role("heading", name="Contrat")).to_be_visible()
    await expect(telephone.get_by_role("menu", name="Actions")).to_be_hidden()


async def test_what_is_dragged_with_a_mouse_has_a_button_of_a_fingers_size(telephone: Page):
    await open_folder(telephone, "Factures")
    row = telephone.locator(".branch").filter(has_text="Pièces transmises").first
    add = row.get_by_title("Ajouter fichier")
    box = await add.bounding_box()
    assert min(box["width"], box["height"]) >= 44
    await add.tap()
    dialog = telephone.get_by_role("dialog", name="Ajouter fichier")
    await expect(dialog.get_by_text("Dans le dossier Pièces transmises.")).to_be_visible()
    assert await telephone.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("key", ["ContextMenu", "Shift+F10"])
async def test_the_menu_key_opens_the_menu_which_is_walked_by_arrows(alice_page: Page, key: str):
    await open_folder(alice_page, "Factures")
    tree = alice_page.get_by_role("tree", name="Dossiers")
    await tree.get_by_role("treeitem", selected=True).focus()
    await alice_page.keyboard.press("End")
    await alice_page.keyboard.press(key)
    items = alice_page.get_by_role("menu", name="Actions").get_by_role("menuitem")
    await expect(items).to_have_text(["Ouvrir", "Ajouter fichier"])
    await expect(items.first).to_be_focused()
    await alice_page.keyboard.press("ArrowUp")
    await expect(items.last).to_be_focused()
    await alice_page.keyboard.press("ArrowDown")
    await expect(items.first).to_be_focused()
    await alice_page.keyboard.press("Escape")
    await expect(alice_page.get_by_role("menu", name="Actions")).to_be_hidden()
    await expect(tree.get_by_role("treeitem").last).to_be_focused()


async def test_a_file_is_sent_and_taken_back_by_keyboard_alone(alice_page: Page, paper: Path):
    await alice_page.goto("/documents")
    tree = alice_page.get_by_role("tree", name="Dossiers")
    await expect(tree).to_be_visible()
    await tree.get_by_role("treeitem", selected=True).focus()
    await alice_page.keyboard.press("Home")
    for _ in range(3):
        await alice_page.keyboard.press("ArrowDown")
    await alice_page.keyboard.press("Enter")
    await expect(alice_page.get_by_role("heading", name="Pièces transmises")).to_be_visible()
    await alice_page.keyboard.press("Shift+F10")
    await expect(alice_page.get_by_role("menuitem", name="Ouvrir")).to_be_focused()
    await alice_page.keyboard.press("End")
    await alice_page.keyboard.press("Enter")
    dialog = alice_page.get_by_role("dialog", name="Ajouter fichier")
    await expect(dialog).to_be_visible()
    await tab_to(alice_page, dialog.locator("input[type=file]"))
    async with alice_page.expect_file_chooser() as choosing:
        await alice_page.keyboard.press("Space")
    await (await choosing.value).set_files(paper)
    await tab_to(alice_page, dialog.get_by_role("button", name="Envoyer"))
    await alice_page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()

    take_back = alice_page.get_by_role("button", name="Retirer Photo du compteur.pdf")
    await expect(take_back).to_be_visible()
    await tab_to(alice_page, take_back)
    await alice_page.keyboard.press("Enter")
    await expect(alice_page.get_by_role("link", name="Photo du compteur.pdf", exact=True)).to_have_count(0)


async def tab_to(page: Page, wanted: Locator, at_most: int = 40) -> None:
    """By the Tab key alone, as somebody without a mouse would."""
    for _ in range(at_most):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not reach it")
