"""Where a payment stands for who pays."""

from datetime import timedelta

import pytest

from models import AttemptState
from portail_app.errors import NotFound
from portail_app.services.payments.opening import TOO_LATE
from portail_app.services.payments.settlement import settle_attempt
from portail_app.services.payments.status import read_status
from tests.factories import NOW, create_invoice
from tests.payments import answer, create_attempt

UNFINISHED = (AttemptState.PREPARED, AttemptState.PENDING)


@pytest.fixture
async def invoice(session, alice):
    return await create_invoice(session, alice)


@pytest.mark.parametrize("state", AttemptState)
async def test_a_page_waits_for_what_has_no_result_yet_only(session, alice, invoice, state):
    attempt = await create_attempt(session, alice, invoice, state=state)

    assert (await read_status(session, alice, attempt.reference, NOW)).may_change is (state in UNFINISHED)


@pytest.mark.parametrize("state", AttemptState)
async def test_why_it_cannot_leave_is_said_only_of_what_could_have(session, alice, invoice, state):
    attempt = await create_attempt(session, alice, invoice, state=state)

    late = await read_status(session, alice, attempt.reference, NOW + timedelta(hours=1))

    assert late.obstacle == (TOO_LATE if state in UNFINISHED else "")
    assert (await read_status(session, alice, attempt.reference, NOW)).obstacle == ""


async def test_a_paid_payment_comes_with_its_receipt_and_its_parts(session, alice, invoice):
    other = await create_invoice(session, alice, amount_cents=5_000)
    attempt = await create_attempt(session, alice, invoice, other)
    receipt = await settle_attempt(session, attempt.id, answer(attempt), NOW)

    status = await read_status(session, alice, attempt.reference, NOW)

    assert status.receipt == receipt
    assert [(part.invoice_number, part.amount_cents) for part in status.allocations] == [
        (invoice.number, 24311),
        (other.number, 5_000),
    ]


async def test_the_words_for_staff_are_kept_and_not_shown(session, alice, invoice):
    attempt = await create_attempt(session, alice, invoice, state=AttemptState.ANOMALY, trouble="Montant différent")

    shown = (await read_status(session, alice, attempt.reference, NOW)).attempt

    assert (shown.trouble, attempt.trouble) == ("", "Montant différent")
    assert shown.model_dump() | {"trouble": ""} == attempt.model_dump() | {"trouble": ""}
    assert shown.idop is None


@pytest.mark.parametrize("opens_popup", [True, False])
async def test_the_utility_says_whether_payfip_has_a_window_of_its_own(session, cast, alice, invoice, opens_popup):
    cast.utility.payfip_opens_popup = opens_popup
    attempt = await create_attempt(session, alice, invoice)

    assert (await read_status(session, alice, attempt.reference, NOW)).opens_popup is opens_popup


async def test_a_neighbour_is_told_nothing(session, alice, bruno, invoice):
    attempt = await create_attempt(session, alice, invoice)

    with pytest.raises(NotFound, match=r"^Paiement introuvable\.$"):
        await read_status(session, bruno, attempt.reference, NOW)
