"""Documents in a real browser: the tree, and sending by every way there is."""

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests import files

UPLOAD = ("Quittance.pdf", "application/pdf")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Quittance.pdf"
    path.write_bytes(files.pdf(b"% " + tmp_path.name.encode()))
    return path


async def open_folder(page: Page, name: str = "Pièces transmises") -> None:
    await page.goto("/documents")
    await page.get_by_role("treeitem", name=name).first.click()
    await expect(page.get_by_role("heading", name=name)).to_be_visible()


async def test_a_file_is_added_by_the_button_and_taken_back(alice_page: Page, paper: Path):
    await open_folder(alice_page)
    await alice_page.get_by_role("button", name="Ajouter fichier").click()
    dialog = alice_page.get_by_role("dialog", name="Ajouter fichier")
    await expect(dialog.get_by_text("Dans le dossier Pièces transmises.")).to_be_visible()
    await dialog.get_by_label("Parcourir").set_input_files(paper)
    await dialog.get_by_role("button", name="Envoyer").click()

    await expect(dialog).to_be_hidden()
    await expect(alice_page.get_by_role("link", name="Quittance.pdf", exact=True)).to_be_visible()
    await expect(alice_page.get_by_text("Le document a été envoyé.")).to_be_visible()

    await alice_page.get_by_role("button", name="Retirer Quittance.pdf").click()
    await expect(alice_page.get_by_role("link", name="Quittance.pdf", exact=True)).to_have_count(0)


async def test_a_right_click_on_a_folder_adds_to_it_and_on_a_document_downloads_it(alice_page: Page, paper: Path):
    await open_folder(alice_page, "Factures")
    await alice_page.get_by_role("treeitem", name="Pièces transmises").first.click(button="right")
    await alice_page.get_by_role("menuitem", name="Ajouter fichier").click()
    dialog = alice_page.get_by_role("dialog", name="Ajouter fichier")
    await expect(dialog.get_by_text("Dans le dossier Pièces transmises.")).to_be_visible()
    await dialog.get_by_role("button", name="Fermer").click()

    async with alice_page.expect_download() as downloading:
        await alice_page.get_by_role("link", name="facture-2017-020-002059.pdf", exact=True).click(button="right")
        await alice_page.get_by_role("menuitem", name="Télécharger").click()
    assert (await downloading.value).suggested_filename == "facture-2017-020-002059.pdf"


async def test_several_files_are_sent_each_with_its_answer(alice_page: Page, paper: Path, tmp_path: Path):
    program = tmp_path / "facture.pdf"
    program.write_bytes(files.PROGRAM)
    empty = tmp_path / "vide.pdf"
    empty.touch()
    await open_folder(alice_page)
    await alice_page.get_by_role("button", name="Ajouter fichier").click()
    dialog = alice_page.get_by_role("dialog", name="Ajouter fichier")
    await dialog.get_by_label("Parcourir").set_input_files([program, paper, empty])
    await dialog.get_by_role("button", name="Envoyer").click()

    await expect(dialog.get_by_role("listitem").filter(has_text="facture.pdf")).to_contain_text("n’est pas accepté")
    await expect(dialog.get_by_role("listitem").filter(has_text="Quittance.pdf")).to_contain_text("Envoyé")
    await expect(dialog.get_by_role("listitem").filter(has_text="vide.pdf")).to_contain_text("vide")
    await dialog.get_by_role("button", name="Fermer").click()
    await alice_page.get_by_role("button", name="Retirer Quittance.pdf").click()


