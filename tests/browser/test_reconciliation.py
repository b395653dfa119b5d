"""The treasury's statement beside the portal's payments, as Chloé goes through it."""

import csv
import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.browser.test_payment import begin_payment, expect_fit, open_selection, pay_at_payfip
from tests.portal import Portal, run_portail

HEADER = "collectivite;reference_paiement;date_paiement;montant;autorisation"
pytestmark = pytest.mark.usefixtures("bruno_owes")


async def test_a_difference_with_the_statement_is_found_explained_and_exported(
    bruno_page: Page, chloe_page: Page, portal: Portal, demo_database: str, tmp_path: Path
):
    number = await open_selection(bruno_page)
    await begin_payment(bruno_page, number)
    await pay_at_payfip(bruno_page, "P")
    await expect(bruno_page.get_by_text("Votre paiement a bien été reçu.")).to_be_visible()
    refdet = re.sub(r"\D", "", number)
    today = await bruno_page.evaluate("new Date().toLocaleDateString('fr-FR', {timeZone: 'Europe/Paris'})")

    await chloe_page.goto("/agent/rapprochement?onglet=en-attente")
    await expect(chloe_page.get_by_role("row").filter(has_text=number)).to_contain_text("Relevé à venir")

    statement = tmp_path / "releve.csv"
    statement.write_text(f"{HEADER}\ndemo;{refdet};{today};1,00;\ndemo;INCONNU42;{today};42,00;\n")
    run_portail("import", str(statement), DATABASE_URL=demo_database, PORTAL_DATA=str(tmp_path))
    await chloe_page.goto("/agent")
    await expect(chloe_page.get_by_text(re.compile(r"^\d+ écarts attendent une explication\."))).to_be_visible()
    await chloe_page.get_by_role("link", name="Rapprochement").click()
    await expect(chloe_page.get_by_role("row").filter(has_text=number)).to_contain_text("Montant différent")
    await expect_fit(chloe_page)

    unknown = chloe_page.get_by_role("row").filter(has_text="INCONNU42")
    await unknown.get_by_text("Expliquer").click()
    await unknown.get_by_label("Explication de l’écart").fill("Virement reçu par erreur")
    await expect_fit(chloe_page)
    await unknown.get_by_role("button", name="Enregistrer").click()
    await expect(chloe_page.get_by_text("L’explication est enregistrée.")).to_be_visible()
    await expect(unknown).to_have_count(0)

    await chloe_page.get_by_role("link", name="Écarts expliqués").click()
    await expect(unknown).to_contain_text("Virement reçu par erreur")
    async with chloe_page.expect_download() as downloading:
        await chloe_page.get_by_role("link", name="Exporter (CSV)").click()
    exported = (await (await downloading.value).path()).read_text("utf-8-sig")
    lines = {line["reference"]: line["explication"] for line in csv.DictReader(exported.splitlines(), delimiter=";")}
    assert lines["INCONNU42"] == "Virement reçu par erreur"


async def test_a_statement_is_sent_on_the_page_seen_first_and_then_written(chloe_page: Page, tmp_path: Path):
    statement = tmp_path / "relevé du jour.csv"
    statement.write_text(f"{HEADER}\ndemo;DEPOT77;01/11/2026;77,00;\nailleurs;DEPOT78;01/11/2026;78,00;\n")
    await chloe_page.goto("/agent/rapprochement")
    await chloe_page.get_by_text("Importer un relevé").click()
    await chloe_page.get_by_role("button", name="Choisir le relevé").click()
    dialog = chloe_page.get_by_role("dialog", name="Relevé de la trésorerie")
    await dialog.get_by_label("Parcourir").set_input_files(statement)
    await dialog.get_by_role("button", name="Envoyer").click()

    await expect(chloe_page.get_by_text("essai, rien n’est encore enregistré")).to_be_visible()
    await expect(chloe_page.get_by_role("row").filter(has_text="ailleurs")).to_be_visible()
    await expect_fit(chloe_page)
    await chloe_page.get_by_role("button", name="Enregistrer", exact=True).first.click()
    await expect(chloe_page.get_by_text("1 ligne enregistrée, 1 refusée.")).to_be_visible()
    await expect(chloe_page.get_by_role("row").filter(has_text="DEPOT77")).to_contain_text("Absent du portail")
