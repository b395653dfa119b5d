"""Contracts, meters, readings and daily volumes against the database: what comes in, what is refused and why."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from psycopg import Connection

from tests.imports.desk import ALICES_INVOICE, INVOICES, Desk

CONTRACTS = "collectivite;contrat;point;service;debut;fin"
READINGS = "collectivite;compteur;releve_le;index;nature;recue_le"
DAILY = "collectivite;compteur;jour;volume;volume_horaire_minimum"


@pytest.fixture
def street(town_hall: Desk) -> Desk:
    """Alice's and Bruno's houses, each with its meter; Alice's was replaced in 2024."""
    town_hall.write("points.csv", "collectivite;point;adresse", "demo;P1;12 rue du Moulin", "demo;P2;14 rue du Moulin")
    town_hall.write(
        "compteurs.csv",
        "collectivite;compteur;point;pose_le;index_pose;depose_le;index_depose;chiffres;telereleve",
        "demo;A1;P1;01/01/2012;;15/03/2024;412,5;4;",
        "demo;A2;P1;15/03/2024;0,2;;;5;oui",
        "demo;B1;P2;01/01/2015;;;;;",
    )
    assert town_hall.run().refused == []
    town_hall.clear()
    return town_hall


def test_a_meter_comes_in_with_its_indexes_in_litres(street: Desk, rows: Connection):
    former, newer, brunos = rows.execute("SELECT * FROM meter ORDER BY serial").fetchall()

    assert (former["removed_on"], former["removed_index_litres"], former["digits"]) == (date(2024, 3, 15), 412_500, 4)
    assert (newer["installed_index_litres"], newer["is_telemetered"]) == (200, True)
    assert (brunos["digits"], brunos["installed_index_litres"], brunos["removed_on"]) == (5, 0, None)
    assert former["delivery_point_id"] == newer["delivery_point_id"] != brunos["delivery_point_id"]


def count_looks(rows: Connection) -> int:
    wanted = "SELECT count(*) AS looks FROM procrastinate_jobs WHERE task_name = 'leaks.detect' AND status = 'todo'"
    return rows.execute(wanted).fetchone()["looks"]


def test_leaks_are_looked_for_after_what_can_tell_of_one_and_not_after_invoices(street: Desk, rows: Connection):
    rows.execute("DELETE FROM procrastinate_jobs")
    rows.commit()
    street.write("factures.csv", INVOICES, ALICES_INVOICE)
    street.run()
    assert count_looks(rows) == 0

    street.write("releves.csv", READINGS, "demo;A2;01/06/2024;100,5;relevee;")
    street.run()
    assert count_looks(rows) == 1


def test_a_contract_comes_in_with_its_parties_and_its_invoice(street: Desk, rows: Connection):
    street.write("factures.csv", INVOICES, ALICES_INVOICE)
    street.write("contrats.csv", f"{CONTRACTS};tarif;facture_tous_les", "demo;C1;P1;Eau;01/01/2012;;EAU;12")
    street.write(
        "parties.csv",
        "collectivite;contrat;abonne;role;depuis;jusqu_au",
        "demo;C1;100001;redevable;;",
        "demo;C1;100002;proprietaire;01/01/2012;31/12/2020",
        "demo;C1;100002;concierge;;",
        "demo;C9;100002;occupant;;",
        "demo;C1;100002;occupant;01/01/2012;31/12/2010",
    )
    street.write("liens.csv", "collectivite;facture;contrat;volume", "demo;2017-020-002059;C1;60")

    outcome = street.run()

    assert sorted(outcome.places) == [(4, "role"), (5, "contrat"), (6, "jusqu_au")]
    (contract,) = rows.execute("SELECT * FROM contract").fetchall()
    assert (contract["tariff_code"], contract["billed_every_months"], contract["ended_on"]) == ("EAU", 12, None)
    assert rows.execute("SELECT role, until FROM contract_party ORDER BY role").fetchall() == [
        {"role": "proprietaire", "until": date(2020, 12, 31)},
        {"role": "redevable", "until": None},
    ]
    assert rows.execute("SELECT volume_litres FROM invoice_contract").fetchall() == [{"volume_litres": 60_000}]


