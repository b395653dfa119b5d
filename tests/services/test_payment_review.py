"""What staff see of payments."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from models import AttemptState, PaymentAllocation, PaymentAttempt, PaymentMode
from portail_app.services.paging import Sought
from portail_app.services.payment_review import find_searched, list_payments
from tests import factories
from tests.factories import NOW, create_invoice
from tests.payments import create_attempt


@pytest.fixture
async def pay(session, cast, alice):
    """Writes an attempt of Alice's on an invoice of that number."""

    async def write(reference, number="2017-020-002059", *, utility=None, **values):
        utility_id = utility.id if utility else cast.utility.id
        invoice = await create_invoice(session, owner=alice, number=f"{number}-{reference}")
        defaults = {
            "reference": reference,
            "utility_id": utility_id,
            "account_id": alice.account_id,
            "state": AttemptState.PENDING,
            "amount_cents": 24311,
            "refdet": f"REF{reference}",
            "client": "004200",
            "mode": PaymentMode.TEST,
            "fiscal_year": 2026,
            "subject": "Facture",
            "payer_email": "alice@example.fr",
            "opened_at": NOW,
        }
        attempt = await factories.save(session, PaymentAttempt(**{**defaults, **values}))
        covered = {"attempt_id": attempt.id, "invoice_id": invoice.id, "amount_cents": 24311}
        await factories.save(session, PaymentAllocation(invoice_number=number, **covered))
        return attempt

    return write


async def references(session, viewer, search=""):
    return [payment.attempt.reference for payment in await list_payments(session, viewer, Sought(search))]


async def test_what_needs_a_human_comes_first_then_the_newest(session, chloe, pay):
    await pay("A", state=AttemptState.PAID)
    await pay("B", state=AttemptState.ANOMALY, trouble="Montant différent")
    await pay("C", trouble="PayFiP refuse l’identifiant")
    await pay("D")
    await pay("E", state=AttemptState.PAID, trouble="réglé depuis")

    assert await references(session, chloe) == ["C", "B", "E", "D", "A"]


async def test_a_payment_tells_its_invoices_and_whether_it_can_be_checked(session, chloe, pay):
    await pay("OPEN", "2017-020-002059")
    await pay("PAID", state=AttemptState.PAID)
    await pay("KEPT", opened_at=None)

    told = {payment.attempt.reference: payment for payment in await list_payments(session, chloe)}
    assert told["OPEN"].numbers == "2017-020-002059"
    assert [told[name].can_be_checked for name in ("OPEN", "PAID", "KEPT")] == [True, False, False]
    assert not told["OPEN"].needs_human


@pytest.mark.parametrize("state", [state for state in AttemptState if state is not AttemptState.PAID])
async def test_whatever_was_handed_over_and_is_not_paid_can_be_checked(session, chloe, pay, state):
    await pay("A", state=state)

    (payment,) = await list_payments(session, chloe)
    assert (payment.can_be_checked, payment.needs_human) == (True, state is AttemptState.ANOMALY)


async def test_a_basket_tells_all_its_invoices_in_their_order(session, alice, chloe, pay):
    attempt = await pay("A", "2017-020-000001")
    other = await create_invoice(session, owner=alice, number="2017-020-000002")
    covered = {"attempt_id": attempt.id, "invoice_id": other.id, "amount_cents": 1}
    await factories.save(session, PaymentAllocation(invoice_number=other.number, **covered))
    first = (await session.exec(select(PaymentAllocation).where(PaymentAllocation.amount_cents > 1))).one()
    first.amount_cents = 2  # PostgreSQL writes it again, after the other
    await session.flush()

    (payment,) = await list_payments(session, chloe)
    assert payment.numbers == "2017-020-000001, 2017-020-000002"


async def test_a_day_and_a_search_are_both_asked_for(session, chloe, pay):
    for reference, day in (("A", 20), ("B", 20), ("C", 21)):
        await pay(reference, created_at=datetime(2026, 11, day, 12, tzinfo=UTC))

    found = await list_payments(session, chloe, Sought("REF", date(2026, 11, 20)))
    assert [payment.attempt.reference for payment in found] == ["B", "A"]
    found = await list_payments(session, chloe, Sought("REFC", date(2026, 11, 20)))
    assert (list(found), found.total) == ([], 0)


