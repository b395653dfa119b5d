"""/agent/paiements and /agent/rapprochement, as they read: the word and the action of each payment."""

from datetime import UTC, datetime

import pytest

from models import (
    Agreement,
    AttemptState,
    PaymentAttempt,
    PaymentMode,
    PaymentSuspension,
    Utility,
)
from portail_app.imports.treasury import RefusedLine, StatementReport
from portail_app.services.payment_review import ReviewedPayment
from portail_app.services.reconciliation import Fold, ReconciledPayment, ReconciliationPage
from portail_app.states.payment_review import PaymentReviewState
from portail_app.states.reconciliation import ReconciliationState
from portail_app.states.site import SiteState
from portail_app.states.statement import StatementState
from portail_app.states.suspensions import SuspensionsState
from tests.factories import TODAY
from tests.screens import Shown, hold, page, tab_of

AT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)
UTILITIES = (Utility(id=1, code="eau", name="Eau"), Utility(id=2, code="dechets", name="Déchets"))


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (AttemptState.PREPARED, "En cours"),
        (AttemptState.PENDING, "En cours"),
        (AttemptState.PAID, "Payé"),
        (AttemptState.REFUSED, "Refusé"),
        (AttemptState.CANCELLED, "Abandonné"),
        (AttemptState.EXPIRED, "Expiré"),
        (AttemptState.ANOMALY, "Anomalie"),
    ],
)
async def test_a_payment_is_one_word(state, word):
    assert (await payment_cell(state)).words() == word


async def test_a_payment_that_needs_somebody_says_why_and_is_asked_about_again_once():
    cell = await payment_cell(AttemptState.ANOMALY, needs_human=True, can_be_checked=True)
    assert cell.said("span") == ["Anomalie", "Montant différent"]
    assert cell.pressed("Vérifier de nouveau") == ("check_again", {"reference": "P1"})

    asked = await payment_cell(AttemptState.ANOMALY, can_be_checked=True, asked=("P1",))
    assert asked.said("span") == ["Anomalie", "Vérification demandée à PayFiP."]
    assert not asked.every("button")


async def test_each_utility_says_whether_its_payment_is_open_and_is_resumed_by_itself():
    tab = await tab_of(SuspensionsState, utilities=UTILITIES)
    await hold(tab, SiteState, suspended_utility_ids=(2,))
    card = card_of(page("/agent/paiements", tab), "Suspension du paiement")
    water, waste = (each for each in card.every("div", className="cluster") if each.every("strong"))

    assert (water.words(), waste.words()) == (
        *("Eau Paiement ouvert", "Déchets Paiement suspendu Reprendre le paiement"),
    )
    assert waste.pressed("Reprendre le paiement") == ("resume", {"utility_id": 2})


async def test_a_suspension_of_the_past_says_from_when_to_when():
    values = {"utility_id": 1, "suspended_at": AT, "suspended_by": 1, "reason": "Maintenance"}
    history = (PaymentSuspension(**values), PaymentSuspension(**values, until=AT, resumed_at=AT))
    seen = page("/agent/paiements", await tab_of(SuspensionsState, utilities=UTILITIES, history=history))

    assert [[cell.words() for cell in line.children][2:] for line in seen.only("tbody").children] == [
        ["—", "—"],
        ["01/07/2026 00:30"] * 2,
    ]


@pytest.mark.parametrize("count", [1, 2])
async def test_who_works_for_several_utilities_says_for_which(count):
    seen = page("/agent/paiements", await tab_of(SuspensionsState, utilities=UTILITIES[:count]))
    assert ("Collectivité" in seen.said("label")) is (count > 1)
    assert [field.properties["value"] for field in seen.every("input", type="hidden")] == ["1"] * (count == 1)


@pytest.mark.parametrize(
    ("agreement", "fold", "words", "is_explained"),
    [
        (Agreement.MATCHED, Fold.MATCHED, "Rapproché", False),
        (Agreement.NOT_THERE, Fold.OPEN, "Absent du relevé", True),
        (Agreement.NOT_HERE, Fold.OPEN, "Absent du portail", True),
        (Agreement.DIFFERENT, Fold.OPEN, "Montant différent", True),
        (Agreement.DIFFERENT, Fold.EXPLAINED, "Montant différent", True),
        (Agreement.WAITING, Fold.WAITING, "Relevé à venir", False),
    ],
)
async def test_only_a_difference_with_the_statement_is_explained(agreement, fold, words, is_explained):
    line = await reconciled(agreement, fold)

    assert line.only("td", data_label="État").words() == words
    assert bool(line.every("textarea")) is is_explained


