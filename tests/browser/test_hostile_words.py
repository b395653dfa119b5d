"""HTML, Markdown and scripts typed into every text field: on both sides they are words, as they were typed."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from playwright.async_api import Page, expect

HOSTILE = (
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script> **gras** [lien](javascript:hacked=1) {{7*7}}'
)
SHORT = "<b onmouseover=hacked=1>**x**</b>"
pytestmark = pytest.mark.usefixtures("clean_afterwards")


@pytest.fixture
def clean_afterwards(demo_database: str) -> Iterator[None]:
    """The subscriber's name and the types of requests are as the other journeys know them."""
    with psycopg.connect(demo_database, autocommit=True) as database:
        names = database.execute("SELECT id, name, address FROM subscriber").fetchall()
        (last,) = database.execute("SELECT max(id) FROM request_type").fetchone() or (0,)
        yield
        for key, name, address in names:
            database.execute("UPDATE subscriber SET name = %s, address = %s WHERE id = %s", (name, address, key))
        database.execute("UPDATE request_type SET is_active = false WHERE id > %s", (last,))


async def test_a_request_its_thread_and_its_notes(alice_page: Page, chloe_page: Page):
    await alice_page.goto("/demandes/nouvelle?type=autre")
    await alice_page.get_by_label("Objet").fill(SHORT)
    await alice_page.get_by_label("Votre demande").fill(HOSTILE)
    await alice_page.get_by_role("button", name="Envoyer", exact=True).click()
    await alice_page.wait_for_url(re.compile(r"/demandes/D\d{4}-\d+"))
    number = alice_page.url.partition("?")[0].rpartition("/")[2]
    await expect_words(alice_page, HOSTILE, SHORT)

    await chloe_page.goto(f"/agent/demandes/{number}")
    await expect_words(chloe_page, HOSTILE, SHORT)
    await chloe_page.get_by_label("Note pour les agents").fill(f"note {HOSTILE}")
    await chloe_page.get_by_role("button", name="Ajouter la note").click()
    await expect_words(chloe_page, f"note {HOSTILE}")
    await chloe_page.get_by_label("Votre réponse").fill(f"réponse {HOSTILE}")
    await chloe_page.get_by_role("button", name="Envoyer à l’abonné").click()
    await expect_words(chloe_page, f"réponse {HOSTILE}")
    await expect_words(alice_page, f"réponse {HOSTILE}")
    await alice_page.get_by_label("Votre message").fill(f"message {HOSTILE}")
    await alice_page.get_by_role("button", name="Envoyer", exact=True).click()
    await expect_words(chloe_page, f"message {HOSTILE}")

    for page, path in ((alice_page, "/demandes"), (chloe_page, "/agent/demandes")):
        await page.goto(path)
        await expect(page.get_by_role("link", name=number)).to_be_visible()
        await expect_words(page, HOSTILE[:60])


async def test_the_message_of_the_contact_page(alice_page: Page, chloe_page: Page):
    await alice_page.goto("/contact")
    await alice_page.get_by_label("Votre message").fill(f"contact {HOSTILE}")
    await alice_page.get_by_role("button", name="Envoyer", exact=True).click()
    await alice_page.wait_for_url(re.compile(r"/demandes/D\d{4}-\d+"))
    await expect_words(alice_page, f"contact {HOSTILE}")
    await chloe_page.goto(f"/agent/demandes/{alice_page.url.partition('?')[0].rpartition('/')[2]}")
    await expect_words(chloe_page, f"contact {HOSTILE}")


async def test_personal_data_the_reason_of_a_refusal_and_what_was_accepted(bruno_page: Page, chloe_page: Page):
    await bruno_page.goto("/donnees-personnelles")
    await bruno_page.get_by_role("link", name="Modifier mes informations").first.click()
    await bruno_page.get_by_label("Nom").fill(SHORT)
    await bruno_page.get_by_label("Adresse", exact=True).fill(f"{SHORT} rue")
    await bruno_page.get_by_role("button", name=re.compile("Envoyer|Demander|Enregistrer")).click()
    number = re.search(r"D\d{4}-\d+", await bruno_page.get_by_text(re.compile(r"D\d{4}-\d+")).first.inner_text())
    assert number is not None

    await chloe_page.goto(f"/agent/demandes/{number.group()}")
    await expect_words(chloe_page, SHORT)
    await chloe_page.get_by_role("button", name="Accepter").first.click()
    await expect(chloe_page.get_by_text("La modification est acceptée.")).to_be_visible()
    await chloe_page.get_by_role("button", name="Refuser").first.click()
    await chloe_page.get_by_label(re.compile("Motif|Pourquoi")).fill(f"refus {SHORT}")
    await chloe_page.get_by_role("button", name=re.compile("Refuser|Confirmer")).last.click()
    await bruno_page.goto("/donnees-personnelles")
    await expect_words(bruno_page, f"refus {SHORT}")
    for path in ("/", "/contact", "/factures", "/demandes"):
        await bruno_page.goto(path)
        await expect_unharmed(bruno_page)
    for path in ("/agent/demandes?etat=toutes", "/agent/papier?onglet=choix", "/agent/demandes/nouvelle?recherche=<b"):
        await chloe_page.goto(path)
        await expect_words(chloe_page, SHORT)
    await chloe_page.goto("/agent/journal")
    await expect_unharmed(chloe_page)


async def test_a_type_of_request_and_its_questions(alice_page: Page, chloe_page: Page):
    await chloe_page.goto("/agent/types-de-demande")
    await chloe_page.get_by_label("Nom").fill(SHORT)
    await chloe_page.get_by_role("button", name="Créer").click()
    await chloe_page.get_by_label("Proposée aux abonnés").check()
    await chloe_page.get_by_label(re.compile("avant d’écrire|Texte lu")).fill(f"conseil {HOSTILE}")
    await chloe_page.get_by_role("button", name="Enregistrer").first.click()
    await expect(chloe_page.get_by_text("Le type de demande est enregistré.")).to_be_visible()
    await alice_page.goto("/demandes/nouvelle")
    await alice_page.get_by_role("link", name=SHORT).click()
    await expect_words(alice_page, f"conseil {HOSTILE}")


async def expect_words(page: Page, *typed: str) -> None:
    """They are read as they were typed, and did nothing."""
    for words in typed:
        await expect(page.get_by_text(words).first).to_be_visible()
    await expect_unharmed(page)


async def expect_unharmed(page: Page) -> None:
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_text("Chargement en cours")).to_have_count(0)
    assert await page.evaluate("window.hacked") is None
    assert await page.locator("img[src=x], b[onmouseover], a[href^=javascript]").count() == 0
