"""Seeing one's invoices, in a real browser: tabs, sorting, filters, one invoice and its PDF, also on a phone."""

import re

import pytest
from playwright.async_api import Locator, Page, expect

PAID = "/factures?onglet=reglees"
PHONE = {"width": 360, "height": 740}


def rows(page: Page) -> Locator:
    return page.get_by_role("table").get_by_role("row").filter(has=page.get_by_role("rowheader"))


async def count_rows(page: Page) -> int:
    """Once they are there."""
    await expect(rows(page).first).to_be_visible()
    return await rows(page).count()


async def shown_amounts(page: Page) -> list[float]:
    texts = await page.locator("td[data-label=Montant]").all_inner_texts()
    return [float(re.sub(r"[^\d,]", "", text).replace(",", ".")) for text in texts]


async def shown_days(page: Page) -> list[str]:
    """ISO days of the first column, as they are sorted on the screen."""
    texts = await page.locator("td[data-label=Date]").all_inner_texts()
    return ["-".join(reversed(text.split("/"))) for text in texts]


async def test_the_three_tabs_are_the_manuals_and_live_in_the_url(alice_page: Page):
    await alice_page.goto("/factures")
    tabs = alice_page.get_by_role("navigation", name="Factures")
    await expect(tabs.get_by_role("link")).to_have_text(
        ["Factures non réglées", "Factures réglées", "Factures en trésorerie"]
    )
    await expect(tabs.get_by_role("link", name="Factures non réglées")).to_have_attribute("aria-current", "page")

    await tabs.get_by_role("link", name="Factures en trésorerie").click()

    await expect(alice_page).to_have_url(re.compile("onglet=tresorerie"))
    await expect(alice_page.get_by_text("un avis de somme à payer sera transmis par courrier")).to_be_visible()
    await expect(rows(alice_page)).to_have_count(1)


async def test_the_manuals_invoice_is_shown_in_french(alice_page: Page):
    await alice_page.goto("/factures/2017-020-002059")

    await expect(alice_page.get_by_role("heading", level=1)).to_have_text("Facture 2017-020-002059")
    for term, value in (("Date", "10/07/2017"), ("Echéance", "21/07/2017"), ("Objet", "Multi Services")):
        fact = alice_page.locator("dt", has_text=re.compile(f"^{term}$")).locator("xpath=following-sibling::dd[1]")
        await expect(fact).to_have_text(value)
    await expect(alice_page.get_by_text("243,11 €").first).to_be_visible()
    for rubric in ("Distribution de l’eau", "Collecte et traitement des eaux usées", "Organismes publics"):
        name = re.compile(rubric.replace("’", "[’']"))
        await expect(alice_page.get_by_role("heading", name=name)).to_be_visible()


async def test_a_press_on_a_column_sorts_by_it_and_a_second_one_turns_it_round(bruno_page: Page):
    await bruno_page.goto(PAID)
    assert await count_rows(bruno_page) > 3
    assert await shown_days(bruno_page) == sorted(await shown_days(bruno_page), reverse=True)

    await bruno_page.get_by_role("columnheader", name="Montant").get_by_role("link").click()
    await expect(bruno_page.get_by_role("columnheader", name="Montant")).to_have_attribute("aria-sort", "ascending")
    assert await shown_amounts(bruno_page) == sorted(await shown_amounts(bruno_page))

    await bruno_page.get_by_role("columnheader", name="Montant").get_by_role("link").click()
    await expect(bruno_page.get_by_role("columnheader", name="Montant")).to_have_attribute("aria-sort", "descending")
    assert await shown_amounts(bruno_page) == sorted(await shown_amounts(bruno_page), reverse=True)


async def test_a_year_is_kept_by_a_bookmark_and_by_the_way_back(bruno_page: Page):
    await bruno_page.goto(PAID)
    all_of_them = await count_rows(bruno_page)
    year = (await shown_days(bruno_page))[-1][:4]

    await bruno_page.get_by_label("Année").select_option(year)
    await expect(bruno_page).to_have_url(re.compile(f"annee={year}"))
    await expect(bruno_page.locator("td[data-label=Date]").first).to_contain_text(year)
    assert {day[:4] for day in await shown_days(bruno_page)} == {year}

    await bruno_page.reload()
    await expect(bruno_page.get_by_label("Année")).to_have_value(year)
    await bruno_page.go_back()
    await expect(rows(bruno_page)).to_have_count(all_of_them)


async def test_a_search_by_the_number_on_the_bill_finds_it(bruno_page: Page):
    await bruno_page.goto(PAID)
    all_of_them = await count_rows(bruno_page)
    number = await rows(bruno_page).nth(2).get_by_role("rowheader").inner_text()

    await bruno_page.get_by_label("Rechercher", exact=True).fill(number)
    await bruno_page.keyboard.press("Enter")
    await expect(rows(bruno_page)).to_have_count(1)

    await bruno_page.get_by_label("Rechercher", exact=True).fill("rien de tel")
    await bruno_page.keyboard.press("Enter")
    await expect(bruno_page.get_by_role("heading", name="Aucune facture ne correspond")).to_be_visible()
    await bruno_page.get_by_role("link", name="Tout afficher").click()
    await expect(rows(bruno_page)).to_have_count(all_of_them)


async def test_a_click_anywhere_on_a_line_opens_the_invoice_and_its_pdf_is_a_pdf(bruno_page: Page):
    await bruno_page.goto(PAID)
    number = await rows(bruno_page).first.get_by_role("rowheader").inner_text()

    date = rows(bruno_page).first.get_by_role("cell").first
    await date.click(force=True)  # the link of the row lies over its cells, which a browser test takes for an obstacle

    await expect(bruno_page.get_by_role("heading", level=1)).to_have_text(f"Facture {number}")
    await expect(bruno_page.get_by_text("Cette facture est déjà réglée.")).to_be_visible()
    address = await bruno_page.get_by_role("link", name="Télécharger PDF").get_attribute("href")
    answer = await bruno_page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    assert (await answer.body()).startswith(b"%PDF-")


@pytest.mark.parametrize("number", ["2017-020-002059", "9999-999-999999", "%3Cscript%3E"])
async def test_a_neighbours_invoice_and_an_unknown_one_are_the_same_page(bruno_page: Page, number: str):
    await bruno_page.goto(f"/factures/{number}")

    await expect(bruno_page.get_by_role("heading", name="Facture introuvable.")).to_be_visible()
    assert "243,11" not in await bruno_page.content()
    assert (await bruno_page.request.get(f"/telecharger/factures/{number}.pdf")).status == 404


async def test_the_list_is_read_by_keyboard_alone(bruno_page: Page):
    await bruno_page.goto(PAID)
    assert await count_rows(bruno_page) > 0

    await bruno_page.keyboard.press("Tab")
    await expect(bruno_page.get_by_role("link", name="Aller au contenu")).to_be_focused()
    first = rows(bruno_page).first.get_by_role("link")
    for _ in range(40):
        await bruno_page.keyboard.press("Tab")
        if await first.evaluate("link => link === document.activeElement"):
            break
    await bruno_page.keyboard.press("Enter")

    await expect(bruno_page).to_have_url(re.compile(r"/factures/\d{4}-"))
