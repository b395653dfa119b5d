"""Files against the database: what is written, what is refused, what is left alone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from psycopg import Connection

from tests.imports.desk import ALICES_INVOICE, INVOICES, Desk

LINES = "collectivite;facture;ligne;rubrique;libelle;quantite;unite;prix_unitaire;montant_ht;tva"


def count(rows: Connection, table: str) -> int:
    return rows.execute(f"SELECT count(*) AS rows FROM {table}").fetchone()["rows"]


def test_an_invoice_comes_in_whole(town_hall: Desk, rows: Connection):
    town_hall.write(
        "factures.csv",
        "collectivite;abonne;facture;nature;objet;date;echeance;payable_en_ligne_jusqu_au;en_tresorerie_le;prelevee_le;"
        "en_litige;periode_du;periode_au;montant;deja_regle",
        "demo;100001;2017-020-002059;facture;Multi Services;10/07/2017;2017-07-21;21/09/2017;01/10/2017;;"
        "oui;01/01/2017;30/06/2017;243,11;43,11",
    )
    town_hall.run()

    (invoice,) = rows.execute(
        "SELECT invoice.*, subscriber.name FROM invoice JOIN subscriber ON subscriber.id = subscriber_id"
    ).fetchall()
    assert (invoice["name"], invoice["number"]) == ("Alice Martin", "2017-020-002059")
    assert (invoice["issued_on"], invoice["due_on"]) == (date(2017, 7, 10), date(2017, 7, 21))
    assert (invoice["online_until"], invoice["sent_to_treasury_on"]) == (date(2017, 9, 21), date(2017, 10, 1))
    assert (invoice["period_start"], invoice["period_end"]) == (date(2017, 1, 1), date(2017, 6, 30))
    assert (invoice["amount_cents"], invoice["billed_paid_cents"], invoice["settled_cents"]) == (24311, 4311, 0)
    assert (invoice["is_disputed"], invoice["debited_on"], invoice["pdf_key"]) == (True, None, None)


def test_lines_join_their_invoice(town_hall: Desk, rows: Connection):
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)
    town_hall.write(
        "lignes.csv",
        LINES,
        "demo;2017-020-002059;1;Distribution de l’eau;Consommation;60;m³;1,24500;74,70;5,5",
        "demo;2017-020-002059;2;Organismes publics;Frais;;;;12,00;",
    )
    town_hall.run()

    first, second = rows.execute("SELECT * FROM invoice_line ORDER BY position").fetchall()
    assert (first["quantity"], first["unit"], first["unit_price"]) == (Decimal(60), "m³", Decimal("1.245"))
    assert (first["amount_cents"], first["vat_basis_points"]) == (7470, 550)
    assert (second["quantity"], second["unit_price"], second["vat_basis_points"]) == (None, None, 0)


def test_files_are_imported_in_the_order_in_which_they_need_each_other(desk: Desk, rows: Connection):
    desk.write("a.csv", LINES, "demo;F1;1;Eau;Consommation;;;;1,00;")
    desk.write("b.csv", INVOICES, "demo;100001;F1;10/07/2017;21/07/2017;1,00")
    desk.write("c.csv", "collectivite;abonne;nom", "demo;100001;Alice Martin")
    desk.write("d.csv", "collectivite;nom", "demo;Régie")

    outcome = desk.run()

    assert [report.file for report in outcome.reports] == ["d.csv", "c.csv", "b.csv", "a.csv"]
    assert outcome.refused == []
    assert count(rows, "invoice_line") == 1


def test_a_bad_row_says_where_and_why_and_does_not_block_the_others(town_hall: Desk, rows: Connection):
    town_hall.write(
        "factures.csv",
        INVOICES,
        "demo;100001;F1;10/07/2017;21/07/2017;243,11",
        "demo;100001;F2;32/07/2017;21/07/2017;beaucoup",
        "demo;100002;F3;10/07/2017;21/07/2017;12,00",
        "demo;100002;F4;10/07/2017",
    )

    outcome = town_hall.run()

    assert outcome.counts("factures.csv") == (4, 2, 0, 0, 2)
    assert [(row.file, row.line, row.column, row.value) for row in outcome.refused] == [
        ("factures.csv", 5, "", ""),
        ("factures.csv", 3, "date", "32/07/2017"),
        ("factures.csv", 3, "montant", "beaucoup"),
    ]
    assert count(rows, "invoice") == 2


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("ailleurs;100001;F1;10/07/2017;21/07/2017;1,00", "collectivite", "collectivité inconnue"),
        ("demo;999999;F1;10/07/2017;21/07/2017;1,00", "abonne", "abonné inconnu de cette collectivité"),
        ("demo;100001;F1;10/07/2017;09/07/2017;1,00", "echeance", "antérieure à la date de la facture"),
        ("demo;;F1;10/07/2017;21/07/2017;1,00", "abonne", "valeur obligatoire"),
        ("demo;100001;=F1;10/07/2017;21/07/2017;1,00", "facture", "commence par « = » : une formule"),
        ("demo;100001;F\x001;10/07/2017;21/07/2017;1,00", "facture", "caractère illisible (U+0000)"),
        (f"demo;100001;{'F' * 300};10/07/2017;21/07/2017;1,00", "facture", "plus de 40 caractères"),
        (f"demo;100001;F1;10/07/2017;21/07/2017;{'9' * 100_000}", "montant", "nombre illisible ou trop grand"),
        (f"demo;100001;F1;10/07/2017;21/07/2017;{'9' * 1_000_000}", "", "ligne illisible"),
    ],
)
def test_each_bad_row_has_its_reason(town_hall: Desk, rows: Connection, row: str, column: str, reason: str):
    town_hall.write("factures.csv", INVOICES, row, ALICES_INVOICE)

    outcome = town_hall.run()

    (refused,) = outcome.refused
    assert (refused.line, refused.column) == (2, column)
    assert refused.reason.startswith(reason)
    assert len(refused.value) <= 60
    assert outcome.counts("factures.csv") == (2, 1, 0, 0, 1)


def test_a_credit_note_is_not_positive(town_hall: Desk):
    header = f"{INVOICES};nature"
    town_hall.write(
        "factures.csv", header, f"{ALICES_INVOICE};avoir", "demo;100001;A2;10/07/2017;21/07/2017;-5,00;avoir"
    )

    outcome = town_hall.run()

    assert outcome.places == [(2, "montant")]
    assert outcome.counts("factures.csv") == (2, 1, 0, 0, 1)


def test_a_subscriber_of_another_utility_is_unknown_here(town_hall: Desk, rows: Connection):
    town_hall.write("collectivites.csv", "collectivite;nom", "voisine;Syndicat voisin")
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE.replace("demo", "voisine"))

    outcome = town_hall.run()

    assert outcome.places == [(2, "abonne")]
    assert count(rows, "invoice") == 0


def test_two_utilities_may_use_the_same_numbers(town_hall: Desk, rows: Connection):
    town_hall.write("collectivites.csv", "collectivite;nom", "voisine;Syndicat voisin")
    town_hall.write("abonnes.csv", "collectivite;abonne;nom", "voisine;100001;Damien Roussel")
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE, ALICES_INVOICE.replace("demo", "voisine"))

    assert town_hall.run().counts("factures.csv") == (2, 2, 0, 0, 0)
    assert count(rows, "invoice") == 2


def test_of_two_rows_with_one_key_the_first_is_taken(town_hall: Desk, rows: Connection):
    second = ALICES_INVOICE.replace("243,11", "999,99")
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE, second, second)

    outcome = town_hall.run()

    assert outcome.places == [(3, "facture"), (4, "facture")]
    assert set(outcome.reasons) == {"déjà présente à la ligne 2"}
    assert rows.execute("SELECT amount_cents FROM invoice").fetchall() == [{"amount_cents": 24311}]


def test_a_utility_sets_how_long_its_links_and_its_passwords_are(town_hall: Desk, rows: Connection):
    header = "collectivite;nom;lien_activation_heures;lien_renouvellement_minutes;mot_de_passe_longueur"
    town_hall.write(
        "collectivites.csv", header, "demo;Régie;48;30;12", "a;A;;;", "b;B;0;10;8", "c;C;24;1441;8", "d;D;24;10;5"
    )

    outcome = town_hall.run()

    assert outcome.places == [
        (4, "lien_activation_heures"),
        (5, "lien_renouvellement_minutes"),
        (6, "mot_de_passe_longueur"),
    ]
    assert outcome.reasons == ["de 1 à 168 heures", "de 5 à 1440 minutes", "de 8 à 64 caractères"]
    wanted = "SELECT activation_link_hours, renewal_link_minutes, password_min_length FROM utility WHERE code IN"
    kept = rows.execute(f"{wanted} ('a', 'demo') ORDER BY code").fetchall()
    assert [tuple(one.values()) for one in kept] == [(24, 10, 8), (48, 30, 12)]


def test_what_payfip_would_refuse_of_a_utility_is_refused_before(town_hall: Desk, rows: Connection):
    header = "collectivite;nom;client_payfip;modele_reference"
    clients = [f"c{n};C;{client};" for n, client in enumerate(("4200", "00420a", "-42000", "٠٠٤٢٠٠"))]
    templates = [
        f"t{n};T;004200;{template}" for n, template in enumerate(("{", "{inconnu}", "EAU-{digits}", "{digits:x}"))
    ]
    good = ["a;A;004205;{exer}0199{digits:013d}", "b;B;;EAU{alphanumeric}", "demo;Régie;;"]
    town_hall.write("collectivites.csv", header, *clients, *templates, *good)

    outcome = town_hall.run()

    assert outcome.places == [(line, "client_payfip") for line in range(2, 6)] + [
        (line, "modele_reference") for line in range(6, 10)
    ]
    assert set(outcome.reasons) == {"six chiffres", "modèle de référence invalide"}
    kept = rows.execute("SELECT payfip_client, payfip_reference_template FROM utility ORDER BY code").fetchall()
    assert [tuple(one.values()) for one in kept] == [
        ("004205", "{exer}0199{digits:013d}"),
        (None, "EAU{alphanumeric}"),
        (None, "{digits}"),
    ]


def test_a_domain_name_belongs_to_one_utility(town_hall: Desk):
    header = "collectivite;nom;hote"
    town_hall.write("collectivites.csv", header, "demo;Régie;eau.example.fr")
    assert town_hall.run().refused == []
    town_hall.write(
        "collectivites.csv",
        header,
        "demo;Régie des eaux;eau.example.fr",
        "a;Syndicat A;eau.example.fr",
        "b;Syndicat B;b.example.fr",
        "c;Syndicat C;b.example.fr",
        "d;Syndicat D;",
        "e;Syndicat E;",
    )

    outcome = town_hall.run()

    assert outcome.places == [(3, "hote"), (5, "hote")]
    assert outcome.counts("collectivites.csv") == (6, 3, 1, 0, 2)


def test_a_bad_row_does_not_hide_a_good_one_with_its_key(town_hall: Desk):
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE.replace("100001", "999999"), ALICES_INVOICE)

    assert town_hall.run().counts("factures.csv") == (2, 1, 0, 0, 1)


def test_staff_get_an_account_to_activate_and_keep_its_name(town_hall: Desk, rows: Connection):
    header = "collectivite;courriel;nom;rang"
    town_hall.write("agents.csv", header, "demo;Chloe@example.fr;Chloé Durand;agent")
    assert town_hall.run().counts("agents.csv") == (1, 1, 0, 0, 0)
    rows.execute("UPDATE account SET name = 'Chloé D.'")
    town_hall.write("agents.csv", header, "demo;chloe@example.fr;Chloé Durand;responsable")

    assert town_hall.run().counts("agents.csv") == (1, 0, 1, 0, 0)

    (account,) = rows.execute("SELECT * FROM account").fetchall()
    assert (account["email"], account["name"], account["activated_at"]) == ("chloe@example.fr", "Chloé D.", None)
    assert rows.execute("SELECT rank FROM staff_role").fetchall() == [{"rank": "responsable"}]


def test_an_account_is_not_made_for_a_refused_row(town_hall: Desk, rows: Connection):
    town_hall.write("agents.csv", "collectivite;courriel;nom;rang", "ailleurs;eve@example.fr;Ève;administrateur")

    assert town_hall.run().places == [(2, "collectivite")]
    assert count(rows, "account") == 0


def test_a_file_of_no_kind_does_not_block_the_others(town_hall: Desk, rows: Connection):
    town_hall.write("vide.csv")
    town_hall.write_bytes("vraiment_vide.csv", b"")
    town_hall.write("notes.csv", "ceci;n’est;pas", "un;fichier;attendu")
    town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)

    outcome = town_hall.run()

    assert outcome.counts("factures.csv") == (1, 1, 0, 0, 0)
    assert sorted(refused.file for refused in outcome.refused) == ["notes.csv", "vide.csv", "vraiment_vide.csv"]


def test_every_refusal_goes_to_the_report_file_and_runs_nothing_there(town_hall: Desk, tmp_path: Path):
    bad = [f"demo;100001;=cmd|{number};10/07/2017;21/07/2017;1,00" for number in range(300)]
    town_hall.write("factures.csv", INVOICES, *bad)
    report = tmp_path / "refus.csv"

    outcome = town_hall.run(report=report, shown=5)

    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert len(outcome.refused) == 5
    assert outcome.refusals == 300
    assert lines[0] == "fichier;ligne;colonne;valeur;motif"
    assert lines[1].startswith("factures.csv;2;facture;'=cmd|0;")
    assert len(lines) == 301


def test_a_file_named_twice_is_read_once(town_hall: Desk):
    path = town_hall.write("factures.csv", INVOICES, ALICES_INVOICE)

    assert len(town_hall.run(path, town_hall.folder, path).reports) == 1
