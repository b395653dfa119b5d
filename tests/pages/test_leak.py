"""The pages of a leak, as its subscriber and staff read them: what it means, until when, and what was decided."""

from datetime import UTC, date, datetime

import pytest

from models import LeakAlert, LeakCertificate, LeakKind, LeakWatch
from portail_app.services.leaks.alerts import PlacedAlert
from portail_app.services.leaks.files import LeakFile, Relief
from portail_app.states.leak import LeakState
from portail_app.states.leak_decision import LeakDecisionState
from portail_app.states.leak_watch import LeakWatchState
from portail_app.states.leaks import LeaksState
from tests.factories import TODAY
from tests.screens import Shown, hold, page, tab_of

HERS, LIST, DESK = "/contrats/[numero]/fuite", "/agent/fuites", "/agent/fuites/[dossier]"
AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
STATES = [
    ({}, "Attestation attendue"),
    ({"certified_at": AT}, "Attestation reçue"),
    ({"certified_at": AT, "accepted_at": AT}, "Écrêtement accordé"),
    ({"certified_at": AT, "refused_at": AT, "reason": "Joint de robinet"}, "Écrêtement refusé"),
    ({"closed_at": AT, "reason": "Fausse alerte"}, "Classé"),
]
TELEMETRY = [LeakKind.CONTINUOUS, LeakKind.EMPTY_HOME, LeakKind.THRESHOLD]


@pytest.mark.parametrize(("values", "words"), STATES)
async def test_both_sides_read_the_same_word_for_where_a_leak_stands(values, words):
    for seen in (await hers(**values), await at_desk(**values)):
        assert words in seen.said("span")


@pytest.mark.parametrize(("values", "words"), STATES[2:])
async def test_what_was_decided_says_when_and_why_and_nothing_is_asked_any_more(values, words):
    seen = await hers(**values)

    assert "Décidé le 01/07/2026 00:30." in seen.said("p")
    assert values.get("reason", "Décidé le 01/07/2026 00:30.") in seen.said("p")
    assert {"Que faire ?", "Transmettre l’attestation du plombier"}.isdisjoint(seen.said("h2"))
    assert "Décision" not in (await at_desk(**values)).said("h2")


@pytest.mark.parametrize(
    ("values", "buttons"),
    [
        ({}, ["Classer l’alerte sans suite"]),
        ({"certified_at": AT}, ["Accorder l’écrêtement", "Refuser l’écrêtement", "Classer l’alerte sans suite"]),
    ],
)
async def test_staff_grant_nothing_before_a_certificate_has_come(values, buttons):
    seen = await at_desk(**values)
    (card,) = (each for each in seen.every("section") if each.said("h2") == ["Décision"])
    assert card.said("button") == buttons


async def test_what_is_decided_is_decided_of_this_leak():
    assert (await at_desk(certified_at=AT)).pressed("Accorder l’écrêtement") == ("accept", {"alert_id": 4})


@pytest.mark.parametrize("kind", TELEMETRY)
async def test_what_a_meter_saw_is_a_warning_without_a_file_or_a_decision(kind):
    seen, desk = await hers(kind=kind), await at_desk(kind=kind)

    assert seen.said("dt") == desk.said("dt") == ["Adresse", "Période", "Volume relevé", "Alerte du"]
    assert "Attestation attendue" not in seen.words()
    assert len(seen.only("ol").children) == 2
    assert "Télécharger le dossier (PDF)" not in {**seen.links(), **desk.links()}
    assert "Décision" not in desk.said("h2")


@pytest.mark.parametrize(
    ("kind", "title"),
    [*zip(LeakKind, ("Volume anormal", "Débit continu", "Eau en votre absence", "Seuil dépassé"), strict=True)],
)
async def test_each_kind_of_alert_has_its_name(kind, title):
    assert title in (await hers(kind=kind)).said("h2")


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (0, "des logements de votre secteur, sur une durée égale"),
        (1, "de ce logement, à la même période d’une des trois années précédentes"),
        (2, "de ce logement, à la même période de deux des trois années précédentes"),
        (3, "de ce logement, à la même période des trois années précédentes"),
    ],
)
async def test_what_the_volume_is_compared_with_is_said(years, words):
    assert f"60 m³ {words}" in (await hers(years=years)).said("dd")


