"""The portal killed in the middle of a payment, as the payer sees it."""

import signal

import psycopg
import pytest
from playwright.async_api import Page, expect

from tests.browser.test_payment import begin_payment, open_selection, pay_at_payfip
from tests.portal import Portal

LOST = "Connexion interrompue."
pytestmark = pytest.mark.usefixtures("bruno_owes")


async def test_a_payment_goes_on_after_the_portal_was_killed_and_is_paid_once(
    bruno_page: Page, portal: Portal, demo_database: str
):
    number = await open_selection(bruno_page)
    await begin_payment(bruno_page, number)
    await bruno_page.wait_for_url("**/paiementws.web*")
    reference = await last_reference(demo_database)
    waiting = await bruno_page.context.new_page()
    await waiting.goto(f"/paiement/{reference}")
    await expect(waiting.get_by_role("heading", name="Vérification en cours")).to_be_visible()

    portal.stop(signal.SIGKILL)
    await expect(waiting.get_by_text(LOST)).to_be_visible()
    await expect(waiting.get_by_role("heading", name="Vérification en cours")).to_be_visible()

    portal.start_again()
    await expect(waiting.get_by_text(LOST)).to_have_count(0, timeout=30_000)
    await pay_at_payfip(bruno_page, "P")

    for page in (bruno_page, waiting):
        await expect(page.get_by_text("Votre paiement a bien été reçu.")).to_be_visible()
    assert await receipts(demo_database, reference) == 1
    await bruno_page.goto("/factures?onglet=reglees")
    await expect(bruno_page.get_by_role("row").filter(has_text=number)).to_contain_text("Réglée")


async def last_reference(database: str) -> str:
    return (await row(database, "SELECT reference FROM payment_attempt ORDER BY id DESC LIMIT 1"))[0]


async def receipts(database: str, reference: str) -> int:
    """Of all payments of the invoices that this one pays."""
    counted = (
        "SELECT count(*) FROM receipt WHERE attempt_id IN"
        " (SELECT attempt_id FROM payment_allocation WHERE invoice_id IN"
        " (SELECT invoice_id FROM payment_allocation p JOIN payment_attempt a ON a.id = p.attempt_id"
        " WHERE a.reference = %s))"
    )
    return (await row(database, counted, reference))[0]


async def row(database: str, query: str, *values: str) -> tuple:
    async with await psycopg.AsyncConnection.connect(database) as connection:
        found = await (await connection.execute(query, values)).fetchone()
    assert found is not None
    return found
