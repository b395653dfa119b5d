"""A request from its first word to its answer, in real browsers: nothing typed is lost, nothing is sent twice."""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests import files

WORDS = "Sous l’évier, depuis hier.\n<b>Un filet d’eau</b> & du **bruit**."


async def test_a_leak_is_told_answered_and_answered_again_without_reloading(alice_page: Page, chloe_page: Page):
    number = await tell_of_a_leak(alice_page)
    await expect(alice_page.get_by_text("Votre demande est enregistrée.")).to_be_visible()
    await expect(alice_page.get_by_text("<b>Un filet d’eau</b> & du **bruit**.")).to_be_visible()
    await alice_page.evaluate("window.neverReloaded = true")

    await chloe_page.goto("/agent/demandes")
    await chloe_page.get_by_role("link", name=number).click()
    await chloe_page.get_by_label("Note pour les agents").fill("A déjà appelé deux fois.")
    await chloe_page.get_by_role("button", name="Ajouter la note").click()
    await expect(chloe_page.get_by_text("l’abonné ne la voit pas")).to_be_visible()
    await chloe_page.get_by_label("Votre réponse").fill("Un agent passe jeudi matin.")
    await chloe_page.get_by_label("La demande devient").select_option("en_attente")
    await chloe_page.get_by_role("button", name="Envoyer à l’abonné").click()
    await expect(chloe_page.get_by_text("Votre réponse est envoyée.")).to_be_visible()

    await expect(alice_page.get_by_text("Un agent passe jeudi matin.")).to_be_visible()
    await expect(alice_page.get_by_text("En attente de votre réponse").first).to_be_visible()
    await expect(alice_page.get_by_text("A déjà appelé deux fois.")).to_have_count(0)
    await alice_page.get_by_label("Votre message").fill("Merci, je serai là.")
    await alice_page.get_by_role("button", name="Envoyer", exact=True).click()
    await expect(chloe_page.get_by_text("Merci, je serai là.")).to_be_visible()
    await expect(alice_page.get_by_label("Votre message")).to_have_value("")
    assert await alice_page.evaluate("window.neverReloaded")


async def test_a_closed_tab_loses_no_word(alice_page: Page):
    await open_form(alice_page, "Réclamation")
    await alice_page.get_by_label("Elle concerne").select_option("Une relève")
    await alice_page.get_by_label("Votre réclamation").press_sequentially("L’index est faux")
    again = await alice_page.context.new_page()
    await alice_page.close()

    await again.goto("/demandes/nouvelle?type=reclamation")
    await expect(again.get_by_label("Votre réclamation")).to_have_value("L’index est faux")
    await expect(again.get_by_label("Elle concerne")).to_have_value("Une relève")
    await expect(again.get_by_text("Brouillon repris")).to_be_visible()


async def test_a_lost_connection_loses_no_word(alice_page: Page):
    await open_form(alice_page, "Autre demande")
    await alice_page.get_by_label("Objet").fill("Avant la coupure")
    await expect(alice_page.get_by_text("Brouillon gardé")).to_be_visible()
    await alice_page.context.set_offline(True)
    await alice_page.get_by_label("Votre demande").fill("Pendant la coupure")
    await expect(alice_page.get_by_text("dès que la connexion sera revenue")).to_be_visible()
    await alice_page.context.set_offline(False)

    await expect(alice_page.get_by_text("Brouillon gardé")).to_be_visible()
    await expect(alice_page.get_by_label("Votre demande")).to_have_value("Pendant la coupure")
    await alice_page.reload()
    await expect(alice_page.get_by_label("Votre demande")).to_have_value("Pendant la coupure")


async def test_a_text_that_is_too_long_is_refused_in_words_and_stays_in_the_page(alice_page: Page):
    await alice_page.goto("/contact")
    field = alice_page.get_by_label("Votre message")
    await field.fill("x" * 20_000)
    await alice_page.get_by_role("button", name="Envoyer", exact=True).click()
    await expect(alice_page.get_by_text("caractères, pour 8")).to_be_visible()
    await field.fill("mot " * 20_000)
    await alice_page.get_by_role("button", name="Envoyer", exact=True).click()
    assert "raccourcissez-le" in await field.evaluate("area => area.validationMessage")
    assert len(await field.input_value()) == 80_000


async def test_what_was_cleared_by_mistake_comes_back(alice_page: Page):
    await alice_page.goto("/contact")
    await alice_page.get_by_label("Votre message").fill("Une longue histoire")
    await expect(alice_page.get_by_text("Brouillon gardé")).to_be_visible()
    await alice_page.get_by_role("button", name="Effacer").click()
    await expect(alice_page.get_by_label("Votre message")).to_have_value("")
    await alice_page.get_by_role("button", name="Annuler").click()
    await expect(alice_page.get_by_label("Votre message")).to_have_value("Une longue histoire")
    await expect(alice_page.get_by_text("Informations générales")).to_be_visible()
    await expect(alice_page.get_by_role("link", name="03 20 00 00 01")).to_have_attribute("href", "tel:0320000001")
    written = alice_page.get_by_role("link", name="contact@example.fr")
    await expect(written).to_have_attribute("href", "mailto:contact@example.fr")


