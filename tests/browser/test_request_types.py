"""The questions of a type of request, in a real browser."""

from playwright.async_api import Page, expect


async def test_a_question_that_is_changed_is_that_one_and_no_other(chloe_page: Page):
    await chloe_page.goto("/agent/types-de-demande")
    await chloe_page.get_by_role("link", name="Autre demande").click()
    second = chloe_page.locator("details").filter(has_text="Votre demande").first
    await second.locator("summary").click()
    await second.get_by_label("Question", exact=True).fill("Que demandez-vous ?")
    await second.get_by_role("button", name="Enregistrer").click()

    await expect(chloe_page.get_by_text("La question est enregistrée.")).to_be_visible()
    labels = chloe_page.locator("details > summary strong")
    await expect(labels).to_have_text(["Objet", "Que demandez-vous ?"])
