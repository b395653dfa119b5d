"""« Mes données personnelles », in a real browser: each journey by a subscriber of its own."""

import re
import zipfile
from itertools import count

import psycopg
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, expect

from tests.browser.conftest import PASSWORD, OpenBrowser, sign_in

HOME = "/donnees-personnelles"
PAGES = ("", "/adresse-mail", "/mot-de-passe", "/messages", "/personnes-autorisees", "/sessions", "/mes-donnees")


_numbers = count(700001)
NEWCOMER = """
    WITH alice AS (
        SELECT s.utility_id, p.argon2 FROM subscriber s JOIN account a ON a.email = s.email
        JOIN password_hash p ON p.account_id = a.id WHERE s.number = '100001'
    ), billed AS (
        INSERT INTO subscriber (utility_id, number, name, email, address, postal_code, city, pays_by_direct_debit)
        SELECT utility_id, %(number)s, 'Nadia Moreau', %(email)s, '2 rue Basse', '59900', 'Clermont-sur-Lys', false
        FROM alice RETURNING id, utility_id
    ), opened AS (
        INSERT INTO account (email, name, created_at, activated_at)
        VALUES (%(email)s, 'Nadia Moreau', now(), now()) RETURNING id
    ), held AS (
        INSERT INTO account_subscriber (account_id, subscriber_id, hold)
        SELECT opened.id, billed.id, 'titulaire' FROM opened, billed
    ), known AS (
        INSERT INTO password_hash (account_id, argon2, changed_at) SELECT opened.id, argon2, now() FROM opened, alice
    )
    INSERT INTO invoice (utility_id, subscriber_id, number, kind, subject, issued_on, due_on, is_disputed,
        amount_cents, billed_paid_cents, settled_cents)
    SELECT utility_id, id, 'N-' || %(number)s, 'facture', 'Eau', '2026-10-01', '2026-11-01', false, 24311, 0, 0
    FROM billed
"""


@pytest.fixture
def somebody(demo_database: str) -> str:
    """The address of a subscriber whose account this test may change as it likes; the password is everybody's."""
    number = str(next(_numbers))
    email = f"nadia.{number}@example.fr"
    with psycopg.connect(demo_database) as connection:
        connection.execute(NEWCOMER, {"number": number, "email": email})
    return email


async def test_paper_stops_in_the_manuals_words_and_comes_back_by_one_click(page: Page, somebody: str):
    await sign_in(page, somebody, HOME)
    await page.get_by_role("button", name="Ne pas recevoir les factures au format papier").click()
    dialog = page.get_by_role("dialog", name="Confirmation")
    await expect(dialog).to_contain_text("Vous avez demandé à ne plus recevoir les factures au format papier.")
    await expect(dialog).to_contain_text("un message électronique sera automatiquement envoyé au service concerné.")
    await dialog.get_by_role("button", name="Annuler").click()
    await expect(page.get_by_text("Vos factures vous sont envoyées au format papier")).to_be_visible()

    await page.get_by_role("button", name="Ne pas recevoir les factures au format papier").click()
    await page.get_by_role("button", name="Confirmer").click()
    await expect(page.get_by_text("Vous ne recevez plus vos factures au format papier")).to_be_visible()

    await page.get_by_role("button", name="Recevoir à nouveau les factures au format papier").click()
    await expect(page.get_by_text("Vos factures vous sont envoyées au format papier depuis")).to_be_visible()
    await page.goto("/demo/courrier")
    await expect(page.locator("article", has_text="contact@example.fr").first).to_contain_text("au format papier")


async def test_a_new_address_is_validated_by_its_link_and_signs_in(
    page: Page, open_browser: OpenBrowser, somebody: str
):
    chosen = f"nouvelle.{somebody}"
    await sign_in(page, somebody, HOME)
    await page.get_by_role("link", name="Changer l'adresse mail").click()
    await page.get_by_label("Nouvelle adresse mail").fill(chosen)
    await page.get_by_label("Mot de passe actuel", exact=True).fill(PASSWORD)
    await page.get_by_role("button", name="Valider").click()
    await expect(page.get_by_text(f"Un message vient d’être envoyé à {chosen}.")).to_be_visible()

    await page.goto("/demo/courrier")
    await page.locator("article", has_text=chosen).get_by_role("link", name=re.compile("adresse-mail")).first.click()
    await expect(page).to_have_url(re.compile("/adresse-mail$"))  # the secret has left the address bar
    await page.get_by_role("button", name="Valider ma nouvelle adresse").click()
    await expect(page.get_by_text(f"Votre adresse mail est maintenant {chosen}.")).to_be_visible()

    elsewhere = await sign_in(await open_browser(), chosen, HOME)
    await expect(elsewhere.get_by_text(chosen).first).to_be_visible()


async def test_a_password_is_changed_with_advice_as_it_is_typed(page: Page, somebody: str):
    await sign_in(page, somebody, f"{HOME}/mot-de-passe")
    await page.get_by_label("Mot de passe actuel", exact=True).fill("faux")
    await page.get_by_label("Nouveau mot de passe", exact=True).fill("court")
    await expect(page.get_by_text("Solidité : faible")).to_be_visible()
    await choose(page, "Fontaine-2047-Ocre")
    await expect(page.get_by_text("Le mot de passe actuel est incorrect.")).to_be_visible()
    await expect(page.get_by_label("Mot de passe actuel", exact=True)).to_be_focused()

    await page.get_by_label("Mot de passe actuel", exact=True).fill(PASSWORD)
    await choose(page, "Fontaine-2047-Ocre")
    await expect(page.get_by_text("Le nouveau mot de passe a été enregistré avec succès.")).to_be_visible()