def test_two_contracts_of_a_service_do_not_overlap_at_a_point(street: Desk, rows: Connection):
    street.write(
        "contrats.csv",
        CONTRACTS,
        "demo;C1;P1;Eau;01/01/2012;30/06/2020",
        "demo;C2;P1;Eau;30/06/2020;30/06/2020",
        "demo;C3;P1;Eau;01/07/2020;",
        "demo;C4;P1;Assainissement;01/01/2012;",
        "demo;C5;P2;Eau;01/01/2012;",
        "demo;C6;P2;Eau;01/01/2013;31/12/2012",
    )
    outcome = street.run()

    assert sorted(outcome.places) == [(3, "debut"), (7, "fin")]
    assert outcome.reasons[-1] == "une ligne précédente a déjà un contrat de ce service à ce point dans cette période"
    assert [row["number"] for row in rows.execute("SELECT number FROM contract ORDER BY number")] == [
        *("C1", "C3", "C4", "C5"),
    ]


def test_a_newcomer_waits_until_the_former_contract_is_ended(street: Desk, rows: Connection):
    street.write("contrats.csv", CONTRACTS, "demo;C1;P1;Eau;01/01/2012;")
    street.run()
    street.write("contrats.csv", CONTRACTS, "demo;C2;P1;Eau;01/09/2026;")
    refused = street.run()
    street.write("contrats.csv", CONTRACTS, "demo;C2;P1;Eau;01/09/2026;", "demo;C1;P1;Eau;01/01/2012;31/08/2026")
    accepted = street.run()

    assert refused.reasons == ["un autre contrat de ce service est déjà enregistré à ce point dans cette période"]
    assert accepted.counts("contrats.csv") == (2, 1, 1, 0, 0)


def test_readings_come_in_with_the_three_things_that_they_are(street: Desk, rows: Connection):
    street.write(
        "releves.csv",
        READINGS,
        "demo;A2;30/06/2026;812,345;transmise;02/07/2026 08:05",
        "demo;B1;30/06/2026;1 204;;02/07/2026",
        "demo;B1;31/12/2025;1 150;estimee;",
    )
    assert street.run().refused == []
    street.run()

    found = rows.execute("SELECT index_litres, kind, received_at FROM reading ORDER BY index_litres").fetchall()
    assert [(row["index_litres"], row["kind"]) for row in found] == [
        *((812_345, "transmise"), (1_150_000, "estimee"), (1_204_000, "relevee")),
    ]
    assert [row["received_at"] for row in found] == [
        *(datetime(2026, 7, 2, 6, 5, tzinfo=UTC), None, datetime(2026, 7, 2, 10, 0, tzinfo=UTC)),
    ]


def test_a_reading_that_cannot_be_is_a_refused_row_and_the_others_are_kept(street: Desk, rows: Connection):
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).strftime("%d/%m/%Y")
    street.write(
        "releves.csv",
        READINGS,
        "demo;A1;31/12/2023;398;;",
        "demo;Z9;31/12/2023;398;;",
        "demo;A1;30/06/2023;-4;;",
        "demo;A1;30/06/2024;430;;",
        "demo;A2;31/12/2023;1;;",
        "demo;A1;30/06/2022;10000;;",
        f"demo;A2;{tomorrow};12;;",
        "demo;A1;31/12/2023;399;;",
        "demo;A1;31/12/2022;350;devinée;",
        "demo;A1;31/12/2022;350;;32/12/2022",
    )

    outcome = street.run()

    assert outcome.counts("releves.csv") == (10, 1, 0, 0, 9)
    assert dict(zip([line for line, _ in outcome.places], outcome.reasons, strict=True)) == {
        3: "compteur inconnu de cette collectivité",
        4: "un index ne peut pas être négatif",
        5: "avant la pose du compteur ou après sa dépose",
        6: "avant la pose du compteur ou après sa dépose",
        7: "index trop grand pour les chiffres de ce compteur",
        8: "date à venir",
        9: "déjà présente à la ligne 2",
        10: "valeur inconnue (attendu : relevee, estimee, transmise, telerelevee)",
        11: "date illisible (attendu : 10/07/2017 ou 2017-07-10)",
    }
    assert rows.execute("SELECT index_litres FROM reading").fetchall() == [{"index_litres": 398_000}]


