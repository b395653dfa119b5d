"""The people whom the demonstration, the tests and the documentation always name: Alice, Bruno and Chloé."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from portail_app.demo_data.bills import Bill, Line
from portail_app.demo_data.fates import Fate, Outcome, settle
from portail_app.demo_data.history import draw_bill, half_years
from portail_app.demo_data.people import Household
from portail_app.demo_data.stories import Story
from portail_app.demo_data.tariffs import (
    DISTRIBUTION,
    PUBLIC_BODIES,
    WASTEWATER,
    WASTEWATER_VAT,
    WATER_VAT,
)

DEMO, NEIGHBOUR = "demo", "montfaucon"
ALICE = Household(
    utility=DEMO,
    number="100001",
    name="Alice Martin",
    email="alice@example.fr",
    address="12 rue du Moulin",
    postal_code="59900",
    city="Clermont-sur-Lys",
    yearly_m3=118,
    delivery_days=45,
    story=Story.ALICE,
)
BRUNO = replace(
    ALICE,
    number="100002",
    name="Bruno Petit",
    email="bruno@example.fr",
    address="14 rue du Moulin",
    yearly_m3=96,
    story=Story.TURNED_OVER,
)
CastHistory = tuple[Household, list[tuple[Bill, Fate]]]

UTILITIES = (
    {
        "collectivite": DEMO,
        "nom": "Régie des eaux de Clermont-sur-Lys",
        "adresse": "3 quai de la Lys, 59900 Clermont-sur-Lys",
        "telephone": "03 20 00 00 00",
        "courriel": "contact@example.fr",
        "horaires": "Du lundi au vendredi, de 9 h à 12 h et de 13 h 30 à 17 h",
        "telephone_urgence": "03 20 00 00 01",
        "texte_accueil": (
            "Bienvenue sur votre espace. Vous y retrouvez **toutes vos factures d’eau**, à régler en ligne "
            "en une minute.\n\nUne fuite, une coupure ? Appelez le 03 20 00 00 01, à toute heure."
        ),
        "activation_avec_code": "oui",
        "paiement_groupe": "oui",
        "client_payfip": "004200",
    },
    {
        "collectivite": NEIGHBOUR,
        "nom": "Syndicat des eaux de Montfaucon-la-Rivière",
        "adresse": "1 place de la Mairie, 59990 Montfaucon-la-Rivière",
        "telephone": "03 20 00 00 10",
        "courriel": "eau-montfaucon@example.fr",
        "horaires": "Le mardi et le jeudi, de 9 h à 12 h",
        "telephone_urgence": "03 20 00 00 11",
        "texte_accueil": "",
        "activation_avec_code": "oui",
        "paiement_groupe": "non",
        "client_payfip": "",
    },
)
STAFF = (
    {"collectivite": DEMO, "courriel": "chloe@example.fr", "nom": "Chloé Durand", "rang": "administrateur"},
    {"collectivite": NEIGHBOUR, "courriel": "damien@example.fr", "nom": "Damien Roussel", "rang": "agent"},
)

_ALICE_OUTCOMES = (Outcome.PAID,) * 4 + (Outcome.DEBITED, Outcome.AT_TREASURY, Outcome.OPEN, Outcome.OPEN)
_BRUNO_OUTCOMES = (Outcome.PAID,) * 6 + (Outcome.OPEN, Outcome.OPEN)

MULTI_SERVICES = Bill(
    number="2017-020-002059",
    kind="facture",
    subject="Multi Services",
    issued_on=date(2017, 7, 10),
    due_on=date(2017, 7, 21),
    period_start=date(2017, 1, 1),
    period_end=date(2017, 6, 30),
    lines=(
        Line(DISTRIBUTION, "Abonnement", 1, "semestre", 2_435_000, 2_435, WATER_VAT),
        Line(DISTRIBUTION, "Consommation", 60, "m³", 124_500, 7_470, WATER_VAT),
        Line(DISTRIBUTION, "Préservation des ressources en eau", 60, "m³", 5_600, 336, WATER_VAT),
        Line(WASTEWATER, "Abonnement", 1, "semestre", 1_700_000, 1_700, WASTEWATER_VAT),
        Line(WASTEWATER, "Consommation", 60, "m³", 133_500, 8_010, WASTEWATER_VAT),
        Line(PUBLIC_BODIES, "Lutte contre la pollution", 60, "m³", 29_000, 1_740, WATER_VAT),
        Line(PUBLIC_BODIES, "Modernisation des réseaux de collecte", 60, "m³", 15_000, 900, WASTEWATER_VAT),
    ),
    volume_m3=60,
)


def cast_histories(random: Random, today: date) -> Iterator[CastHistory]:
    """Alice has three invoices to pay, one at the treasury, one debited; none of the open ones has an online limit."""
    yield ALICE, [(MULTI_SERVICES, Fate()), *_history(random, ALICE, _ALICE_OUTCOMES, today)]
    yield BRUNO, list(_history(random, BRUNO, _BRUNO_OUTCOMES, today))


def _history(
    random: Random, household: Household, outcomes: tuple[Outcome, ...], today: date
) -> Iterator[tuple[Bill, Fate]]:
    for period, outcome in zip(half_years(today), outcomes, strict=True):
        bill = draw_bill(random, household, period)
        yield bill, settle(bill, outcome, today)._replace(online_until=None)
