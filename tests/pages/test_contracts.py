"""/contrats and /contrats/[numero], as they read: supplies, meters, readings, and what was used."""

from datetime import UTC, date, datetime

import pytest

from models import Contract, DeliveryPoint, Meter, SentReading
from portail_app.services.billed import BilledRow
from portail_app.services.consumption_charts import Bar
from portail_app.services.contract_list import ContractRow
from portail_app.states.billed import BilledState
from portail_app.states.contract import ContractState
from portail_app.states.contract_costs import ContractCostsState, CostRow
from portail_app.states.contracts import ContractsState
from portail_app.states.reading_rows import ReadingRow
from portail_app.states.sent_readings import SentReadingsState
from tests.screens import Shown, hold, page, tab_of

LIST, ONE = "/contrats", "/contrats/[numero]"
SINCE, UNTIL = date(2026, 1, 1), date(2026, 6, 30)
AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "consumption"),
    [
        ({"known_on": UNTIL, "last_litres": 62_000, "last_days": 181}, "62 m³ 181 jours, au 30/06/2026"),
        ({"known_on": UNTIL, "last_litres": 350, "last_days": 1}, "0,4 m³ 1 jour, au 30/06/2026"),
        ({"known_on": UNTIL, "last_litres": 0, "last_days": 90}, "0 m³ 90 jours, au 30/06/2026"),
        ({}, "Pas encore de relève"),
    ],
)
async def test_a_contract_says_its_last_consumption_as_far_as_it_is_known(values, consumption):
    row = ContractRow("C1", "Eau", "3 rue Haute", "Lys", True, "A-1", **values)
    line = page(LIST, await tab_of(ContractsState, contracts=(row,), is_loaded=True)).only("tbody").only("tr")

    assert [cell.words() for cell in line.children] == ["C1", "Eau", "3 rue Haute", "A-1", consumption, "En cours"]
    assert line.links() == {"C1": "/contrats/C1"}


async def test_a_contract_that_is_over_says_so():
    row = ContractRow("C1", "Eau", "3 rue Haute", "Lys", is_open=False)
    tab = await tab_of(ContractsState, contracts=(row,), is_loaded=True)
    assert page(LIST, tab).only("td", data_label="État").words() == "Terminé"


async def test_who_has_no_contract_is_told_what_will_be_here():
    assert page(LIST, await tab_of(ContractsState, is_loaded=True)).only("main").said("h2") == ["Aucun contrat"]


async def test_what_is_known_of_a_supply_is_said_and_nothing_else():
    known = facts_of(await one(), "Contrat")
    assert known == {
        "Service": "Eau",
        "Adresse": "3 rue Haute 59900 Lys",
        "Point de livraison": "P1",
        "Depuis le": "01/01/2026",
    }

    ended = await one(contract={"ended_on": UNTIL, "tariff_code": "EAU"})
    assert facts_of(ended, "Contrat") == known | {"Tarif": "EAU", "Jusqu’au": "30/06/2026"}


@pytest.mark.parametrize(
    ("values", "title", "facts"),
    [
        ({}, "Compteur", {}),
        (
            {"removed_on": UNTIL, "removed_index_litres": 812_340},
            "Ancien compteur",
            {"Déposé le": "30/06/2026", "Index de dépose": "812,340 m³"},
        ),
        (
            {"removed_on": UNTIL, "removed_index_litres": 0},
            "Ancien compteur",
            {"Déposé le": "30/06/2026", "Index de dépose": "0 m³"},
        ),
        ({"diameter_mm": 15, "made_in": 2021}, "Compteur", {"Diamètre": "15 mm", "Année": "2021"}),
    ],
)
async def test_a_meter_says_what_is_written_on_it_and_what_it_showed_when_it_went(values, title, facts):
    seen = await one(meters=(a_meter(**values),))
    assert facts_of(seen, title) == {"N° de série": "A-1", "Posé le": "01/01/2026"} | facts


async def test_a_meter_that_is_read_from_afar_says_so_and_asks_for_nothing():
    seen = await one(meters=(a_meter(is_telemetered=True),), words={"reads": "de loin"})

    assert "Télérelevé" in seen.words()
    assert "Ce compteur est relevé à distance : vous n’avez rien à transmettre." in seen.words()
    assert not [form for form in seen.every("form") if "onSubmit" in form.properties]