def test_daily_volumes_come_in_once_and_are_corrected_by_the_next_file(street: Desk, rows: Connection):
    street.write("jours.csv", DAILY, "demo;A2;01/06/2026;0,312;0", "demo;A2;02/06/2026;0,298;0,004")
    first, again = street.run(), street.run()
    street.write("jours.csv", DAILY, "demo;A2;02/06/2026;0,301;0,004", "demo;A2;03/06/2026;0;")
    corrected = street.run()

    assert [outcome.counts("jours.csv") for outcome in (first, again, corrected)] == [
        *((2, 2, 0, 0, 0), (2, 0, 0, 2, 0), (2, 1, 1, 0, 0)),
    ]
    found = rows.execute("SELECT volume_litres, least_hourly_litres FROM daily_volume ORDER BY day").fetchall()
    assert [tuple(row.values()) for row in found] == [(312, 0), (301, 4), (0, None)]


def test_a_daily_volume_is_never_negative_nor_of_a_meter_nobody_knows_nor_said_twice(street: Desk):
    street.write(
        "jours.csv",
        DAILY,
        "demo;A2;01/06/2026;-0,312;",
        "demo;A9;01/06/2026;0,312;",
        "demo;A2;02/06/2026;0,312;",
        "demo;A2;02/06/2026;0,400;",
        "demo;A2;01/06/2020;0,400;",
        "demo;A2;04/06/2026;0,4005;",
    )

    outcome = street.run()

    assert outcome.counts("jours.csv") == (6, 1, 0, 0, 5)
    assert sorted(zip([line for line, _ in outcome.places], outcome.reasons, strict=True)) == [
        (2, "un volume ne peut pas être négatif"),
        (3, "compteur inconnu de cette collectivité"),
        (5, "déjà présente à la ligne 4"),
        (6, "avant la pose du compteur ou après sa dépose"),
        (7, "plus de trois décimales"),
    ]


def test_a_line_of_a_tariff_says_what_it_is_a_price_of_or_leaves_it_to_its_words(street: Desk, rows: Connection):
    street.write(
        "tarifs.csv",
        "collectivite;tarif;applicable_le;ligne;rubrique;libelle;assiette;prix_unitaire",
        "demo;EAU;01/01/2026;1;Redevances;Redevance n° 7;assainissement;0,09",
        "demo;EAU;01/01/2026;2;Redevances;Redevance n° 8;eau;0,05",
        "demo;EAU;01/01/2026;3;Redevances;Redevance n° 9;;0,01",
        "demo;EAU;01/01/2026;4;Redevances;Redevance n° 10;égouts;0,01",
    )

    assert street.run().places == [(5, "assiette")]
    found = rows.execute("SELECT basis FROM tariff_line ORDER BY position").fetchall()
    assert [line["basis"] for line in found] == ["assainissement", "eau", None]


def test_a_file_that_no_longer_says_it_takes_it_back(street: Desk, rows: Connection):
    line = "demo;EAU;01/01/2026;1;Redevances;Redevance n° 7;{}0,09"
    columns = "collectivite;tarif;applicable_le;ligne;rubrique;libelle;{}prix_unitaire"
    street.write("tarifs.csv", columns.format("assiette;"), line.format("assainissement;"))
    street.run()
    street.write("tarifs.csv", columns.format("assiette;"), line.format(";"))
    street.run()

    assert rows.execute("SELECT basis FROM tariff_line").fetchall() == [{"basis": None}]


def test_a_tariff_comes_in_by_version_and_bracket(street: Desk, rows: Connection):
    street.write(
        "tarifs.csv",
        "collectivite;tarif;applicable_le;ligne;rubrique;libelle;prix_unitaire;part_fixe;au_dela_de;jusqu_a;mois;tva",
        "demo;EAU;01/01/2026;1;Distribution de l’eau;Abonnement;23,10;oui;;;6;5,5",
        "demo;EAU;01/01/2026;2;Distribution de l’eau;Consommation;1,284;;;60;6;5,5",
        "demo;EAU;01/01/2026;3;Distribution de l’eau;Consommation;1,492;;60;;6;5,5",
        "demo;EAU;01/01/2026;4;Distribution de l’eau;Consommation;1,492;;60;60;6;5,5",
        "demo;EAU;01/01/2026;5;Distribution de l’eau;Remise;-1;;;;;",
    )

    outcome = street.run()

    assert sorted(outcome.places) == [(5, "jusqu_a"), (6, "prix_unitaire")]
    fixed, first, second = rows.execute("SELECT * FROM tariff_line ORDER BY position").fetchall()
    assert (fixed["is_fixed"], fixed["unit_price"], fixed["months"]) == (True, Decimal("23.10000"), 6)
    assert (first["above_m3"], first["up_to_m3"], second["above_m3"], second["up_to_m3"]) == (0, 60, 60, None)
    assert second["vat_basis_points"] == 550
