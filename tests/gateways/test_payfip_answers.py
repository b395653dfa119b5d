"""PayFiP's answers, read field by field: what is unreadable is a trouble, never an amount made up."""

from datetime import UTC, datetime

import pytest

from portail_app.gateways.payfip import Outcome, TechnicalTrouble
from portail_app.gateways.payfip.answers import read_client_detail, read_created_payment, read_payment_detail

IDOP = "a" * 8 + "-bbbb-cccc-dddd-" + "e" * 12
FIELDS = {
    "numcli": "004200",
    "exer": "2026",
    "refdet": "DEMO20260001",
    "objet": "Facture",
    "mel": "alice@example.fr",
    "saisie": "T",
    "resultrans": "P",
    "numauto": "123456",
    "montant": "24311",
    "dattrans": "22112026",
    "heurtrans": "1040",
    "idOp": IDOP,
}


def without(*names: str) -> dict[str, str]:
    return {name: value for name, value in FIELDS.items() if name not in names}


def test_a_payment_is_read_whole():
    detail = read_payment_detail(IDOP, FIELDS, "<xml/>")

    assert (detail.idop, detail.amount_cents, detail.raw_xml) == (IDOP, 24311, "<xml/>")
    assert (detail.numcli, detail.refdet, detail.mel, detail.numauto) == (
        *("004200", "DEMO20260001", "alice@example.fr", "123456"),
    )
    assert detail.transacted_at == datetime(2026, 11, 22, 9, 40, tzinfo=UTC)
    assert detail.outcome is Outcome.PAID


@pytest.mark.parametrize("name", ["numcli", "exer", "refdet", "objet", "mel", "saisie", "numauto"])
def test_a_field_that_is_left_out_is_empty_and_the_result_still_counts(name):
    detail = read_payment_detail(IDOP, without(name), "")

    assert getattr(detail, name) == ""
    assert detail.amount_cents == 24311


def test_an_answer_may_leave_out_which_operation_it_is_about():
    assert read_payment_detail(IDOP, without("idOp"), "").idop == IDOP


def test_an_answer_about_another_operation_settles_nothing():
    with pytest.raises(TechnicalTrouble, match="autre opération") as trouble:
        read_payment_detail(IDOP, {**FIELDS, "idOp": "f" * 36}, "<autre/>")
    assert trouble.value.raw_xml == "<autre/>"


@pytest.mark.parametrize("fields", [without("resultrans"), {**FIELDS, "resultrans": ""}])
def test_an_answer_without_a_result_is_no_result(fields):
    with pytest.raises(TechnicalTrouble, match="ne porte pas de résultat"):
        read_payment_detail(IDOP, fields, "")


@pytest.mark.parametrize("montant", ["", "-1", "12,50", "12.50", " 24311", "2 431", "0x10", "²", "٣", "1" * 12])
def test_an_amount_that_is_not_plain_digits_is_never_guessed(montant):
    with pytest.raises(TechnicalTrouble, match="montant de la réponse est illisible"):
        read_payment_detail(IDOP, {**FIELDS, "montant": montant}, "")


@pytest.mark.parametrize(("montant", "cents"), [("0", 0), ("00100", 100), ("99999999999", 99_999_999_999)])
def test_zeros_before_an_amount_are_zeros(montant, cents):
    assert read_payment_detail(IDOP, {**FIELDS, "montant": montant}, "").amount_cents == cents


@pytest.mark.parametrize(
    ("dattrans", "heurtrans"),
    [("", ""), ("22112026", ""), ("", "1040"), ("31022026", "1040"), ("22112026", "2460"), ("22-11-26", "1040")],
)
def test_a_result_is_worth_more_than_its_hour(dattrans, heurtrans):
    detail = read_payment_detail(IDOP, {**FIELDS, "dattrans": dattrans, "heurtrans": heurtrans}, "")

    assert detail.transacted_at is None
    assert detail.outcome is Outcome.PAID


def test_a_created_payment_has_the_idop_that_was_given():
    created = read_created_payment({"idOp": IDOP}, "<xml/>")
    assert (created.idop, created.raw_xml) == (IDOP, "<xml/>")


@pytest.mark.parametrize("fields", [{}, {"idOp": ""}, {"idOp": "<script>"}, {"idOp": "x" * 500}, {"idop": IDOP}])
def test_a_creation_without_a_readable_idop_is_a_trouble_with_the_answer_kept(fields):
    with pytest.raises(TechnicalTrouble, match="ne porte pas d'idOp") as trouble:
        read_created_payment(fields, "<vide/>")
    assert trouble.value.raw_xml == "<vide/>"


def test_a_client_has_three_names_of_which_any_may_be_missing():
    detail = read_client_detail({"numcli": "004200", "libelleN1": "Trésorerie", "libelleN3": "Eau"}, "<xml/>")

    assert (detail.numcli, detail.libelle_n1, detail.libelle_n2, detail.libelle_n3) == (
        "004200",
        "Trésorerie",
        "",
        "Eau",
    )
    assert read_client_detail({}, "").numcli == ""
