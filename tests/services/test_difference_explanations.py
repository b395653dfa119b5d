"""Why a payment differs from the statement, as staff found."""

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
