"""The receipt: found by who paid, on paper and by mail."""

from datetime import UTC, datetime

import pytest

from models import AttemptState, Hold, MailEvent, NotificationChoice, PaymentMeans
from portail_app.errors import NotFound
from portail_app.services.payments.receipts import compose_receipt, find_receipt, list_payers
from portail_app.services.payments.settlement import settle_attempt
from portail_app.settings import settings
from portail_app.viewer import Viewer
from tests.factories import NOW, create_invoice, let_in, save
from tests.payments import answer, create_attempt, written_mails
from tests.services.staff import damien_of_elsewhere

EVENING = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # the day after in Paris


@pytest.fixture
async def attempt(session, alice):
    first = await create_invoice(session, alice, number="2026-020-000007")
    second = await create_invoice(session, alice, number="2026-020-000008", amount_cents=100_000)
    return await create_attempt(session, alice, first, second, reference="ABCDEFGH2345", refdet="B2026000042")


async def pay(session, attempt, **told):
    return await settle_attempt(session, attempt.id, answer(attempt, **told), NOW)


async def test_the_paper_says_what_was_paid_by_whom_to_whom_and_how(session, cast, alice, attempt):
    receipt = await pay(session, attempt, resultrans="V", transacted_at=EVENING)

    sheet = await compose_receipt(session, alice, "ABCDEFGH2345")

    assert (sheet.number, sheet.amount_cents, sheet.overpaid_cents) == (receipt.number, 124_311, 0)
    assert sheet.invoices == (("2026-020-000007", 24311), ("2026-020-000008", 100_000))
    assert (sheet.means, sheet.paid_at, sheet.reference) == (PaymentMeans.DIRECT_DEBIT, EVENING, "B2026000042")
    assert (sheet.addressee[0], sheet.head.name) == ("Alice Martin", cast.utility.name)
    assert sheet.head.portal_address == settings().url


async def test_who_paid_and_staff_read_it_and_nobody_else(session, alice, bruno, chloe, attempt):
    await pay(session, attempt)

    for viewer in (alice, chloe):
        assert (await compose_receipt(session, viewer, "ABCDEFGH2345")).amount_cents == 124_311
    for viewer in (bruno, await damien_of_elsewhere(session), Viewer.nobody()):
        with pytest.raises(NotFound, match=r"^Paiement introuvable\.$"):
            await compose_receipt(session, viewer, "ABCDEFGH2345")


@pytest.mark.parametrize("state", [state for state in AttemptState if state is not AttemptState.PAID])
async def test_what_is_not_paid_has_no_receipt(session, alice, attempt, state):
    attempt.state = state

    assert await find_receipt(session, attempt) is None
    with pytest.raises(NotFound, match=r"^Reçu introuvable\.$"):
        await compose_receipt(session, alice, "ABCDEFGH2345")


async def test_each_payment_has_its_own_receipt_and_no_other(session, alice, attempt):
    other, unpaid = [await create_attempt(session, alice, await create_invoice(session, alice)) for _ in range(2)]
    receipts = [await pay(session, paid) for paid in (attempt, other)]

    assert [await find_receipt(session, paid) for paid in (attempt, other)] == receipts
    assert await find_receipt(session, unpaid) is None
    assert (await compose_receipt(session, alice, other.reference)).number == receipts[1].number


async def test_the_payers_are_those_whose_invoices_are_paid_each_once(session, alice, bruno, attempt):
    (hers,) = alice.subscriber_ids
    assert await list_payers(session, "ABCDEFGH2345") == [hers]

    both = await create_attempt(session, alice, *[await create_invoice(session, one) for one in (alice, bruno)])
    assert set(await list_payers(session, both.reference)) == alice.subscriber_ids | bruno.subscriber_ids
    assert await list_payers(session, "ABCDEFGH2345") == [hers]
    assert await list_payers(session, "ZZZZ") == []


async def test_the_mail_says_the_same_in_words(session, cast, attempt):
    receipt = await pay(session, attempt, transacted_at=EVENING)

    ((mail, text),) = await written_mails(session)

    assert (mail.recipient, mail.subject) == ("alice@example.fr", "Votre paiement a bien été reçu")
    assert mail.utility_id == cast.utility.id
    assert text == (
        "Bonjour,\n\n"
        "Nous avons bien reçu votre paiement de 1\u202f243,11\xa0€ le 23/11/2026 à\xa000:30, par carte bancaire.\n\n"
        "Factures réglées :\n- 2026-020-000007 : 243,11\xa0€\n- 2026-020-000008 : 1\u202f000,00\xa0€\n\n"
        f"Votre reçu n° {receipt.number} :\n{settings().url}/recus/ABCDEFGH2345.pdf\n\n"
        "Merci de ne pas répondre à ce message.\n"
    )


async def test_a_debit_is_named_in_the_mail(session, attempt):
    await pay(session, attempt, resultrans="V")

    ((_, text),) = await written_mails(session)
    assert "par prélèvement." in text


async def test_who_paid_for_somebody_has_the_mail_and_the_paper_names_who_was_billed(session, alice):
    delegate = await let_in(session, alice, Hold.MAY_PAY)
    invoice = await create_invoice(session, alice)
    attempt = await create_attempt(session, delegate, invoice)
    await pay(session, attempt)

    ((mail, _),) = await written_mails(session)
    assert mail.recipient == delegate.email
    assert (await compose_receipt(session, delegate, attempt.reference)).addressee[0] == "Alice Martin"


async def test_a_receipt_is_a_proof_whose_mail_nobody_can_refuse(session, alice, attempt):
    refused = {"event": MailEvent.RECEIPT, "is_wanted": False, "chosen_at": NOW}
    await save(session, NotificationChoice(account_id=alice.account_id, **refused))

    await pay(session, attempt)

    assert [mail.recipient for mail, _ in await written_mails(session)] == ["alice@example.fr"]
