"""Getting in and out, in a real browser."""

import re

from playwright.async_api import Page, expect

from tests.browser.conftest import sign_in


async def test_alice_signs_in_with_her_password(page: Page):
    await sign_in(page, "alice@example.fr")

    await page.goto("/factures")

    await expect(page.get_by_role("heading", level=1)).to_contain_text("factures")
    assert "/factures" in page.url


async def test_a_stranger_is_sent_to_the_sign_in_page(page: Page):
    await page.goto("/factures")

    await expect(page).to_have_url(re.compile("/connexion"))


async def test_the_session_cookie_is_out_of_reach_of_scripts(alice_page: Page):
    assert "portail_session" not in await alice_page.evaluate("document.cookie")
    assert "portail_session" in {cookie["name"] for cookie in await alice_page.context.cookies()}
