"""/factures and /factures/[numero], as they read: one word for where each invoice stands, and what can be done."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from models import Invoice, InvoiceKind, InvoiceLine, InvoiceRow
from portail_app.services.payability import SUSPENDED
from portail_app.states.billed import BilledState
from portail_app.states.invoice import InvoiceState
from portail_app.states.invoices import InvoicesState, Tab
from portail_app.states.site import SiteState
from tests.factories import TODAY
from tests.screens import Shown, hold, page, tab_of

LIST, ONE = "/factures", "/factures/[numero]"
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
LINKS = {"all": "/factures", "previous": "", "next": "", "date": "/factures?tri=date"}
STATUSES = [
    ({}, "À régler", "info"),
    ({"due_on": TODAY}, "À régler", "info"),
    ({"due_on": YESTERDAY}, "En retard", "warning"),
    ({"billed_paid_cents": 10000}, "Reste 143,11 €", "info"),
    ({"billed_paid_cents": 1}, "Reste 243,10 €", "info"),
    ({"billed_paid_cents": 24310, "due_on": YESTERDAY}, "Reste 0,01 €", "info"),
    ({"debited_on": TOMORROW}, "Prélèvement le 23/11/2026", "info"),
    ({"debited_on": TOMORROW, "billed_paid_cents": 10000}, "Prélèvement le 23/11/2026", "info"),
    ({"debited_on": TOMORROW, "is_disputed": True}, "En réclamation", "neutral"),
    ({"is_disputed": True, "due_on": YESTERDAY}, "En réclamation", "neutral"),
    ({"billed_paid_cents": 24311, "is_disputed": True}, "Réglée", "success"),
    ({"settled_cents": 24311, "due_on": YESTERDAY}, "Réglée", "success"),
    ({"sent_to_treasury_on": YESTERDAY, "is_disputed": True}, "En trésorerie", "danger"),
    ({"sent_to_treasury_on": YESTERDAY, "billed_paid_cents": 24311}, "Réglée", "success"),
    ({"kind": InvoiceKind.CREDIT_NOTE, "amount_cents": -500}, "Avoir", "neutral"),
]


@pytest.mark.parametrize(("values", "word", "tone"), STATUSES)
async def test_one_word_says_where_an_invoice_stands_the_most_useful_first(values, word, tone):
    tab = await listed(an_invoice(**values))
    (badge,) = badges_of(page(LIST, tab).only("tbody"))

    assert badge.words() == word
    assert badge.properties["className"] == f"badge badge-{tone}"


@pytest.mark.parametrize(("values", "word", "tone"), STATUSES)
async def test_an_invoice_of_its_own_page_bears_the_word_of_the_list(values, word, tone):
    tab = await looked_at(**values)
    assert badges_of(page(ONE, tab).only("main"))[0].words() == word


async def test_a_line_says_what_the_manual_shows_and_leads_to_its_invoice():
    tab = await listed(an_invoice(issued_on=date(2017, 7, 10), due_on=date(2017, 7, 21)))
    table = page(LIST, tab).only("table")

    assert table.said("th", scope="col") == ["Date", "Echéance", "Montant", "Numéro", "Objet", "État"]
    (line,) = table.only("tbody").every("tr")
    assert [cell.words() for cell in line.children] == [
        *("10/07/2017", "21/07/2017", "243,11 €", "2017-020-002059", "Multi Services", "En retard"),
    ]
    assert line.links() == {"2017-020-002059": "/factures/2017-020-002059"}


@pytest.mark.parametrize("zone", ["Europe/Paris", "Pacific/Noumea", "America/Guadeloupe", "Pacific/Kiritimati"])
async def test_an_invoice_is_late_on_the_same_day_wherever_its_reader_is(zone):
    tab = await listed(an_invoice(due_on=TODAY), an_invoice(due_on=YESTERDAY))
    assert [badge.words() for badge in badges_of(page(LIST, tab, zone).only("tbody"))] == ["À régler", "En retard"]


async def test_the_lines_keep_the_order_of_the_server():
    tab = await listed(*(an_invoice(number=number) for number in ("b", "c", "a")))
    assert page(LIST, tab).only("tbody").said("th") == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("which", "title"),
    [
        (Tab.UNPAID, "Aucune facture à régler"),
        (Tab.PAID, "Aucune facture réglée"),
        (Tab.AT_TREASURY, "Aucune facture en trésorerie"),
    ],
)
async def test_each_empty_tab_says_what_will_be_there(which, title):
    seen = page(LIST, await listed(which=which))
    assert seen.said("h2") == [title]
    assert not seen.every("table")


@pytest.mark.parametrize("narrowed", [{"search": "eau"}, {"year": "2017"}])
@pytest.mark.parametrize("which", Tab)
async def test_a_search_that_finds_nothing_never_says_that_nothing_is_owed(which, narrowed):
    seen = page(LIST, await listed(which=which, **narrowed)).only("main")

    assert seen.said("h2") == ["Aucune facture ne correspond"]
    assert seen.links()["Tout afficher"] == "/factures"


@pytest.mark.parametrize("which", Tab)
async def test_one_pays_from_the_tab_of_what_is_owed_alone(which):
    seen = page(LIST, await listed(an_invoice(), which=which))
    assert ("Payer mes factures" in seen.links()) is (which is Tab.UNPAID)


async def test_nothing_can_be_paid_where_nothing_is_owed():
    assert "Payer mes factures" not in page(LIST, await listed()).links()


@pytest.mark.parametrize("which", Tab)
async def test_the_treasury_is_explained_on_its_own_tab_in_the_manuals_words(which):
    said = "un avis de somme à payer sera transmis par courrier" in page(LIST, await listed(which=which)).words()
    assert said is (which is Tab.AT_TREASURY)


@pytest.mark.parametrize("which", Tab)
async def test_the_current_tab_is_said(which):
    tabs = page(LIST, await listed(which=which)).only("nav", aria_label="Factures").every("ReactRouterLink")
    assert [Tab(tab.properties["to"].partition("=")[2]) for tab in tabs] == list(Tab)
    assert [tab.properties["aria_current"] == "page" for tab in tabs] == [one is which for one in Tab]


async def test_only_the_sorted_column_says_its_direction():
    tab = await listed(an_invoice(), sorted="montant", direction="ascending")
    said = {each.words(): each.properties.get("aria_sort") for each in page(LIST, tab).every("th", scope="col")}

    assert said == {
        **dict.fromkeys(("Date", "Echéance", "Numéro", "Objet"), "none"),
        "Montant": "ascending",
        "État": None,
    }


async def test_the_neighbouring_pages_are_links_where_there_are_any():
    links = LINKS | {"previous": "/factures?page=1", "next": "/factures?page=3"}
    told = page(LIST, await listed(an_invoice(), links=links)).links()
    assert (told["Précédentes"], told["Suivantes"]) == ("/factures?page=1", "/factures?page=3")

    assert {"Précédentes", "Suivantes"}.isdisjoint(page(LIST, await listed(an_invoice())).links())


async def test_an_invoice_says_what_remains_and_what_was_paid():
    seen = page(ONE, await looked_at(billed_paid_cents=10000)).only("main")

    assert "Reste à régler 143,11 €" in seen.words()
    assert facts_of(seen) | {"Montant": "243,11 €", "Déjà réglé": "100,00 €"} == facts_of(seen)


async def test_a_paid_invoice_says_its_amount_and_no_remainder():
    seen = page(ONE, await looked_at(billed_paid_cents=24311))

    assert "Reste à régler" not in seen.words()
    assert seen.only("p", className="amount").words() == "243,11 €"


async def test_what_is_not_known_of_an_invoice_is_left_out():
    assert list(facts_of(page(ONE, await looked_at(subject="")))) == ["Numéro", "Date", "Echéance", "Montant"]


async def test_all_that_is_known_of_an_invoice_is_said():
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30), "online_until": TOMORROW}
    told = facts_of(page(ONE, await looked_at(**days, debited_on=TOMORROW, sent_to_treasury_on=YESTERDAY)))

    assert told["Période"] == "du 01/01/2026 au 30/06/2026"
    assert told["Paiement en ligne jusqu’au"] == told["Prélèvement le"] == "23/11/2026"
    assert told["Transmise en trésorerie le"] == "21/11/2026"


async def test_an_invoice_is_paid_by_its_own_address():
    assert page(ONE, await looked_at()).links()["Payer la facture"] == "/paiement?facture=2017-020-002059"


async def test_an_obstacle_takes_the_place_of_the_button():
    tab = await looked_at()
    tab.obstacle = "Cette facture est déjà réglée."
    seen = page(ONE, tab)

    assert "Cette facture est déjà réglée." in seen.words()
    assert "Payer la facture" not in seen.links()


@pytest.mark.parametrize(("suspended", "is_payable"), [((), True), ((8,), True), ((7,), False), ((8, 7), False)])
async def test_a_suspension_of_the_utility_that_bills_takes_the_button_away_and_no_other(suspended, is_payable):
    tab = await looked_at(utility_id=7)
    await hold(tab, SiteState, suspended_utility_ids=suspended)
    seen = page(ONE, tab).only("main")

    assert ("Payer la facture" in seen.links()) is is_payable
    assert (SUSPENDED in seen.words()) is not is_payable
    assert "Télécharger PDF" in seen.links()


async def test_a_bill_is_read_rubric_by_rubric_with_its_vat_by_rate():
    tab = await looked_at()
    tab.rubrics = {"Eau": [a_line("Abonnement", 2435)], "Assainissement": [a_line("Collecte", 8010, vat=1000)]}
    tab.totals, tab.vat_shares = {"net": 10445, "gross": 11380}, [{"basis_points": 550, "cents": 134}]
    seen = page(ONE, tab).only("main")

    assert seen.said("h2") == ["Eau", "Assainissement", "Total de la facture"]
    assert seen.said("tr")[1::2] == ["Abonnement 5,5 % 24,35 €", "Collecte 10 % 80,10 €"]
    assert seen.said("p", className="total-line") == ["Total HT104,45 €", "TVA 5,5 %1,34 €", "Total TTC113,80 €"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"quantity": Decimal(58), "unit": "m³", "unit_price": Decimal("1.23456")}, "Eau 58 m³ × 1,23456 €"),
        ({"quantity": Decimal("0.5"), "unit": "an", "unit_price": Decimal("40")}, "Eau 0,5 an × 40,00 €"),
        ({"quantity": Decimal(58), "unit": "m³"}, "Eau 58 m³"),
        ({"unit_price": Decimal("1.2")}, "Eau"),
        ({}, "Eau"),
    ],
)
async def test_a_line_says_how_much_at_what_price_as_far_as_billing_told(values, words):
    tab = await looked_at()
    tab.rubrics = {"Eau": [a_line("Eau", 100, **values)]}
    assert page(ONE, tab).only("tbody").said("th") == [words]


async def test_a_line_that_is_not_subject_to_vat_says_so():
    tab = await looked_at()
    tab.rubrics = {"Eau": [a_line("Redevance", 100, vat=0)]}
    assert page(ONE, tab).only("td", data_label="TVA").words() == "non soumis"


async def test_the_contracts_that_were_billed_are_one_click_away():
    tab = await looked_at()
    await hold(tab, BilledState, contracts=("C1", "C2"))
    told = page(ONE, tab).links()

    assert told["Consommation du contrat C1"] == "/contrats/C1"
    assert told["Consommation du contrat C2"] == "/contrats/C2"


async def test_an_invoice_that_is_not_there_shows_nothing_of_the_one_before():
    tab = await looked_at()
    tab.missing = "Facture introuvable."
    seen = page(ONE, tab).only("main")

    assert seen.said("h2") == ["Facture introuvable."]
    assert "243,11" not in seen.words()
    assert seen.links()["Voir mes factures"] == "/factures"


def an_invoice(made: type[InvoiceRow] = InvoiceRow, /, **values: object) -> InvoiceRow:
    usual = {"number": "2017-020-002059", "subject": "Multi Services", "amount_cents": 24311}
    days = {"issued_on": YESTERDAY, "due_on": TOMORROW}
    return made(**{"id": 1, "utility_id": 7, "subscriber_id": 1, **usual, **days, **values})


def a_line(label: str, cents: int, vat: int = 550, **values: object) -> InvoiceLine:
    values = {"invoice_id": 1, "position": 0, "rubric": "Eau", **values}
    return InvoiceLine(label=label, amount_cents=cents, vat_basis_points=vat, **values)


async def listed(*invoices: InvoiceRow, which: Tab = Tab.UNPAID, links: object = None, **filters: str) -> InvoicesState:
    shown = {"tab": which.value, "year": "", "search": "", "sorted": "date", "direction": "", "range": "", **filters}
    known = (links or LINKS) | {tab.value: f"/factures?onglet={tab}" for tab in Tab}
    values = {"filters": shown, "links": known, "today": TODAY, "is_loaded": True}
    return await tab_of(InvoicesState, invoices=invoices, **values)


async def looked_at(**values: object) -> InvoiceState:
    return await tab_of(InvoiceState, invoice=an_invoice(Invoice, **values), today=TODAY)


def badges_of(seen: Shown) -> list[Shown]:
    return [each for each in seen.every("span") if "badge" in each.properties.get("className", "")]


def facts_of(seen: Shown) -> dict[str, str]:
    return dict(zip(seen.said("dt"), seen.said("dd"), strict=True))