async def test_a_file_leaves_with_the_request_and_staff_open_it(alice_page: Page, chloe_page: Page):
    await open_form(alice_page, "Autre demande")
    await alice_page.get_by_label("Objet").fill("Attestation")
    await alice_page.get_by_label("Votre demande").fill("La voici.")
    await alice_page.get_by_role("button", name="Joindre des fichiers").click()
    chosen = {"name": "attestation.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    await alice_page.locator("#attach-files").set_input_files(chosen)
    await alice_page.get_by_role("dialog").get_by_role("button", name="Envoyer").click()
    await expect(alice_page.get_by_role("link", name="attestation.pdf")).to_be_visible()
    await expect(alice_page.get_by_label("Votre demande")).to_have_value("La voici.")
    number = await send(alice_page)

    await chloe_page.goto(f"/agent/demandes/{number}")
    async with chloe_page.expect_download() as saving:
        await chloe_page.get_by_role("link", name="attestation.pdf").click()
    assert (await saving.value).suggested_filename == "attestation.pdf"


async def test_the_neighbour_finds_nothing_at_her_address(alice_page: Page, bruno_page: Page):
    number = await tell_of_a_leak(alice_page)
    await bruno_page.goto(f"/demandes/{number}")
    await expect(bruno_page.get_by_text("Demande introuvable.")).to_be_visible()


async def test_staff_write_a_new_type_and_a_subscriber_answers_it(alice_page: Page, chloe_page: Page):
    await chloe_page.goto("/agent/types-de-demande")
    await chloe_page.get_by_label("Nom").fill("Relève contestée")
    await chloe_page.get_by_role("button", name="Créer").click()
    await chloe_page.get_by_label("Proposée aux abonnés").check()
    await chloe_page.get_by_role("button", name="Enregistrer").first.click()
    await expect(chloe_page.get_by_text("Le type de demande est enregistré.")).to_be_visible()
    added = chloe_page.locator("section").filter(has_text="Nouvelle question")
    await added.get_by_label("Question", exact=True).fill("Index que vous lisez")
    await added.get_by_label("Réponse attendue").select_option("nombre")
    await added.get_by_role("button", name="Ajouter").click()
    await expect(chloe_page.get_by_text("La question est enregistrée.")).to_be_visible()

    await open_form(alice_page, "Relève contestée")
    await expect(alice_page.get_by_label("Index que vous lisez")).to_be_visible()


@pytest.mark.parametrize("path", ["/demandes", "/demandes/nouvelle", "/demandes/nouvelle?type=fuite", "/contact"])
async def test_axe_finds_nothing_on_a_subscribers_pages(alice_page: Page, path: str):
    await alice_page.goto(path)
    assert await broken_rules(alice_page) == []


@pytest.mark.parametrize(
    "path",
    [
        *("/agent/demandes", "/agent/types-de-demande", "/agent/types-de-demande?type=1"),
        *("/agent/demandes/nouvelle?recherche=a", "/agent/demandes/nouvelle?abonne=1"),
        *("/agent/demandes/nouvelle?abonne=1&type=fuite", "/agent/papier?onglet=papier", "/agent/papier?onglet=choix"),
    ],
)
async def test_axe_finds_nothing_on_the_staffs_pages(chloe_page: Page, path: str):
    await chloe_page.goto(path)
    assert await broken_rules(chloe_page) == []


async def test_axe_finds_nothing_on_both_sides_of_a_thread(alice_page: Page, chloe_page: Page):
    await alice_page.goto("/demandes")
    await alice_page.get_by_role("link", name=re.compile(r"D\d{4}-")).first.click()
    await expect(alice_page.get_by_role("heading", name="Votre demande")).to_be_visible()
    assert await broken_rules(alice_page) == []
    await chloe_page.goto(f"/agent/demandes/{alice_page.url.rpartition('/')[2]}")
    await expect(chloe_page.get_by_role("heading", name="La demande")).to_be_visible()
    assert await broken_rules(chloe_page) == []


async def broken_rules(page: Page) -> list[str]:
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_text("Chargement en cours")).to_have_count(0)
    found = await Axe().run(page)
    return [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found.response["violations"]]


async def open_form(page: Page, name: str) -> None:
    await page.goto("/demandes/nouvelle")
    await page.get_by_role("link", name=name, exact=True).click()
    await expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


async def tell_of_a_leak(page: Page) -> str:
    """By a double click, which makes one request."""
    await open_form(page, "Fuite")
    await page.get_by_label("Où est la fuite ?").select_option("Après le compteur")
    await page.get_by_label("Constatée le").fill("2026-11-20")
    await page.get_by_label("Non").check()
    await page.get_by_label("Ce que vous constatez").fill(WORDS)
    return await send(page)


async def send(page: Page) -> str:
    await page.get_by_role("button", name="Envoyer", exact=True).dblclick()
    await page.wait_for_url(re.compile(r"/demandes/D\d{4}-\d+"))
    return page.url.partition("?")[0].rpartition("/")[2]