async def test_a_meter_that_was_removed_asks_for_no_reading():
    assert "Transmettre" not in [button.words() for button in (await one(words={"reads": ""})).every("button")]


@pytest.mark.parametrize("count", [0, 1, 8, 9])
async def test_the_newest_readings_are_in_sight_and_the_others_folded(count):
    seen = await one(readings=tuple(a_reading(date(2026, 6, 30 - place)) for place in range(count)))
    folded = [each for each in seen.every("details") if each.said("summary") == ["Relèves plus anciennes"]]
    days = [cell.words() for cell in seen.every("th", data_label="Relevée le")]

    assert days == [f"{30 - place:02}/06/2026" for place in range(count)]
    assert len(folded) == (count > 8)
    assert ("Aucune relève pour l’instant : la première apparaîtra ici." in seen.words()) is (count == 0)


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        ("relevee", "Relevée"),
        ("estimee", "Estimée"),
        ("transmise", "Transmise"),
        ("telerelevee", "Télérelevée"),
    ],
)
async def test_a_reading_says_where_it_comes_from(kind, word):
    seen = await one(readings=(a_reading(kind=kind, comment="Sous la trappe"),))
    assert seen.only("td", data_label="Nature").words() == f"{word} Sous la trappe"


async def test_a_reading_was_received_on_its_day_in_paris_or_nobody_knows_when():
    seen = await one(readings=(a_reading(received_at=AT), a_reading()))
    assert [cell.words() for cell in seen.every("td", data_label="Reçue le")] == ["01/07/2026", "—"]


async def test_only_where_a_meter_took_the_place_of_another_each_reading_names_its_own():
    alone = await one(readings=(a_reading(),), meters=(a_meter(),))
    both = await one(readings=(a_reading(),), meters=(a_meter(),) * 2)

    assert alone.only("td", data_label="Index").words() == "812,340 m³"
    assert both.only("td", data_label="Index").words() == "812,340 m³ A-1"


@pytest.mark.parametrize(
    ("view", "litres", "days", "shown"),
    [
        ("periodes", 62_000, 181, ("62 m³", "343 L")),
        ("jours", 340, 1, ("340 L", "340 L")),
        ("periodes", 0, 181, ("0 m³", "0 L")),
        ("periodes", None, 181, ("—", "—")),
    ],
)
async def test_the_table_says_what_the_graph_draws(view, litres, days, shown):
    bar = Bar("S1", "1er semestre 2026", SINCE, UNTIL, days, litres)
    seen = await one(bars=(bar,), words={"view": view, "title": "Consommation", "known_on": "2026-06-30"})

    assert tuple(seen.only("td", data_label=label).words() for label in ("Volume", "Par jour")) == shown
    assert seen.only("td", data_label="Un an avant").words() == "—"
    assert "données du 30/06/2026" in seen.said("p")


async def test_a_graph_needs_two_readings_and_says_so():
    assert "Il faut deux relèves pour connaître une consommation" in (await one()).words()


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (
            {"period_start": SINCE, "period_end": UNTIL, "volume_litres": 58_000},
            ["du 01/01/2026 au 30/06/2026", "58 m³"],
        ),
        ({"volume_litres": 0}, ["30/06/2026", "0 m³"]),
        ({}, ["30/06/2026", "—"]),
    ],
)
async def test_an_invoice_of_the_contract_says_its_days_and_its_volume(values, shown):
    row = {"period_start": None, "period_end": None, "volume_litres": None} | values
    tab = await one_tab()
    await hold(tab, BilledState, invoices=(BilledRow(number="F1", issued_on=UNTIL, amount_cents=-500, **row),))
    (line,) = page(ONE, tab).only("main").only("tbody").every("tr")

    assert [cell.words() for cell in line.children] == ["F1", *shown, "-5,00 €"]