async def test_what_billing_owns_is_asked_for_and_decided_field_by_field(page: Page, chloe_page: Page, somebody: str):
    await sign_in(page, somebody, HOME)
    await page.get_by_role("link", name="Modifier mes informations").click()
    await page.get_by_label("Adresse", exact=True).fill("3 rue <b>Haute</b>")
    await page.get_by_label("Téléphone", exact=True).fill("06 12 34 56 78")
    await page.get_by_role("button", name="Envoyer la demande").click()
    number = await page.get_by_text(re.compile(r"Votre demande D\d+-\d+ est envoyée")).inner_text()
    number = re.search(r"D\d+-\d+", number)[0]

    await chloe_page.goto(f"/agent/demandes/{number}")
    address = chloe_page.get_by_role("row", name=re.compile("Adresse"))
    await expect(address).to_contain_text("3 rue <b>Haute</b>")
    await address.get_by_role("button", name="Refuser").click()
    await chloe_page.get_by_label("Motif du refus").fill("Cette rue n’existe pas.")
    await chloe_page.get_by_role("button", name="Refuser la modification").click()
    phone = chloe_page.get_by_role("row", name=re.compile("Téléphone"))
    await phone.get_by_role("button", name="Accepter").click()
    await expect(phone).to_contain_text("Acceptée")

    await page.goto(HOME)
    await expect(page.get_by_role("row", name=re.compile("Téléphone"))).to_contain_text("Acceptée")
    await expect(page.get_by_role("row", name=re.compile("Adresse"))).to_contain_text("Cette rue n’existe pas.")
    await page.goto(f"{HOME}/sessions")
    await expect(page.get_by_text(f"Demande {number}")).to_be_visible()


async def test_a_copy_of_ones_data_is_made_and_downloaded(page: Page, somebody: str, tmp_path):
    await sign_in(page, somebody, f"{HOME}/mes-donnees")
    await page.get_by_role("button", name="Demander une copie de mes données").click()
    ready = page.get_by_role("link", name="Télécharger")
    await expect(ready).to_be_visible(timeout=60_000)
    async with page.expect_download() as started:
        await ready.click()
    file = tmp_path / "copie.zip"
    await (await started.value).save_as(file)
    names = zipfile.ZipFile(file).namelist()
    assert {"donnees/compte.json", "donnees/factures.csv"} <= set(names)
    assert [name for name in names if name.startswith("factures/") and name.endswith(".pdf")]


async def test_somebody_is_let_in_and_out_again(page: Page, bruno_page: Page, somebody: str):
    await sign_in(page, somebody, f"{HOME}/personnes-autorisees")
    await page.get_by_label("Son adresse mail").fill("bruno@example.fr")
    await page.get_by_role("button", name="Envoyer l’invitation").click()
    await expect(page.get_by_text("Une invitation vient d’être envoyée")).to_be_visible()

    await bruno_page.goto(f"{HOME}/personnes-autorisees")
    await bruno_page.get_by_role("button", name="Accepter").click()
    await expect(bruno_page.get_by_role("button", name="Ne plus y avoir accès")).to_be_visible()

    await page.reload()
    await page.get_by_role("button", name="Retirer l’accès").click()
    await expect(page.get_by_text("n’a plus accès à votre abonnement")).to_be_visible()
    await bruno_page.reload()
    await expect(bruno_page.get_by_role("heading", level=1)).to_be_visible()
    await expect(bruno_page.get_by_role("button", name="Ne plus y avoir accès")).to_have_count(0)


async def test_a_refused_message_stays_refused(page: Page, somebody: str):
    await sign_in(page, somebody, f"{HOME}/messages")
    await page.get_by_label("Nouvelle facture").uncheck()
    await expect(page.get_by_text("Votre choix est enregistré.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Nouvelle facture")).not_to_be_checked()
    await expect(page.get_by_label("Échéance proche")).to_be_checked()


@pytest.mark.parametrize("path", PAGES)
async def test_nothing_overflows_on_a_telephone(alice_page: Page, path: str):
    await alice_page.set_viewport_size({"width": 360, "height": 800})
    await alice_page.goto(HOME + path)
    await expect(alice_page.get_by_role("heading", level=1)).to_be_visible()
    await expect(alice_page.get_by_text("Chargement en cours")).to_have_count(0)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert await alice_page.evaluate(wide) <= 0


async def choose(page: Page, password: str) -> None:
    await page.get_by_label("Nouveau mot de passe", exact=True).fill(password)
    await page.get_by_label("Confirmation", exact=True).fill(password)
    await page.get_by_role("button", name="Enregistrer").click()


@pytest.mark.parametrize("path", PAGES)
async def test_no_accessibility_rule_is_broken(alice_page: Page, path: str):
    await alice_page.goto(HOME + path)
    await expect(alice_page.get_by_text("Chargement en cours")).to_have_count(0)
    await expect(alice_page.locator("button[type=submit]:disabled")).to_have_count(0)

    found = await Axe().run(alice_page)

    broken = [f"{rule['id']}: {rule['nodes'][0]['html']}" for rule in found.response["violations"]]
    assert broken == []
