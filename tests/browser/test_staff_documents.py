"""Staff in one subscriber's folders, in a real browser, beside the subscriber's own open page."""

from pathlib import Path

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests import files


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "Plan du branchement.pdf"
    path.write_bytes(files.pdf(b"% " + tmp_path.name.encode()))
    return path


async def open_tree_of_alice(page: Page, folder: str = "Contrat") -> None:
    await page.goto("/agent/documents")
    await page.get_by_label("Rechercher").fill("martin alice")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Alice Martin (100001)").first.click()
    await expect(page.get_by_role("heading", name="Alice Martin")).to_be_visible()
    await page.get_by_role("treeitem", name=folder).first.click()
    await expect(page.get_by_role("heading", name=folder, exact=True)).to_be_visible()


async def test_a_folder_is_made_published_into_and_withdrawn_before_the_subscribers_eyes(
    alice_page: Page, chloe_page: Page, paper: Path
):
    await open_tree_of_alice(chloe_page)
    await chloe_page.get_by_role("button", name="Nouveau dossier").click()
    dialog = chloe_page.get_by_role("dialog", name="Nouveau dossier")
    await dialog.get_by_role("button", name="Créer").click()
    await expect(dialog.get_by_text("Donnez un nom au dossier")).to_be_visible()
    await dialog.get_by_label("Nom du dossier").fill("Branchement 2026")
    await dialog.get_by_role("button", name="Créer").click()
    await expect(chloe_page.get_by_text("Le dossier est créé.")).to_be_visible()

    await alice_page.goto("/documents")
    await alice_page.get_by_role("treeitem", name="Contrat").first.focus()
    await alice_page.keyboard.press("ArrowRight")
    await alice_page.get_by_role("treeitem", name="Branchement 2026").click()
    await expect(alice_page.get_by_text("Ce dossier est vide")).to_be_visible()

    await chloe_page.get_by_role("treeitem", name="Contrat").first.focus()
    await chloe_page.keyboard.press("ArrowRight")
    await chloe_page.get_by_role("treeitem", name="Branchement 2026").click()
    await chloe_page.get_by_role("button", name="Publier ici").click()
    sending = chloe_page.get_by_role("dialog", name="Publier ici")
    await sending.get_by_label("Parcourir").set_input_files(paper)
    await sending.get_by_role("button", name="Envoyer").click()
    await expect(chloe_page.get_by_role("link", name="Plan du branchement.pdf", exact=True)).to_be_visible()
    await expect(alice_page.get_by_role("link", name="Plan du branchement.pdf", exact=True)).to_be_visible()

    await chloe_page.get_by_role("button", name="Retirer Plan du branchement.pdf").click()
    asked = chloe_page.get_by_role("dialog", name="Retirer le document")
    await asked.get_by_role("button", name="Retirer").click()
    await expect(asked.get_by_text("Indiquez un motif")).to_be_visible()
    await asked.get_by_label("Motif du retrait").fill("Ce n’est pas son branchement")
    await asked.get_by_role("button", name="Retirer").click()
    await expect(chloe_page.get_by_text("l’abonné ne le voit plus")).to_be_visible()
    await expect(alice_page.get_by_role("link", name="Plan du branchement.pdf", exact=True)).to_have_count(0)

    await chloe_page.get_by_role("treeitem", name="Branchement 2026").click(button="right")
    await chloe_page.get_by_role("menuitem", name="Supprimer").click()
    await chloe_page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    await expect(chloe_page.get_by_text("Le dossier est supprimé.")).to_be_visible()
    await expect(alice_page.get_by_role("treeitem", name="Branchement 2026")).to_have_count(0)


async def test_a_document_is_moved_to_another_folder_and_her_history_says_who_looked(
    alice_page: Page, chloe_page: Page
):
    await open_tree_of_alice(chloe_page)
    await chloe_page.get_by_role("button", name="Déplacer Contrat d’abonnement.pdf").click()
    dialog = chloe_page.get_by_role("dialog", name="Classer le document")
    await dialog.get_by_label("Dossier").select_option(label=await option_of(dialog, "Pièces transmises"))
    await dialog.get_by_role("button", name="Classer").click()
    await expect(chloe_page.get_by_text("Le document est classé.")).to_be_visible()
    await expect(chloe_page.get_by_role("link", name="Contrat d’abonnement.pdf", exact=True)).to_have_count(0)

    await alice_page.goto("/donnees-personnelles/sessions")
    await expect(alice_page.get_by_text("Vos documents").first).to_be_visible()


async def option_of(dialog, folder: str) -> str:
    await expect(dialog).to_be_visible()
    words = await dialog.get_by_role("option").all_inner_texts()
    return next(word for word in words if word.endswith(folder))


async def test_nobody_of_that_number_is_said_and_axe_finds_nothing_serious(chloe_page: Page):
    await open_tree_of_alice(chloe_page)
    assert await faults(chloe_page) == []
    await chloe_page.get_by_role("button", name="Nouveau dossier").click()
    assert await faults(chloe_page) == []
    await chloe_page.goto("/agent/documents/999999")
    await expect(chloe_page.get_by_text("Abonné introuvable.")).to_be_visible()


async def faults(page: Page) -> list[str]:
    found = (await Axe().run(page)).response["violations"]
    return [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")]