async def test_a_side_that_does_not_know_a_payment_has_no_amount_and_the_form_names_the_other():
    line = await reconciled(Agreement.NOT_HERE, Fold.OPEN, line_id=4, there_cents=1000)

    assert [line.only("td", data_label=side).words() for side in ("Portail", "Relevé")] == ["—", "10,00 €"]
    sent = {each.properties["name"]: each.properties["value"] for each in line.every("input", type="hidden")}
    assert sent == {"ligne": "4", "recu": "0"}


@pytest.mark.parametrize(("reason", "word"), [("", "Expliquer"), ("Doublon", "Corriger l’explication")])
async def test_an_explanation_is_given_or_corrected(reason, word):
    cell = (await reconciled(Agreement.DIFFERENT, Fold.OPEN, reason=reason)).only("td", data_label="Explication")
    assert cell.said("summary") == [word]
    assert cell.only("textarea").properties["defaultValue"] == reason


@pytest.mark.parametrize(
    ("report", "can_be_written"),
    [
        (StatementReport(read=2, new=1, unchanged=1), True),
        (StatementReport(read=1, changed=1), True),
        (StatementReport(read=1, unchanged=1), False),
        (StatementReport(read=1, refused=1), False),
    ],
)
async def test_a_statement_that_would_change_nothing_is_not_written(report, can_be_written):
    seen = await rehearsed(report)
    assert ("Enregistrer" in seen.said("button")) is can_be_written
    assert "Annuler" in seen.said("button")


@pytest.mark.parametrize(("unshown", "words"), [(0, ""), (1, "… et un autre refus."), (12, "… et 12 autres refus.")])
async def test_the_lines_that_were_refused_say_where_and_why(unshown, words):
    refusals = (RefusedLine(0, "", "", "Vide"), RefusedLine(7, "montant", "abc", "N’est pas un montant"))
    seen = await rehearsed(StatementReport(read=2, refused=2, refusals=refusals, unshown=unshown))

    assert seen.only("tbody").said("tr") == ["Fichier Vide", "7 montant abc N’est pas un montant"]
    assert [each for each in seen.said("p") if each.startswith("…")] == ([words] if words else [])


async def payment_cell(state: AttemptState, needs_human=False, can_be_checked=False, asked=()) -> Shown:
    values = {"reference": "P1", "utility_id": 1, "account_id": 1, "amount_cents": 100, "trouble": "Montant différent"}
    attempt = PaymentAttempt(state=state, mode=PaymentMode.TEST, created_at=AT, payer_email="a@b.fr", **values)
    payments = (ReviewedPayment(attempt, "F1", needs_human, can_be_checked),)
    tab = await tab_of(PaymentReviewState, payments=payments, asked=asked, is_loaded=True)
    return page("/agent/paiements", tab).only("td", data_label="État")


async def reconciled(agreement: Agreement, fold: Fold, **values: object) -> Shown:
    usual = {"utility_id": 1, "line_id": None, "receipt_id": None, "day": TODAY, "booked_on": None, "reference": "P1"}
    rest = {"numbers": "F1", "authorisation": "", "here_cents": None, "there_cents": None, "reason": ""}
    payment = ReconciledPayment(agreement=agreement, fold=fold, **{**usual, **rest, **values})
    tab = await tab_of(ReconciliationState, found=ReconciliationPage((payment,), 1), is_loaded=True)
    return page("/agent/rapprochement", tab).only("tbody").only("tr")


async def rehearsed(report: StatementReport) -> Shown:
    seen = page("/agent/rapprochement", await tab_of(StatementState, name="releve.csv", report=report))
    return next(each for each in seen.every("details") if each.said("summary") == ["Importer un relevé"])


def card_of(seen: Shown, title: str) -> Shown:
    (card,) = (each for each in seen.every("section") if each.said("h2") == [title])
    return card