@pytest.mark.parametrize(("until", "is_late"), [(TODAY, False), (date(2026, 11, 21), True)])
async def test_the_last_day_for_a_certificate_is_still_in_time(until, is_late):
    seen = await hers(answer_until=until)
    assert ("ce délai est passé : le service décidera" in seen.words()) is is_late


@pytest.mark.parametrize(
    ("until", "values", "is_over"),
    [
        (TODAY, {}, False),
        (date(2026, 11, 21), {}, True),
        (date(2026, 11, 21), {"certified_at": AT}, False),
    ],
)
async def test_in_the_list_a_leak_is_over_time_only_while_it_is_waited_for(until, values, is_over):
    assert ("Dépassé" in (await listed(answer_until=until, **values)).words()) is is_over


@pytest.mark.parametrize(("mailed_to", "is_untold"), [(0, True), (1, False)])
async def test_whom_no_mail_reached_must_be_written_to_on_paper(mailed_to, is_untold):
    assert ("Sans courriel" in (await listed(mailed_to=mailed_to)).words()) is is_untold
    said = (
        "Aucune adresse électronique : prévenez l’abonné par courrier." in (await at_desk(mailed_to=mailed_to)).words()
    )
    assert said is is_untold


async def test_the_tabs_of_staff_count_what_is_in_them():
    tab = await tab_of(LeaksState, counts={"a-decider": 2, "decidees": 0}, links={"a-decider": "/x"}, is_loaded=True)
    tabs = page(LIST, tab).only("nav", aria_label="Fuites").said("ReactRouterLink")
    assert tabs == ["À décider (2)", "Attestation attendue", "À prévenir par courrier", "Télérelève", "Décidées"]


@pytest.mark.parametrize(
    ("costs", "facts"),
    [
        ((), ["Eau à payer", "Assainissement"]),
        ((28485, 18990), ["Eau à payer", "Assainissement", "Sans écrêtement", "Avec écrêtement"]),
    ],
)
async def test_what_the_cap_is_worth_is_in_euros_where_the_tariff_is_known(costs, facts):
    seen = await hers(relief=Relief(120, 60, *costs))
    (card,) = (each for each in seen.every("section") if each.said("h2") == ["Ce que donnerait l’écrêtement"])

    assert card.said("dt") == facts
    assert card.said("dd")[:2] == ["120 m³ au plus : le double du volume moyen", "60 m³ comptés : le volume moyen"]
    assert ("Estimation" in card.words()) is bool(costs)


@pytest.mark.parametrize("is_late", [False, True])
async def test_each_certificate_is_opened_and_one_that_came_late_says_so(is_late):
    known = {"leak_place": "Cave", "repaired_on": TODAY, "plumber": "Dupont", "file_key": "k", "media_type": "m"}
    certificate = LeakCertificate(id=8, alert_id=4, size_bytes=1, sent_at=AT, sent_by=1, **known)
    seen = await hers(certified_at=AT, certificates=(certificate,), is_late=is_late)

    assert seen.links()["Attestation reçue le 01/07/2026 00:30"] == "/telecharger/attestations/8"
    assert "Cave : réparée le 22/11/2026 par Dupont" in seen.said("p")
    assert ("Reçue après le délai" in seen.words()) is is_late


