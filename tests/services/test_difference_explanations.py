"""Why a payment differs from the statement, as staff found."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models import AuditEntry, DifferenceExplanation, StaffRank
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.difference_explanations import LONGEST_REASON, explain_difference
from portail_app.services.reconciliation import Fold, ReconciliationQuery, count_unexplained, list_reconciled
from tests.factories import NOW, TODAY, create_utility
from tests.receipts import create_line, create_receipt
from tests.services.staff import staff_of


@pytest.fixture
async def line(session, cast):
    return await create_line(session, cast.utility, "INCONNU", amount_cents=1000)


async def explained(session, viewer) -> list[tuple[str, str]]:
    page = await list_reconciled(session, viewer, ReconciliationQuery(Fold.EXPLAINED), TODAY)
    return [(one.reference, one.reason) for one in page.payments]


async def test_an_explained_difference_is_filed_and_leaves_a_trace(session, chloe, line):
    await explain_difference(session, chloe, line.id, None, " Virement reçu par erreur ", NOW)

    assert await explained(session, chloe) == [("INCONNU", "Virement reçu par erreur")]
    assert await count_unexplained(session, chloe, TODAY) == 0
    entry = (await session.exec(select(AuditEntry))).one()
    assert (entry.action, entry.subject, entry.utility_id) == ("Écart expliqué", "INCONNU", line.utility_id)
    assert entry.details == {"jour": "2026-11-20", "écart": "-10,00\xa0€", "motif": "Virement reçu par erreur"}


async def test_a_second_explanation_takes_the_place_of_the_first(session, chloe, line):
    await explain_difference(session, chloe, line.id, None, "Erreur", NOW)
    await explain_difference(session, chloe, line.id, None, "Remboursé le 22", NOW)

    assert await explained(session, chloe) == [("INCONNU", "Remboursé le 22")]
    assert len((await session.exec(select(DifferenceExplanation))).all()) == 1


async def test_a_receipt_without_a_line_is_explained_by_itself(session, cast, alice, chloe, line):
    receipt = await create_receipt(session, alice, "000001")
    await explain_difference(session, chloe, None, receipt.id, "Rejet de la banque", NOW)

    assert await explained(session, chloe) == [("2026020000001", "Rejet de la banque")]


async def test_when_the_statement_changes_it_is_to_explain_again(session, chloe, line):
    await explain_difference(session, chloe, line.id, None, "Erreur", NOW)
    line.amount_cents = 2000
    await session.flush()

    assert await explained(session, chloe) == []
    assert await count_unexplained(session, chloe, TODAY) == 1


async def test_what_fits_has_nothing_to_explain(session, cast, alice, chloe):
    receipt = await create_receipt(session, alice, "000001")
    line = await create_line(session, cast.utility, "2026020000001")

    with pytest.raises(Invalid, match="pas d’écart"):
        await explain_difference(session, chloe, line.id, receipt.id, "Pour rien", NOW)


@pytest.mark.parametrize("reason", ["", "   ", "x" * (LONGEST_REASON + 1)])
async def test_a_reason_is_wanted(session, chloe, line, reason):
    with pytest.raises(Invalid) as refused:
        await explain_difference(session, chloe, line.id, None, reason, NOW)
    assert refused.value.field == "motif"


async def test_a_reason_is_of_three_hundred_characters_at_most_and_says_who_and_when(session, chloe, line):
    explanation = await explain_difference(session, chloe, line.id, None, "x" * LONGEST_REASON, NOW)

    assert explanation.reason == "x" * LONGEST_REASON
    assert (explanation.explained_by, explanation.explained_at) == (chloe.account_id, NOW)
    assert (explanation.line_id, explanation.receipt_id, explanation.difference_cents) == (line.id, None, -1000)


async def test_a_refused_reason_keeps_the_one_that_was_there(session, chloe, line):
    await explain_difference(session, chloe, line.id, None, "Erreur", NOW)
    with pytest.raises(Invalid):
        await explain_difference(session, chloe, line.id, None, " ", NOW)

    assert await explained(session, chloe) == [("INCONNU", "Erreur")]


async def test_an_explanation_replaces_no_other_payments(session, cast, alice, chloe, line):
    receipts = [await create_receipt(session, alice, number) for number in ("000001", "000002")]
    for receipt in receipts:
        await explain_difference(session, chloe, None, receipt.id, f"Rejet {receipt.id}", NOW)
    await explain_difference(session, chloe, line.id, None, "Erreur", NOW)
    await explain_difference(session, chloe, None, receipts[0].id, "Rejet confirmé", NOW)

    assert {reason for _, reason in await explained(session, chloe)} == {
        "Rejet confirmé",
        f"Rejet {receipts[1].id}",
        "Erreur",
    }


async def test_a_line_that_comes_for_an_explained_receipt_is_to_look_at_again(session, cast, alice, chloe, line):
    receipt = await create_receipt(session, alice, "000001")
    await explain_difference(session, chloe, None, receipt.id, "La banque tarde", NOW)
    late = await create_line(session, cast.utility, "2026020000001", amount_cents=24000)

    assert await explained(session, chloe) == []
    await explain_difference(session, chloe, late.id, receipt.id, "Frais", NOW)
    assert await explained(session, chloe) == [("2026020000001", "Frais")]
    late.amount_cents = 24311
    await session.flush()
    assert await explained(session, chloe) == []


async def test_what_waits_for_its_statement_has_nothing_to_explain_yet(session, alice, chloe):
    receipt = await create_receipt(session, alice, "000001")

    with pytest.raises(Invalid, match="pas d’écart"):
        await explain_difference(session, chloe, None, receipt.id, "Trop tôt", NOW)


async def test_a_manager_of_elsewhere_who_only_reads_here_explains_nothing_here(session, cast, line):
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)
    elsewhere = await create_utility(session)
    both = replace(agent, ranks={**agent.ranks, elsewhere.id: StaffRank.MANAGER})

    with pytest.raises(Forbidden):
        await explain_difference(session, both, line.id, None, "Erreur", NOW)
    assert (await session.exec(select(AuditEntry))).all() == []


async def test_another_utility_s_line_is_as_a_missing_one(session, chloe):
    far = await create_line(session, await create_utility(session), "AILLEURS")

    for line_id in (far.id, 999_999, None):
        with pytest.raises(NotFound):
            await explain_difference(session, chloe, line_id, None, "Curiosité", NOW)


async def test_an_agent_reads_and_a_manager_explains(session, cast, chloe, alice, line):
    agent = await staff_of(session, cast.utility, StaffRank.AGENT)

    assert await count_unexplained(session, agent, TODAY) == 1
    for viewer in (agent, alice):
        with pytest.raises(Forbidden):
            await explain_difference(session, viewer, line.id, None, "Erreur", NOW)
