"""What staff decide, and how the pages that subscribers have open follow, in real browsers."""

import re

from playwright.async_api import Page, expect

SUSPENDED = "Le paiement a été temporairement suspendu."


async def test_a_suspension_is_shown_on_an_open_page_and_taken_away(alice_page: Page, chloe_page: Page):
    await alice_page.goto("/factures")
    await expect(alice_page.get_by_text("Factures 1 à")).to_be_visible()
    await alice_page.evaluate("window.neverReloaded = true")
    await chloe_page.goto("/agent/paiements")
    await chloe_page.get_by_label("Motif").fill("Maintenance sur les factures")
    await chloe_page.get_by_role("button", name="Suspendre le paiement").click()
    await expect(chloe_page.get_by_text("Le paiement est suspendu.")).to_be_visible()

    await expect(alice_page.get_by_text(f"{SUSPENDED} Maintenance sur les factures.")).to_be_visible()

    await alice_page.get_by_role("link", name="Accueil").click()
    await expect(alice_page.get_by_role("heading", name="À régler")).to_be_visible()
    await expect(alice_page.get_by_text(SUSPENDED)).to_be_visible()

    await chloe_page.get_by_role("button", name="Reprendre le paiement").click()
    await expect(chloe_page.get_by_text("Le paiement a repris.")).to_be_visible()
    await expect(alice_page.get_by_text(SUSPENDED)).to_have_count(0)
    assert await alice_page.evaluate("window.neverReloaded")


async def test_a_suspension_without_a_reason_is_refused_at_the_field(chloe_page: Page):
    await chloe_page.goto("/agent/paiements")
    await chloe_page.get_by_label("Motif").fill(" ")
    await chloe_page.get_by_role("button", name="Suspendre le paiement").click()

    await expect(chloe_page.get_by_label("Motif")).to_have_attribute("aria-invalid", "true")
    await expect(chloe_page.get_by_text("Paiement ouvert")).to_be_visible()


async def test_an_important_notice_is_over_the_page_until_each_reader_closes_it(
    alice_page: Page, bruno_page: Page, chloe_page: Page
):
    await expect(alice_page.get_by_role("heading", name="À régler")).to_be_visible()
    await chloe_page.goto("/agent/avis")
    form = chloe_page.locator("form.form").first
    await form.get_by_label("Titre").fill("Coupure d’eau jeudi")
    await form.get_by_label("Texte").fill("De **8 h à 10 h**, rue Haute.")
    await expect(chloe_page.get_by_role("region", name="Aperçu").get_by_text("8 h à 10 h")).to_be_visible()
    await form.get_by_role("button", name="Publier").click()
    await expect(chloe_page.get_by_text("L’avis est publié.")).to_be_visible()
    await expect(form.get_by_label("Titre")).to_have_value("")

    over = alice_page.get_by_role("dialog", name="Coupure d’eau jeudi")
    await expect(over).to_be_visible()
    await over.get_by_role("button", name="Fermer").click()
    await expect(over).to_have_count(0)
    await expect(alice_page.get_by_role("heading", name="Coupure d’eau jeudi")).to_be_visible()
    await alice_page.reload()
    await expect(alice_page.get_by_role("heading", name="À régler")).to_be_visible()
    await expect(over).to_have_count(0)

    await expect(bruno_page.get_by_role("dialog", name="Coupure d’eau jeudi")).to_be_visible()
    await chloe_page.get_by_role("button", name="Retirer").click()
    await expect(bruno_page.get_by_text("Coupure d’eau jeudi")).to_have_count(0)


async def test_the_welcome_text_is_always_at_home(alice_page: Page, chloe_page: Page):
    await chloe_page.goto("/agent/avis")
    form = chloe_page.locator("form.form").last
    await form.get_by_label("Texte d’accueil").fill("Bienvenue. [Le site](https://example.fr)")
    await form.get_by_role("button", name="Enregistrer").click()

    link = alice_page.get_by_role("link", name="Le site")
    await expect(link).to_be_visible()
    await alice_page.reload()
    await expect(link).to_have_attribute("href", "https://example.fr")


async def test_each_change_is_in_the_journal_with_its_author(chloe_page: Page):
    await chloe_page.goto("/agent/paiements")
    await chloe_page.get_by_label("Motif").fill("Essai du journal")
    await chloe_page.get_by_role("button", name="Suspendre le paiement").click()
    await chloe_page.get_by_role("button", name="Reprendre le paiement").click()
    await expect(chloe_page.get_by_text("Le paiement a repris.")).to_be_visible()
    await chloe_page.get_by_role("link", name="Journal").click()

    line = chloe_page.get_by_role("row").filter(has_text="Essai du journal").first
    await expect(line).to_contain_text("Paiement suspendu")
    await expect(line).to_contain_text("Chloé Durand")


async def test_a_subscriber_is_kept_out_of_the_staffs_pages(alice_page: Page):
    for path in ("/agent", "/agent/paiements", "/agent/avis", "/agent/journal"):
        await alice_page.goto(path)
        await expect(alice_page.get_by_text("Vous n’avez pas accès à cette action.").first).to_be_visible()
        await expect(alice_page.get_by_role("button", name=re.compile("Reprendre"))).to_have_count(0)


async def test_staff_are_led_to_their_own_home(chloe_page: Page):
    await chloe_page.goto("/")

    await expect(chloe_page).to_have_url(re.compile("/agent$"))
    await expect(chloe_page.get_by_text("Paiements à vérifier")).to_be_visible()
