"""/paiement, as it reads: what can be chosen, what it comes to, and why something cannot be paid."""

import pytest

from models import InvoiceRow
from portail_app.services.payability import SUSPENDED
from portail_app.services.payables import Payable
from portail_app.states.payment_choice import PaymentChoiceState
from portail_app.states.site import SiteState
from tests.factories import TODAY
from tests.screens import hold, page, tab_of

CHOICE = "/paiement"


async def test_each_invoice_says_its_day_its_number_and_what_remains_of_it():
    table = page(CHOICE, await choosing(payable(1, billed_paid_cents=10000))).only("table")

    assert table.said("th", scope="col") == ["Sélection", "Date", "Numéro", "Montant à régler"]
    assert [cell.words() for cell in table.only("tbody").only("tr").children] == ["", "22/11/2026", "F1", "143,11 €"]


async def test_a_chosen_line_is_ticked_said_and_counted_with_the_others():
    tab = await choosing(payable(1), payable(2), payable(3), selected=(1, 3), total_cents=48622)
    seen = page(CHOICE, tab).only("main")

    assert [line.properties["aria_selected"] for line in seen.only("tbody").every("tr")] == ["true", "false", "true"]
    assert [tick.properties["checked"] for tick in seen.every("input")] == ["true", "false", "true"]
    assert [tick.properties["aria_label"] for tick in seen.every("input")] == ["Facture F1", "Facture F2", "Facture F3"]
    aside = seen.only("aside")
    assert aside.said("li") == ["F1", "F3"]
    assert aside.said("p", className="total-line") == ["Nombre de factures :2", "Montant à régler :486,22 €"]


async def test_a_press_on_a_line_chooses_that_invoice():
    lines = page(CHOICE, await choosing(payable(1), payable(2))).only("tbody").every("tr")
    assert [line.properties["onClick"] for line in lines] == [
        [{"name": "toggle", "payload": {"invoice_id": 1}}],
        [{"name": "toggle", "payload": {"invoice_id": 2}}],
    ]


async def test_before_anything_is_chosen_one_is_told_how_to():
    aside = page(CHOICE, await choosing(payable(1))).only("aside")

    assert "Cliquez sur une facture pour la choisir." in aside.words()
    assert not aside.every("button")
    assert aside.links()["Fermer"] == "/factures"


async def test_the_button_pays_what_was_chosen_and_sends_no_amount():
    aside = page(CHOICE, await choosing(payable(1), selected=(1,), total_cents=24311)).only("aside")
    assert aside.pressed("Payer la facture") == ("pay", {})


async def test_an_invoice_that_cannot_be_paid_says_why_and_has_no_box():
    seen = page(CHOICE, await choosing(payable(1, "Cette facture est en trésorerie."), payable(2))).only("tbody")

    assert [tick.properties["aria_label"] for tick in seen.every("input")] == ["Facture F2"]
    assert seen.said("th") == ["F1 Cette facture est en trésorerie.", "F2"]
    assert not seen.links()


async def test_a_payment_that_was_begun_is_one_click_away():
    seen = page(CHOICE, await choosing(payable(1, "Un paiement est en cours.", "PORTAIL7"))).only("tbody")
    assert seen.links() == {"Reprendre ou abandonner ce paiement": "/paiement/PORTAIL7"}


@pytest.mark.parametrize(("suspended", "is_open"), [((), True), ((8,), True), ((7,), False)])
async def test_a_suspension_closes_what_is_chosen_already(suspended, is_open):
    tab = await choosing(payable(1), selected=(1,), total_cents=24311, utility_id=7)
    await hold(tab, SiteState, suspended_utility_ids=suspended)
    seen = page(CHOICE, tab).only("main")

    assert bool(seen.every("input")) is is_open
    assert [each.words() for each in seen.only("aside").every("button")] == ["Payer la facture"] * is_open
    assert (SUSPENDED in seen.only("aside").words()) is (SUSPENDED in seen.only("tbody").words()) is not is_open


async def test_a_refusal_is_read_out_above_the_choice():
    seen = page(CHOICE, await choosing(payable(1), refusal="Le montant a changé."))
    assert seen.only("div", role="alert").words() == "Le montant a changé."


async def test_who_owes_nothing_is_up_to_date():
    seen = page(CHOICE, await choosing()).only("main")

    assert seen.said("h2") == ["Aucune facture à régler"]
    assert seen.links()["Voir mes factures"] == "/factures"


async def choosing(*payables: Payable, **values: object) -> PaymentChoiceState:
    return await tab_of(PaymentChoiceState, payables=payables, is_loaded=True, **values)


def payable(id: int, obstacle: str = "", resume: str = "", **values: object) -> Payable:
    known = {"utility_id": 7, "subscriber_id": 1, "issued_on": TODAY, "due_on": TODAY}
    return Payable(InvoiceRow(id=id, number=f"F{id}", amount_cents=24311, **known, **values), True, obstacle, resume)