@pytest.mark.parametrize(("field", "above"), [("plumber", ""), ("", "Dites qui l’a réparée.")])
async def test_a_refused_certificate_keeps_what_was_typed_and_says_what_is_wrong_where_it_is(field, above):
    tab = await leaking()
    tab.words = {"sent": "", "error": "Dites qui l’a réparée.", "field": field, "lieu": "Cave", "entreprise": "D"}
    (card,) = (each for each in page(HERS, tab).every("section") if "leak_place" in str(each.every("input")[:1]))

    assert card.only("input", name="leak_place").properties["defaultValue"] == "Cave"
    assert card.only("p", id="field-plumber-error").words() == ("Dites qui l’a réparée." if field else "")
    assert [each.words() for each in card.children[1:2] if each.tag == "div"] == [above] * bool(above)
    assert card.only("form").properties["action"] == "/fuites/4/attestation"


@pytest.mark.parametrize("count", [1, 2])
async def test_the_other_alerts_of_a_contract_are_listed_where_there_are_any(count):
    tab = await leaking()
    tab.alerts = tuple(PlacedAlert(an_alert(id=4 + place), "C1", "3 rue Haute") for place in range(count))
    seen = page(HERS, tab).only("main")

    assert ("Toutes les alertes de ce contrat" in seen.said("h2")) is (count > 1)
    if count > 1:
        assert seen.links()["Volume anormal, 180 m³"] == "/contrats/C1/fuite?dossier=5"


async def test_where_there_is_no_leak_that_is_said_and_where_there_is_no_contract_too():
    seen = page(HERS, await tab_of(LeakState, number="C1"))
    assert "Aucune fuite signalée" in seen.said("h2")
    missing = page(HERS, await tab_of(LeakState, missing="Contrat introuvable."))
    assert "Contrat introuvable." in missing.said("h2")


@pytest.mark.parametrize(
    ("watch", "flow", "litres", "away"),
    [
        (None, "true", "", ""),
        ({"warns_of_flow": False, "most_litres_a_day": 300, "away_from": TODAY}, "false", "300", "2026-11-22"),
        ({"warns_of_flow": True}, "true", "", ""),
    ],
)
async def test_what_a_person_asked_to_be_warned_of_is_in_its_form(watch, flow, litres, away):
    tab = await tab_of(LeakState, number="C1")
    kept = LeakWatch(contract_id=1, changed_at=AT, changed_by=1, **watch) if watch else None
    await hold(tab, LeakWatchState, is_offered=True, watch=kept)
    seen = page(HERS, tab)

    assert seen.only("input", name="warns_of_flow").properties["defaultChecked"] == flow
    assert seen.only("input", name="most_litres_a_day").properties["defaultValue"] == litres
    assert seen.only("input", name="away_from").properties["defaultValue"] == away


async def test_only_a_meter_that_is_read_from_afar_warns():
    assert "Mes alertes de télérelève" not in page(HERS, await tab_of(LeakState, number="C1")).said("h2")


def an_alert(**values: object) -> LeakAlert:
    days = {"period_start": date(2026, 1, 1), "period_end": date(2026, 6, 30), "answer_until": TODAY, "recorded_at": AT}
    usual = {"id": 4, "utility_id": 1, "contract_id": 1, "litres": 180_000, "mean_litres": 60_000, "years": 3}
    return LeakAlert(**{**usual, **days, "mailed_to": 1, **values})


def a_file(relief=None, certificates=(), is_late=False, **values: object) -> LeakFile:
    return LeakFile(an_alert(**values), "C1", "3 rue Haute", certificates, relief, is_late)


async def leaking(**values: object) -> LeakState:
    return await tab_of(LeakState, number="C1", file=a_file(**values), today=TODAY)


async def hers(**values: object) -> Shown:
    return page(HERS, await leaking(**values)).only("main")


async def at_desk(**values: object) -> Shown:
    return page(DESK, await tab_of(LeakDecisionState, file=a_file(**values))).only("main")


async def listed(**values: object) -> Shown:
    placed = PlacedAlert(an_alert(**values), "C1", "3 rue Haute")
    return page(LIST, await tab_of(LeaksState, leaks=(placed,), today=str(TODAY), is_loaded=True)).only("tbody")
