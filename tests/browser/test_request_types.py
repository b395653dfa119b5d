"""The questions of a type of request, in a real browser."""

from playwright.async_api import Page, expect


async def test_a_question_that_is_changed_is_that_one_and_no_other(chloe_page: Page):
    await chloe_page.goto("/agent/types-de-demande")
    await chloe_page.get_by_role("link", name="Délai de paiement").click()
    labels = chloe_page.locator("details > summary strong")
    await expect(labels).not_to_have_count(0)
    first, second, *others = await labels.all_inner_texts()
    changed = chloe_page.locator("details").filter(has_text=second).first
    await changed.locator("summary").click()
    await changed.get_by_label("Question", exact=True).fill("Depuis quand ?")
    await changed.get_by_role("button", name="Enregistrer").click()

    await expect(chloe_page.get_by_text("La question est enregistrée.")).to_be_visible()
    await expect(labels).to_have_text([first, "Depuis quand ?", *others])