async def test_a_cost_stands_beside_the_bill_of_the_same_days_where_there_is_one():
    tab = await one_tab()
    costs = (CostRow(SINCE, UNTIL, 62_000, 9812, "F1", 9700), CostRow(SINCE, UNTIL, 58_000, 9179))
    await hold(tab, ContractCostsState, costs=costs)
    billed = page(ONE, tab).every("td", data_label="Facturé")

    assert [cell.words() for cell in billed] == ["97,00 €", "—"]
    assert billed[0].links() == {"97,00 €": "/factures/F1"}


@pytest.mark.parametrize(
    ("values", "words", "is_withdrawable"),
    [
        ({}, "À valider", True),
        ({"accepted_at": AT}, "Validée", False),
        ({"refused_at": AT, "refusal_reason": "Photo floue"}, "Refusée", False),
        ({"withdrawn_at": AT}, "Retirée", False),
    ],
)
async def test_a_reading_that_was_sent_says_what_became_of_it(values, words, is_withdrawable):
    seen = await sending(a_sending(**values))

    assert f"{words} 812,340 m³ le 30/06/2026, transmise le 01/07/2026 00:30" in seen.said("p")
    assert ("Motif : Photo floue" in seen.said("p")) is (words == "Refusée")
    assert ("Retirer" in [button.words() for button in seen.every("button")]) is is_withdrawable


async def test_who_waits_for_an_answer_keeps_the_form_out_of_sight():
    waiting, answered = await sending(a_sending()), await sending(a_sending(accepted_at=AT), a_sending())
    for seen, is_hidden in ((waiting, "true"), (answered, "false")):
        (form,) = (each for each in seen.every("div") if "hidden" in each.properties and each.every("form"))
        assert form.properties["hidden"] == is_hidden


@pytest.mark.parametrize(("corrected", "is_said"), [(None, False), (0, True), (812_000, True)])
async def test_a_correction_of_the_service_is_said_whatever_it_is(corrected, is_said):
    seen = await sending(a_sending(corrected_index_litres=corrected, accepted_at=AT))
    assert ("Index corrigé par le service" in seen.words()) is is_said


async def test_a_photo_is_looked_at_where_there_is_one():
    assert (await sending(a_sending(photo_key="cle"))).links()["Voir la photo"] == "/releves/3/photo"
    assert "Voir la photo" not in (await sending(a_sending())).links()


async def test_a_contract_that_is_not_there_shows_nothing_of_the_one_before():
    tab = await one_tab(words={"missing": "Contrat introuvable."})
    seen = page(ONE, tab).only("main")
    assert seen.said("h2") == ["Contrat introuvable."]
    assert "rue Haute" not in seen.words()


def a_meter(**values: object) -> Meter:
    return Meter(**{"utility_id": 1, "delivery_point_id": 1, "serial": "A-1", "installed_on": SINCE, **values})


def a_reading(on: date = UNTIL, **values: object) -> ReadingRow:
    usual = {"kind": "relevee", "serial": "A-1", "received_at": None, "comment": ""}
    return ReadingRow(on, 812_340, **{**usual, **values})


def a_sending(**values: object) -> SentReading:
    place = {"id": 3, "utility_id": 1, "contract_id": 1, "meter_id": 1, "sent_by": 1}
    usual = {"index_litres": 812_340, "read_on": UNTIL, "sent_at": AT, "refusal_reason": ""}
    return SentReading(**{**place, **usual, **values})


async def one_tab(contract: dict[str, object] | None = None, **values: object) -> ContractState:
    signed = {"number": "C1", "utility_id": 1, "delivery_point_id": 1, "started_on": SINCE, **(contract or {})}
    point = DeliveryPoint(utility_id=1, number="P1", address="3 rue Haute", postal_code="59900", city="Lys")
    return await tab_of(ContractState, contract=Contract(**signed), point=point, **values)


async def one(**values: object) -> Shown:
    return page(ONE, await one_tab(**values)).only("main")


async def sending(*sent: SentReading) -> Shown:
    tab = await one_tab(words={"reads": "par vous"})
    await hold(tab, SentReadingsState, sent=sent)
    (card,) = (each for each in page(ONE, tab).every("section") if each.said("h2") == ["Transmettre une relève"])
    return card


def facts_of(seen: Shown, title: str) -> dict[str, str]:
    (card,) = (each for each in seen.every("section") if each.said("h2") == [title])
    return dict(zip(card.said("dt"), card.said("dd"), strict=True))