async def test_a_file_that_is_on_its_way_can_be_stopped(alice_page: Page, tmp_path: Path):
    large = tmp_path / "long.pdf"
    large.write_bytes(files.pdf(b"% " + bytes(8_000_000)))
    await open_folder(alice_page)
    session = await alice_page.context.new_cdp_session(alice_page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    await session.send("Network.emulateNetworkConditions", slow)
    await alice_page.get_by_role("button", name="Ajouter fichier").click()
    dialog = alice_page.get_by_role("dialog", name="Ajouter fichier")
    await dialog.get_by_label("Parcourir").set_input_files(large)
    await dialog.get_by_role("button", name="Envoyer").click()
    await expect(dialog.get_by_role("progressbar")).to_be_visible()
    await dialog.get_by_role("button", name="Annuler : long.pdf").click()

    await expect(dialog.get_by_role("listitem")).to_contain_text("Annulé")
    await dialog.get_by_role("button", name="Fermer").click()
    await expect(alice_page.get_by_role("link", name="long.pdf", exact=True)).to_have_count(0)


async def test_a_file_is_dropped_onto_a_folder(alice_page: Page):
    await open_folder(alice_page, "Factures")
    carried = await alice_page.evaluate_handle(
        "() => { const it = new DataTransfer(); it.items.add(new File(['%PDF-1.4 '], 'depose.pdf')); return it; }"
    )
    folder = alice_page.get_by_role("treeitem", name="Contrat", exact=False).last
    for event in ("dragover", "drop"):
        await folder.dispatch_event(event, {"dataTransfer": carried})

    dialog = alice_page.get_by_role("dialog", name="Ajouter fichier")
    await expect(dialog.get_by_text("Dans le dossier Contrat.")).to_be_visible()
    await expect(dialog.get_by_role("listitem")).to_contain_text("depose.pdf")


async def test_the_tree_is_walked_by_keyboard(alice_page: Page):
    await open_folder(alice_page, "Factures")
    tree = alice_page.get_by_role("tree", name="Dossiers")
    root = tree.get_by_role("treeitem").first
    await tree.get_by_role("treeitem", selected=True).focus()
    await alice_page.keyboard.press("ArrowLeft")
    await expect(root).to_be_focused()
    count = await tree.get_by_role("treeitem").count()
    await alice_page.keyboard.press("ArrowRight")
    await alice_page.keyboard.press("End")
    await expect(tree.get_by_role("treeitem").nth(count - 1)).to_be_focused()
    await alice_page.keyboard.press("Home")
    await alice_page.keyboard.press("ArrowDown")
    await alice_page.keyboard.press("ArrowDown")
    await alice_page.keyboard.press("Enter")
    await expect(alice_page.get_by_role("heading", name="Contrat")).to_be_visible()


async def test_bruno_sees_nothing_of_hers_and_staff_file_what_she_sent(
    alice_page: Page, bruno_page: Page, chloe_page: Page
):
    await bruno_page.goto("/documents")
    await expect(bruno_page.get_by_role("tree")).to_be_visible()
    await expect(bruno_page.get_by_text("identité")).to_have_count(0)

    await chloe_page.goto("/agent/documents")
    line = chloe_page.get_by_role("row").filter(has_text="Relevé d’identité bancaire.pdf")
    await expect(line).to_contain_text("Alice Martin")
    await line.get_by_role("button", name="Classer").click()
    await chloe_page.get_by_role("dialog").get_by_role("button", name="Classer").click()
    await expect(chloe_page.get_by_text("Le document est classé.")).to_be_visible()
    await expect(line).to_have_count(0)
    await open_folder(alice_page)
    await expect(alice_page.get_by_role("listitem").filter(has_text="identité bancaire")).to_contain_text("Classé")


async def test_staff_publish_a_document_that_its_readers_find_at_home(alice_page: Page, chloe_page: Page, paper: Path):
    await expect(alice_page.get_by_role("heading", name="Accueil")).to_be_visible()
    await chloe_page.goto("/agent/documents")
    await chloe_page.get_by_role("button", name="Choisir le document").click()
    dialog = chloe_page.get_by_role("dialog", name="Document à publier")
    await dialog.get_by_label("Parcourir").set_input_files(paper)
    await dialog.get_by_role("button", name="Envoyer").click()
    await expect(chloe_page.locator("form").get_by_text("Quittance.pdf")).to_be_visible()
    await chloe_page.get_by_label("Numéro d’abonné").fill("100001")
    await chloe_page.get_by_role("button", name="Continuer").click()
    await expect(chloe_page.get_by_text("Un abonné recevra ce document.")).to_be_visible()
    await chloe_page.get_by_role("button", name="Publier", exact=True).click()
    await expect(chloe_page.get_by_text("Un abonné a reçu le document.")).to_be_visible()

    await expect(alice_page.get_by_role("link", name="Quittance.pdf")).to_be_visible()


async def test_axe_finds_nothing_serious_in_documents_nor_in_the_dialog(alice_page: Page, chloe_page: Page):
    await open_folder(alice_page)
    assert await faults(alice_page) == []
    await alice_page.get_by_role("button", name="Ajouter fichier").click()
    await expect(alice_page.get_by_role("dialog", name="Ajouter fichier")).to_be_visible()
    assert await faults(alice_page) == []

    await chloe_page.goto("/agent/documents")
    await expect(chloe_page.get_by_role("button", name="Continuer")).to_be_visible()
    assert await faults(chloe_page) == []


async def faults(page: Page) -> list[tuple[str, list[str]]]:
    found = (await Axe().run(page)).response["violations"]
    return [
        (rule["id"], [node["html"][:160] for node in rule["nodes"]])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]