async def test_what_waits_for_a_human_is_counted_and_comes_first_on_every_page(session, chloe, pay):
    await pay("A", state=AttemptState.ANOMALY)
    for n in range(3):
        await pay(f"N{n}")

    first = await list_payments(session, chloe, Sought(size=2))
    assert ([payment.attempt.reference for payment in first], first.total) == (["A", "N2"], 4)


async def test_a_number_finds_its_own_payment_only(session, chloe, pay):
    for reference, number in (("A", "2017-020-000001"), ("B", "2017-020-000002")):
        await pay(reference, number)

    assert await references(session, chloe, "020-000001") == ["A"]


async def test_the_reference_that_the_payer_reads_aloud_finds_the_payment(session, chloe, pay):
    await pay("ABCDEFGH2345", refdet="2017020000001")
    await pay("WXYZ", refdet="2017020000002")

    assert await references(session, chloe, "cdefgh") == ["ABCDEFGH2345"]


async def test_a_search_that_leaves_many_subscribers_names_two_and_each_once(session, cast, alice, bruno, chloe, pay):
    for reference in "AB":
        await pay(reference)
    assert await find_searched(session, chloe, Sought("REF")) == list(alice.subscriber_ids)

    third = frozenset({(await factories.create_subscriber(session, cast.utility)).id})
    for owner in (bruno, replace(bruno, subscriber_ids=third)):
        await create_attempt(session, owner, await create_invoice(session, owner=owner), refdet="REFAUTRE")
    found = await find_searched(session, chloe, Sought("REF"))
    assert len(found) == len(set(found)) == 2


async def test_a_search_tells_whose_payments_it_leaves_and_nobody_s_without_one(session, alice, bruno, chloe, pay):
    (hers,), (his,) = alice.subscriber_ids, bruno.subscriber_ids
    await pay("A")
    await pay("FAR", utility=await factories.create_utility(session))
    invoice = await create_invoice(session, owner=bruno)
    await create_attempt(session, bruno, invoice, reference="HIS", refdet="REFHIS")

    assert await find_searched(session, chloe, Sought("REFA")) == [hers]
    assert await find_searched(session, chloe, Sought("refhis")) == [his]
    assert set(await find_searched(session, chloe, Sought("REF"))) == {hers, his}
    for nobodys in (Sought(), Sought("FAR"), Sought("introuvable"), Sought("REFA", date(2000, 1, 1))):
        assert await find_searched(session, chloe, nobodys) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("002059", ["B", "A"]),
        ("refb", ["B"]),
        ("ALICE@", ["B", "A"]),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
    ],
)
async def test_a_search_finds_by_number_reference_or_payer_and_takes_no_wildcard(session, chloe, pay, search, found):
    await pay("A")
    await pay("B")

    assert await references(session, chloe, search) == found


async def test_neither_another_utility_s_payments_nor_a_subscriber_s_view(session, chloe, alice, pay):
    await pay("FAR", utility=await factories.create_utility(session))
    await pay("NEAR")

    assert await references(session, chloe) == ["NEAR"]
    assert await references(session, alice) == []


async def test_a_list_is_paged(session, chloe, pay):
    for n in range(5):
        await pay(f"N{n}")

    pages = [await list_payments(session, chloe, Sought(page=page, size=2)) for page in (1, 2, 3, 4)]
    assert [[payment.attempt.reference for payment in page] for page in pages] == [
        ["N4", "N3"],
        ["N2", "N1"],
        ["N0"],
        [],
    ]
    assert [page.total for page in pages] == [5, 5, 5, 5]


async def test_a_day_is_that_of_paris(session, chloe, pay):
    await pay("EVE", created_at=datetime(2026, 11, 20, 22, 59, tzinfo=UTC))
    await pay("DAY", created_at=datetime(2026, 11, 20, 23, 0, tzinfo=UTC))

    found = await list_payments(session, chloe, Sought(day=date(2026, 11, 21)))
    assert ([payment.attempt.reference for payment in found], found.total) == (["DAY"], 1)
