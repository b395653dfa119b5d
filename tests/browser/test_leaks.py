"""A leak from its warning to its decision, and a campaign, in real browsers."""

from playwright.async_api import FilePayload, Page, expect

from tests.services.leaks.files import photo

CERTIFICATE = FilePayload(name="attestation.jpg", mimeType="image/jpeg", buffer=photo())
NOT_ONE = FilePayload(name="attestation.pdf", mimeType="application/pdf", buffer=b"nothing of a PDF")


async def test_alice_is_warned_sends_a_certificate_and_chloe_grants_the_cap(alice_page: Page, chloe_page: Page):
    await alice_page.goto("/")
    await expect(alice_page.get_by_text("Une fuite d’eau est possible chez vous.")).to_be_visible()
    await alice_page.get_by_role("link", name="Que faire ?").first.click()
    await expect(alice_page.get_by_role("heading", name="Que faire ?")).to_be_visible()

    await send(alice_page, NOT_ONE)
    await expect(alice_page.get_by_text("Ce fichier n’est ni un PDF, ni une photo")).to_be_visible()
    await expect(alice_page.get_by_label("Entreprise de plomberie")).to_have_value("SARL Plomberie Lys")

    await alice_page.get_by_label("Attestation", exact=True).set_input_files(CERTIFICATE)
    await alice_page.get_by_role("button", name="Transmettre l’attestation").click()
    await expect(alice_page.get_by_text("Votre attestation est bien reçue.")).to_be_visible()
    await expect(alice_page.get_by_role("link", name="Attestation reçue le")).to_be_visible()

    await chloe_page.goto("/agent")
    await expect(chloe_page.get_by_text("1 dossier attend.")).to_be_visible()
    await chloe_page.goto("/agent/fuites")
    await chloe_page.get_by_role("link", name="C100001").click()
    await chloe_page.get_by_role("button", name="Accorder l’écrêtement").click()
    await expect(chloe_page.get_by_text("L’écrêtement est accordé, l’abonné est prévenu.")).to_be_visible()
    await expect(chloe_page.get_by_role("button", name="Accorder l’écrêtement")).to_have_count(0)

    await expect(alice_page.get_by_text("Le service a accordé l’écrêtement.")).to_be_visible()
    await expect(alice_page.get_by_text("Écrêtement accordé").first).to_be_visible()
    await expect(alice_page.get_by_role("button", name="Transmettre l’attestation")).to_have_count(0)


async def test_bruno_sees_nothing_of_his_neighbours_leak(bruno_page: Page):
    await bruno_page.goto("/contrats/C100001/fuite")

    await expect(bruno_page.get_by_text("Contrat introuvable.")).to_be_visible()
    await expect(bruno_page.get_by_text("m³")).to_have_count(0)


async def test_a_contract_shows_its_costs_and_the_bill_beside_each(alice_page: Page):
    await alice_page.goto("/contrats/C100001")
    panel = alice_page.locator("section", has=alice_page.get_by_role("heading", name="Coût de l’eau"))
    await expect(panel.get_by_text("Estimation", exact=True)).to_be_visible()
    billed = panel.get_by_role("row").nth(2)
    amount = await billed.get_by_role("cell").nth(1).inner_text()
    await expect(billed.get_by_role("cell").nth(2)).to_have_text(amount)

    await panel.get_by_text("Voir le détail d’une période").click()
    before = await panel.get_by_text("Total TTC estimé").last.locator("..").inner_text()
    await panel.get_by_label("Période").select_option("1")
    await expect(panel.get_by_text("Total TTC estimé").last.locator("..")).not_to_have_text(before)


async def test_chloe_launches_a_campaign_and_bruno_is_asked_to_read_his_meter(chloe_page: Page, bruno_page: Page):
    await chloe_page.goto("/agent/campagnes")
    await chloe_page.get_by_label("Titre, pour les agents").fill("Relève d’automne")
    await chloe_page.get_by_role("button", name="Continuer").click()
    await expect(chloe_page.get_by_text("par courriel à relever leur compteur")).to_be_visible()
    await chloe_page.get_by_role("button", name="Lancer la campagne").click()
    await expect(chloe_page.get_by_text("La campagne est lancée.")).to_be_visible()
    await expect(chloe_page.get_by_role("rowheader", name="Relève d’automne")).to_be_visible()

    await bruno_page.goto("/")
    await expect(bruno_page.get_by_text("Relevez votre compteur d’eau.")).to_be_visible()

    await chloe_page.get_by_role("button", name="Arrêter").click()
    await expect(chloe_page.get_by_text("La campagne est arrêtée.")).to_be_visible()


async def send(page: Page, file: FilePayload) -> None:
    await page.get_by_label("Où était la fuite ?").fill("Jardin, sous l’allée")
    await page.get_by_label("Réparée le").fill("2024-05-06")
    await page.get_by_label("Entreprise de plomberie").fill("SARL Plomberie Lys")
    await page.get_by_label("Attestation", exact=True).set_input_files(file)
    await page.get_by_role("button", name="Transmettre l’attestation").click()
