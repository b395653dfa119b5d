"""Choosing, paying and what follows, in a real browser, with the demonstration's PayFiP."""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

MANUALS_INVOICE = "2017-020-002059"
pytestmark = pytest.mark.usefixtures("bruno_owes")


async def test_an_invoice_is_paid_in_four_clicks_and_becomes_paid(alice_page: Page):
    await alice_page.goto(f"/factures/{MANUALS_INVOICE}")
    await alice_page.get_by_role("link", name="Payer la facture").click()
    await expect(alice_page.get_by_role("heading", name="Sélection des factures pour le règlement")).to_be_visible()
    await expect(alice_page.get_by_role("checkbox", name=MANUALS_INVOICE)).to_be_checked()
    await expect_total(alice_page, count=1, euros="243,11 €")

    await alice_page.get_by_role("button", name="Payer la facture").click()
    await expect(alice_page.get_by_role("heading", name="Informations pour le paiement TIPI")).to_be_visible()
    await expect_fact(alice_page, "Identifiant collectivité :", "004200")
    await expect_fact(alice_page, "Montant du règlement :", "243,11 €")
    await expect_fact(alice_page, "Références des factures :", MANUALS_INVOICE)

    await alice_page.get_by_role("button", name="Payer la facture sur le portail TIPI").click()
    await pay_at_payfip(alice_page, "P")

    await expect(alice_page.get_by_text("Votre paiement a bien été reçu.")).to_be_visible()
    await expect_receipt(alice_page)
    await alice_page.goto("/factures?onglet=reglees")
    await expect(alice_page.get_by_text(MANUALS_INVOICE)).to_be_visible()
    await alice_page.goto("/demo/courrier")
    await expect(alice_page.get_by_text("Votre paiement a bien été reçu").first).to_be_visible()


async def test_a_choice_is_made_by_a_click_on_the_line_or_by_the_keyboard(bruno_page: Page):
    number = await open_selection(bruno_page)
    line = bruno_page.get_by_role("row").filter(has_text=number)

    await line.get_by_role("cell").nth(1).click()
    await expect(line.get_by_role("checkbox")).to_be_checked()
    await line.get_by_role("checkbox").focus()
    await bruno_page.keyboard.press("Space")
    await expect(line.get_by_role("checkbox")).not_to_be_checked()
    await expect(bruno_page.get_by_text("Cliquez sur une facture pour la choisir.")).to_be_visible()
    await bruno_page.keyboard.press("Space")
    await expect(bruno_page.get_by_role("button", name="Payer la facture")).to_be_visible()


async def test_a_refused_card_leaves_the_way_open_to_try_again(bruno_page: Page):
    number = await open_selection(bruno_page)
    await begin_payment(bruno_page, number)
    await pay_at_payfip(bruno_page, "R")

    await expect(bruno_page.get_by_role("heading", name="Paiement refusé")).to_be_visible()
    await bruno_page.get_by_role("link", name="Choisir mes factures à régler").click()
    await expect(bruno_page.get_by_role("checkbox", name=number)).to_be_enabled()


async def test_a_payer_who_leaves_payfip_may_resume_or_abandon(bruno_page: Page):
    number = await open_selection(bruno_page)
    await begin_payment(bruno_page, number)
    await pay_at_payfip(bruno_page, "quitter")
    await expect(bruno_page.get_by_role("heading", name="Vérification en cours")).to_be_visible()

    await bruno_page.goto("/paiement")
    await expect(bruno_page.get_by_text("Un paiement de cette facture est déjà en cours.")).to_be_visible()
    await bruno_page.get_by_role("link", name="Reprendre ou abandonner ce paiement").click()
    await expect(bruno_page.get_by_role("button", name="Reprendre le paiement")).to_be_visible()
    await bruno_page.get_by_role("button", name="Abandonner ce paiement").click()

    await expect(bruno_page.get_by_role("heading", name="Paiement abandonné")).to_be_visible()
    await bruno_page.goto("/paiement")
    await expect(bruno_page.get_by_role("checkbox", name=number)).to_be_enabled()


async def test_a_suspension_takes_the_button_away_from_an_open_selection(bruno_page: Page, chloe_page: Page):
    number = await open_selection(bruno_page)
    await bruno_page.get_by_role("row").filter(has_text=number).click()
    pay = bruno_page.get_by_role("button", name="Payer la facture")
    await expect(pay).to_be_visible()
    await chloe_page.goto("/agent/paiements")
    await chloe_page.get_by_label("Motif").fill("Maintenance")
    await chloe_page.get_by_role("button", name="Suspendre le paiement").click()

    await expect(pay).to_have_count(0)
    await expect(bruno_page.get_by_text("Le paiement a été temporairement suspendu.").first).to_be_visible()

    await chloe_page.get_by_role("button", name="Reprendre le paiement").click()
    await expect(pay).to_be_visible()


@pytest.mark.parametrize("width", [360, 768, 1280])
async def test_the_selection_and_the_hand_over_are_accessible_and_fit(bruno_page: Page, width: int):
    await bruno_page.set_viewport_size({"width": width, "height": 800})
    number = await open_selection(bruno_page)
    await bruno_page.get_by_role("row").filter(has_text=number).click()
    await expect_fit(bruno_page)
    if width < 500:
        await expect(bruno_page.get_by_role("button", name="Payer la facture")).to_be_in_viewport()

    await bruno_page.get_by_role("button", name="Payer la facture").click()
    await expect(bruno_page.get_by_role("heading", name="Informations pour le paiement TIPI")).to_be_visible()
    await expect_fit(bruno_page)
    await abandon(bruno_page)


async def open_selection(page: Page) -> str:
    """The number of the first invoice that can be paid."""
    await page.goto("/paiement")
    first = page.get_by_role("checkbox").first
    await expect(first).to_be_visible()
    return (await first.get_attribute("aria-label") or "").removeprefix("Facture ")


async def begin_payment(page: Page, number: str) -> None:
    await page.get_by_role("row").filter(has_text=number).click()
    await page.get_by_role("button", name="Payer la facture").click()
    await page.get_by_role("button", name="Payer la facture sur le portail TIPI").click()


async def pay_at_payfip(page: Page, choice: str) -> None:
    await page.wait_for_url(re.compile("/demo/payfip/paiementws.web"))
    await page.locator(f"button[name=choix][value={choice}]").click()
    await page.wait_for_url(re.compile(r"/paiement/[A-Z0-9]+(\?retour=payfip)?$"))


async def abandon(page: Page) -> None:
    await page.get_by_role("button", name="Abandonner ce paiement").click()
    await expect(page.get_by_role("heading", name="Paiement abandonné")).to_be_visible()


async def expect_total(page: Page, *, count: int, euros: str) -> None:
    total = page.get_by_role("complementary")
    await expect(total).to_contain_text(f"Nombre de factures :{count}")
    await expect(total).to_contain_text(f"Montant à régler :{euros}")


async def expect_fact(page: Page, term: str, value: str) -> None:
    await expect(page.locator("dt", has_text=term).locator("+ dd")).to_have_text(value)


async def expect_receipt(page: Page) -> None:
    address = await page.get_by_role("link", name="Télécharger le reçu").get_attribute("href")
    answer = await page.request.get(address or "")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")


async def expect_fit(page: Page) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = await Axe().run(page)
    serious = [each["id"] for each in found.response["violations"] if each["impact"] in {"serious", "critical"}]
    assert serious == []
