"""A kind of file is a declaration: what follows from it, and that each one is documented."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from psycopg import Connection

from models import Account, AccountSubscriber
from portail_app.imports.declarations import FileKind, Reference
from portail_app.imports.kinds import INVOICE_LINES, INVOICES, KINDS, STAFF, SUBSCRIBERS, UTILITIES
from portail_app.imports.references import SUBSCRIBER
from portail_app.settings import ROOT
from tests.imports.desk import Desk

DELEGATES = FileKind(
    name="délégués",
    entity=AccountSubscriber,
    key=("account_id", "subscriber_id"),
    references={
        "account_id": Reference(Account, key="email", column="courriel", unknown="compte inconnu"),
        "subscriber_id": SUBSCRIBER,
    },
    columns={"titre": "hold"},
    also_required=frozenset({"titre"}),
)


def test_a_new_kind_of_file_is_nothing_but_a_declaration(town_hall: Desk, rows: Connection):
    town_hall = replace(town_hall, kinds=(*KINDS, DELEGATES))
    town_hall.write("agents.csv", "collectivite;courriel;nom;rang", "demo;chloe@example.fr;Chloé;agent")
    town_hall.write(
        "delegues.csv",
        "Collectivité;Abonné;Courriel;Titre",
        "demo;100001;Chloe@example.fr;delegue_consultation",
        "demo;100002;personne@example.fr;titulaire",
        "demo;100009;chloe@example.fr;titulaire",
        "demo;100001;chloe@example.fr;titulaire",
        "demo;100002;chloe@example.fr;roi",
    )

    outcome = town_hall.run()

    assert outcome.counts("delegues.csv") == (5, 1, 0, 0, 4)
    assert sorted(outcome.places) == [(3, "courriel"), (4, "abonne"), (5, "abonne"), (6, "titre")]
    assert rows.execute("SELECT hold FROM account_subscriber").fetchall() == [{"hold": "delegue_consultation"}]


@pytest.mark.parametrize(
    ("kind", "required"),
    [
        (UTILITIES, {"collectivite", "nom"}),
        (STAFF, {"collectivite", "courriel", "rang"}),
        (SUBSCRIBERS, {"collectivite", "abonne", "nom"}),
        (INVOICES, {"collectivite", "abonne", "facture", "date", "echeance", "montant"}),
        (INVOICE_LINES, {"collectivite", "facture", "ligne", "rubrique", "libelle", "montant_ht"}),
    ],
)
def test_required_columns_are_the_fields_without_default_and_the_keys(kind: FileKind, required: set[str]):
    assert kind.required == required


def test_the_key_of_a_row_is_told_in_the_columns_of_its_file():
    assert INVOICE_LINES.key_columns == ("collectivite", "facture", "ligne")
    assert STAFF.key_columns == ("courriel", "collectivite")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_that_is_declared_exists(kind: FileKind):
    for origin in kind.origins.values():
        assert origin.field in origin.entity.model_fields
    assert set(kind.key) <= set(kind.columns.values()) | set(kind.references)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_unique_column_is_compared_by_a_key_of_the_files_own_columns(kind: FileKind):
    assert not kind.unique_columns or set(kind.key) <= set(kind.columns.values())


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_is_documented_and_only_those(kind: FileKind):
    section = _section(ROOT / "docs" / "import.md", kind.name)
    documented = {name: required == "oui" for name, required in re.findall(r"^\| `(\w+)` \| (\w+) \|", section, re.M)}

    assert documented == {column: column in kind.required for column in kind.origins}


def _section(page: Path, name: str) -> str:
    """The part of the page under the heading of that name."""
    sections = re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.M)
    return next(section for section in sections if section.lower().startswith(name))
