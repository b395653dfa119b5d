"""The régisseur's statement, as it is imported."""

from datetime import date

from psycopg import Connection

from tests.imports.desk import Desk

HEADER = "collectivite;reference_paiement;date_paiement;montant;autorisation"
LINE = "demo;2017020002059;20/11/2026;243,11;112233445566-tip"


def test_a_statement_is_imported_once_however_often_it_comes(town_hall: Desk, rows: Connection):
    town_hall.write("releve.csv", HEADER, LINE)
    first, again = town_hall.run(), town_hall.run()

    assert (first.counts("releve.csv"), again.counts("releve.csv")) == ((1, 1, 0, 0, 0), (1, 0, 0, 1, 0))
    (line,) = rows.execute("SELECT * FROM statement_line").fetchall()
    assert (line["reference"], line["paid_on"], line["amount_cents"]) == ("2017020002059", date(2026, 11, 20), 24311)
    assert line["authorisation"] == "112233445566-tip"


def test_a_corrected_amount_takes_the_place_of_the_former(town_hall: Desk, rows: Connection):
    town_hall.write("releve.csv", HEADER, LINE)
    town_hall.run()
    town_hall.write("releve.csv", HEADER, LINE.replace("243,11", "243,10"))

    assert town_hall.run().counts("releve.csv") == (1, 0, 1, 0, 0)
    assert rows.execute("SELECT amount_cents FROM statement_line").fetchall() == [{"amount_cents": 24310}]


def test_two_payments_of_one_reference_and_day_are_told_apart_by_their_authorisation(town_hall: Desk, rows: Connection):
    other = LINE.replace("112233445566-tip", "998877665544-tip")
    town_hall.write("releve.csv", HEADER, LINE, other, LINE)
    done = town_hall.run()

    assert done.counts("releve.csv") == (3, 2, 0, 0, 1)
    assert done.places[0][0] == 4


def test_an_authorisation_may_be_empty(town_hall: Desk, rows: Connection):
    town_hall.write("releve.csv", HEADER, "demo;B2026000001;2026-11-20;1 243,11 €;")
    town_hall.run()

    assert rows.execute("SELECT authorisation FROM statement_line").fetchall() == [{"authorisation": ""}]


def test_what_is_wrong_is_refused_by_line_and_the_rest_is_kept(town_hall: Desk):
    town_hall.write(
        "releve.csv",
        HEADER,
        LINE,
        "demo;;20/11/2026;1,00;",
        "demo;R1;31/02/2026;1,00;",
        "demo;R2;20/11/2026;douze;",
        "ailleurs;R3;20/11/2026;1,00;",
        f"demo;{'R' * 41};20/11/2026;1,00;",
    )
    done = town_hall.run()

    assert done.counts("releve.csv") == (6, 1, 0, 0, 5)
    assert sorted(done.places) == [
        (3, "reference_paiement"),
        (4, "date_paiement"),
        (5, "montant"),
        (6, "collectivite"),
        (7, "reference_paiement"),
    ]
