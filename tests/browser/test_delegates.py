"""A delegate who may only see, in a real browser: everything is read, and nothing is offered that would be refused."""

import psycopg
import pytest
from playwright.async_api import Page, expect

from models import Hold
from tests.browser.conftest import sign_in

ONLY = "Seul le titulaire de l’abonnement, ou un délégué qui peut payer, peut "
DANIEL = "daniel@example.fr"
FLAT = "C100001B"


@pytest.fixture
def daniel(demo_database: str) -> str:
    """He sees what is Alice's, with the password of the demonstration."""
    with psycopg.connect(demo_database) as connection:
        found = connection.execute(
            """INSERT INTO account (email, name, created_at, activated_at)
            VALUES (%s, 'Daniel Roux', now(), now()) RETURNING id""",
            [DANIEL],
        )
        (account_id,) = found.fetchone()
        connection.execute(
            """INSERT INTO password_hash (account_id, argon2, changed_at)
            SELECT %s, argon2, now() FROM password_hash JOIN account ON account.id = account_id
            WHERE email = 'bruno@example.fr'""",
            [account_id],
        )
        connection.execute(
            """INSERT INTO account_subscriber (account_id, subscriber_id, hold)
            SELECT %s, id, %s FROM subscriber WHERE email = 'alice@example.fr'""",
            [account_id, Hold.MAY_SEE.value],
        )
    return DANIEL


async def test_who_may_only_see_reads_everything_and_is_offered_nothing(page: Page, daniel: str):
    await sign_in(page, daniel, f"/contrats/{FLAT}")
    await expect(page.get_by_text(f"{ONLY}transmettre une relève.")).to_be_visible()
    await expect(page.get_by_label("Index", exact=True)).to_have_count(0)

    await page.goto("/contrats/C100001/fuite")
    await expect(page.get_by_role("heading", name="Fuite d’eau")).to_be_visible()
    await expect(page.get_by_text("Volume relevé")).to_be_visible()
    await expect(page.get_by_role("button", name="Transmettre l’attestation")).to_have_count(0)

    await page.goto("/demandes")
    await expect(page.get_by_text(f"{ONLY}faire une demande.")).to_be_visible()
    await expect(page.get_by_role("link", name="Nouvelle demande")).to_have_count(0)
    await page.get_by_role("table").get_by_role("link").first.click()
    await expect(page.get_by_text(f"{ONLY}y répondre ou l’annuler.")).to_be_visible()
    await expect(page.get_by_label("Votre message")).to_have_count(0)
    await expect(page.get_by_role("button", name="Annuler la demande")).to_have_count(0)

    await page.goto("/contact")
    await expect(page.get_by_text(f"{ONLY}écrire au service.")).to_be_visible()
    await expect(page.get_by_text("Informations générales")).to_be_visible()
    await expect(page.get_by_role("button", name="Envoyer")).to_have_count(0)

    await page.goto("/documents")
    await page.get_by_role("treeitem", name="Pièces transmises").first.click()
    await expect(page.get_by_text(f"{ONLY}y ajouter un fichier.")).to_be_visible()
    await expect(page.get_by_role("button", name="Ajouter fichier")).to_have_count(0)
    await expect(page.get_by_text("un dossier pour ajouter un document")).to_have_count(0)

    await page.goto("/donnees-personnelles")
    await expect(page.get_by_text("Seul son titulaire peut modifier ces informations.")).to_be_visible()
    await expect(page.get_by_role("link", name="Modifier mes informations")).to_have_count(0)
