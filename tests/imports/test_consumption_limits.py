"""The limits of what a file about water may say: the last value that is taken, and the first that is refused."""

import pytest
from psycopg import Connection

from tests.imports.desk import Desk
from tests.imports.test_consumption_kinds import CONTRACTS, DAILY, READINGS, street  # noqa: F401  the same two houses

POINTS = "collectivite;point;adresse;habitation"
METERS = "collectivite;compteur;point;pose_le;index_pose;depose_le;index_depose;chiffres"
BILLING = f"{CONTRACTS};facture_tous_les"
TARIFFS = "collectivite;tarif;applicable_le;ligne;rubrique;libelle;prix_unitaire;au_dela_de;jusqu_a;mois;tva"
PARTIES = "collectivite;contrat;abonne;role;depuis;jusqu_au"

ACCEPTED = [
    (POINTS, f"demo;{'P' * 40};;non"),
    (METERS, "demo;Z1;P1;29/02/2024;;29/02/2024;;3"),
    (METERS, "demo;Z1;P1;01/01/2024;0,001;;;6"),
    (METERS, "demo;Z1;P1;01/01/2024;99999,999;01/02/2024;99999,999;"),
    (BILLING, "demo;C1;P1;Eau;01/01/2024;01/01/2024;1"),
    (BILLING, "demo;C1;P1;;01/01/2024;;24"),
    (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Eau;0;0;1;1;"),
    (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Eau;9999999,99999;60;;24;100"),
    (READINGS, "demo;A1;01/01/2012;0;;"),
    (READINGS, "demo;A1;15/03/2024;9999,999;;"),
    (READINGS, "demo;B1;29/02/2024;99 999,999 m³;TRANSMISE;29/02/2024 23h59"),
    (DAILY, "demo;A2;15/03/2024;0;0"),
    (DAILY, "demo;A1;15/03/2024;0,001;"),
]
REFUSED = [
    (POINTS, f"demo;{'P' * 41};1 rue;", "point", "plus de 40 caractères"),
    (POINTS, "demo;P9;1 rue;parfois", "habitation", "attendu : oui ou non"),
    (METERS, "demo;Z1;P1;29/02/2023;;;;", "pose_le", "date illisible (attendu : 10/07/2017 ou 2017-07-10)"),
    (METERS, "demo;Z1;P1;02/01/2024;;01/01/2024;;", "depose_le", "antérieure à la pose"),
    (METERS, "demo;Z1;P1;01/01/2024;;;;2", "chiffres", "de 3 à 6 chiffres pour les mètres cubes"),
    (METERS, "demo;Z1;P1;01/01/2024;;;;7", "chiffres", "de 3 à 6 chiffres pour les mètres cubes"),
    (METERS, "demo;Z1;P1;01/01/2024;-0,001;;;", "index_pose", "un index ne peut pas être négatif"),
    (METERS, "demo;Z1;P1;01/01/2024;;01/02/2024;-1;", "index_depose", "un index ne peut pas être négatif"),
    (METERS, "demo;Z1;P1;01/01/2024;1000;;;3", "index_pose", "index trop grand pour les chiffres de ce compteur"),
    (
        METERS,
        "demo;Z1;P1;01/01/2024;;01/02/2024;100000;",
        "index_depose",
        "index trop grand pour les chiffres de ce compteur",
    ),
    (METERS, "demo;Z1;P9;01/01/2024;;;;", "point", "point de livraison inconnu de cette collectivité"),
    (BILLING, "demo;C1;P1;Eau;01/01/2024;;0", "facture_tous_les", "de 1 à 24 mois"),
    (BILLING, "demo;C1;P1;Eau;01/01/2024;;25", "facture_tous_les", "de 1 à 24 mois"),
    (BILLING, "demo;C1;P1;Eau;02/01/2024;01/01/2024;", "fin", "antérieure au début du contrat"),
    (BILLING, "demo;C1;P9;Eau;01/01/2024;;", "point", "point de livraison inconnu de cette collectivité"),
    (PARTIES, "demo;C1;100001;occupant;;", "contrat", "contrat inconnu de cette collectivité"),
    (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Eau;-0,00001;;;;", "prix_unitaire", "un prix ne peut pas être négatif"),
    (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Eau;0,000001;;;;", "prix_unitaire", "plus de 5 décimales"),
    (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Eau;1;60;60;;", "jusqu_a", "la tranche finit avant de commencer"),
    (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Eau;1;;;0;", "mois", "de 1 à 24 mois"),
    (TARIFFS, "demo;EAU;01/01/2026;1;Eau;Eau;1;;;25;", "mois", "de 1 à 24 mois"),
    (TARIFFS, "demo;EAU;01/01/2026;un;Eau;Eau;1;;;;", "ligne", "nombre illisible (attendu : 1234,56)"),
    (READINGS, "demo;A1;31/12/2011;0;;", "releve_le", "avant la pose du compteur ou après sa dépose"),
    (READINGS, "demo;A1;16/03/2024;0;;", "releve_le", "avant la pose du compteur ou après sa dépose"),
    (READINGS, "demo;A1;15/03/2024;10000;;", "index", "index trop grand pour les chiffres de ce compteur"),
    (READINGS, "demo;B1;01/01/2024;1.234,5;;", "index", "nombre illisible (attendu : 1234,56)"),
    (READINGS, "ailleurs;B1;01/01/2024;1;;", "collectivite", "collectivité inconnue"),
    (DAILY, "demo;A1;16/03/2024;0;", "jour", "avant la pose du compteur ou après sa dépose"),
    (DAILY, "demo;A2;01/06/2026;0;-0,001", "volume_horaire_minimum", "un volume ne peut pas être négatif"),
]


@pytest.mark.parametrize(("header", "row"), ACCEPTED)
def test_the_last_value_that_can_be_is_taken(street: Desk, header: str, row: str):  # noqa: F811
    street.write("fichier.csv", header, row)

    outcome = street.run()

    assert (outcome.refused, outcome.counts("fichier.csv")) == ([], (1, 1, 0, 0, 0))


@pytest.mark.parametrize(("header", "row", "column", "reason"), REFUSED)
def test_the_first_that_cannot_be_is_refused_at_its_column(street: Desk, header, row, column, reason):  # noqa: F811
    street.write("fichier.csv", header, row)

    outcome = street.run()

    assert [(one.line, one.column, one.reason) for one in outcome.refused] == [(2, column, reason)]
    assert outcome.counts("fichier.csv") == (1, 0, 0, 0, 1)


def test_what_another_utility_calls_the_same_is_not_the_same(street: Desk, rows: Connection):  # noqa: F811
    street.write("collectivites.csv", "collectivite;nom", "voisine;Syndicat voisin")
    street.write("points.csv", POINTS, "voisine;P1;1 place de la Mairie;")
    street.write("compteurs.csv", METERS, "voisine;A1;P1;01/06/2024;;;;5")
    street.write("contrats.csv", CONTRACTS, "demo;C1;P1;Eau;01/01/2012;", "voisine;C1;P1;Eau;01/01/2012;")
    street.write("releves.csv", READINGS, "voisine;A1;01/07/2024;12345;;", "voisine;B1;01/07/2024;1;;")

    outcome = street.run()

    assert [(one.file, one.line, one.column) for one in outcome.refused] == [("releves.csv", 3, "compteur")]
    found = rows.execute("SELECT address FROM contract JOIN delivery_point AS p ON p.id = delivery_point_id ORDER BY 1")
    assert [row["address"] for row in found] == ["1 place de la Mairie", "12 rue du Moulin"]


@pytest.mark.parametrize(
    ("time", "is_taken"),
    [
        ("01/01/2019;31/12/2019", True),
        ("01/01/2019;01/01/2020", False),
        ("30/06/2020;", False),
        ("01/07/2020;", True),
        ("01/03/2020;31/03/2020", False),
        ("01/01/2019;", False),
    ],
)
@pytest.mark.parametrize("is_known", [True, False], ids=["imported before", "in the same file"])
def test_of_two_contracts_of_a_point_no_day_is_of_both(street: Desk, time, is_taken, is_known):  # noqa: F811
    first, second = "demo;C1;P1;Eau;01/01/2020;30/06/2020", f"demo;C2;P1;Eau;{time}"
    if is_known:
        street.write("contrats.csv", CONTRACTS, first)
        street.run()
    street.write("contrats.csv", CONTRACTS, *([] if is_known else [first]), second)

    outcome = street.run()

    assert [column for _, column in outcome.places] == ([] if is_taken else ["debut"])
    assert street.run().counts("contrats.csv")[1] == 0


def test_water_and_drainage_of_a_point_may_be_two_contracts_of_the_same_days(street: Desk):  # noqa: F811
    street.write("contrats.csv", CONTRACTS, "demo;C1;P1;Assainissement;01/01/2012;")
    street.run()
    street.write("contrats.csv", CONTRACTS, "demo;C2;P1;Eau;01/01/2012;", "demo;C3;P2;Assainissement;01/01/2012;")

    assert street.run().counts("contrats.csv") == (2, 2, 0, 0, 0)
