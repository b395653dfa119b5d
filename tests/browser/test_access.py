"""Getting in and out, in a real browser."""

import re

import psycopg
from playwright.async_api import Page, expect

from tests.browser.conftest import sign_in

COUNT_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (broken) => window.violations.push(broken.violatedDirective));
"""


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


async def test_a_subscriber_activates_an_account_by_the_mail_and_signs_in(page: Page, demo_database: str):
    email, number = a_subscriber_without_an_account(demo_database)
    await page.add_init_script(COUNT_VIOLATIONS)

    await page.goto("/connexion")
    await page.get_by_role("link", name="J'active mon compte").click()
    await page.get_by_label("Email").fill(email)
    await page.get_by_label("Code").fill(number)
    await page.get_by_role("button", name="Activation").click()
    await expect(page.get_by_text("un message vient d’y être envoyé")).to_be_visible()

    await page.goto("/demo/courrier")
    await page.locator("article", has_text=email).get_by_role("link").first.click()
    await expect(page).to_have_url(re.compile("/mot-de-passe$"))  # the secret has left the address bar
    await choose(page, number, number)
    await expect(page.get_by_text("différent de votre numéro d'abonné").last).to_be_visible()
    await choose(page, "Ruisseau-1789", "Ruisseau-1789")
    await expect(page.get_by_text("Le nouveau mot de passe a été enregistré avec succès.")).to_be_visible()

    await page.get_by_role("link", name="Me connecter sur mon compte").click()
    await expect(page.get_by_text("Vous pouvez maintenant vous connecter.")).to_be_visible()
    await page.get_by_label("Identifiant").fill(email)
    await page.get_by_label("Mot de passe", exact=True).fill("Ruisseau-1789")
    await page.get_by_label("Se souvenir de moi").check()
    await page.get_by_role("button", name="Connexion").click()
    await page.wait_for_url(lambda url: "/connexion" not in url)
    assert await page.evaluate("window.violations") == []


async def test_a_wrong_password_is_said_at_its_field_and_the_focus_goes_there(page: Page):
    await page.goto("/connexion")
    await page.get_by_label("Identifiant").fill("bruno@example.fr")
    await page.get_by_label("Mot de passe", exact=True).fill("faux")
    await page.get_by_role("button", name="Connexion").click()

    await expect(page.get_by_text("Identifiant ou mot de passe incorrect.")).to_be_visible()
    await expect(page.get_by_label("Mot de passe", exact=True)).to_be_focused()


async def test_after_signing_out_nothing_of_hers_is_left_in_the_browser(alice_page: Page):
    await alice_page.goto("/factures")
    await expect(alice_page.get_by_text("2017-020-002059")).to_be_visible()
    await alice_page.get_by_role("button", name="Mon compte").click()
    await alice_page.locator("#account").get_by_role("button", name="Déconnexion").click()
    await alice_page.wait_for_url("**/connexion")

    await alice_page.evaluate("void setTimeout(() => history.back(), 300)")
    await expect(alice_page).to_have_url(re.compile(r"/connexion\?retour="))
    await expect(alice_page.get_by_label("Identifiant")).to_be_visible()
    assert "2017-020-002059" not in await alice_page.content()


async def choose(page: Page, password: str, confirmation: str) -> None:
    await page.get_by_label("Mot de passe", exact=True).fill(password)
    await page.get_by_label("Confirmation", exact=True).fill(confirmation)
    await page.get_by_role("button", name="Enregistrer").click()


def a_subscriber_without_an_account(database: str) -> tuple[str, str]:
    with psycopg.connect(database) as connection:
        found = connection.execute("""
            SELECT s.email, s.number FROM subscriber s
            WHERE s.email IS NOT NULL AND s.email NOT IN (SELECT email FROM account) ORDER BY s.id LIMIT 1
        """).fetchone()
    assert found
    return found
