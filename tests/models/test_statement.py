"""A line of the treasury's statement, and what was said of it."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from models import DifferenceExplanation
from tests.factories import NOW, create_utility, save
from tests.receipts import PAID_ON, create_line, create_receipt


async def test_a_line_is_one_payment_of_one_day_under_one_authorisation(session, cast):
    await create_line(session, cast.utility, "REF", authorisation="A1")
    for other in ({"day": PAID_ON + timedelta(days=1)}, {"authorisation": "A2"}, {"authorisation": ""}):
        await create_line(session, cast.utility, "REF", **{"authorisation": "A1", **other})
    await create_line(session, await create_utility(session), "REF", authorisation="A1")

    with pytest.raises(IntegrityError, match="uq_statement_line"):
        await create_line(session, cast.utility, "REF", authorisation="A1", amount_cents=1)


async def test_a_line_without_an_authorisation_is_there_once_too(session, cast):
    await create_line(session, cast.utility, "REF")

    with pytest.raises(IntegrityError, match="uq_statement_line"):
        await create_line(session, cast.utility, "REF", amount_cents=1)


@pytest.mark.parametrize("of", ["line_id", "receipt_id"])
async def test_a_payment_is_explained_once(session, cast, alice, of):
    line, receipt = await create_line(session, cast.utility, "REF"), await create_receipt(session, alice, "000001")
    known = {of: {"line_id": line, "receipt_id": receipt}[of].id, "utility_id": cast.utility.id, "difference_cents": 1}
    by = {"explained_at": NOW, "explained_by": cast.chloe.viewer.account_id}
    await save(session, DifferenceExplanation(reason="Erreur", **known, **by))

    with pytest.raises(IntegrityError, match=f"difference_explanation_{of}"):
        await save(session, DifferenceExplanation(reason="Remboursé", **known, **by))
