"""A payment attempt as it is first written: its names, its year, and what PayFiP can read of them."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from models import AttemptState, PaymentMode
from portail_app.errors import NotPayable
from portail_app.services.payments.attempt import write_attempt
from portail_app.services.payments.attempts import list_allocations
from tests.factories import NOW, create_invoice

NEW_YEARS_EVE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # the new year in Paris


@pytest.fixture
async def write(session, cast, alice):
    """Writes an attempt of Alice's on these invoices, whose utility has that template."""

    async def write(*invoices, template="{digits}", now=NOW, payer=alice):
        cast.utility.payfip_reference_template = template
        return await write_attempt(session, payer, cast.utility, invoices, now)

    return write


@pytest.mark.parametrize(
    ("template", "number", "refdet"),
    [
        ("{digits}", "2017-020-002059", "2017020002059"),
        ("{digits}", "F2017/020 2059", "20170202059"),
        ("{alphanumeric}", "F2017/020 2059", "F20170202059"),
        ("EAU{alphanumeric}", "fa-12é", "EAUfa12"),
        ("{exer}{digits:014d}", "20-59", "202600000000002059"),
        ("{exer}0199{digits:013d}", "2059", "202601990000000002059"),
        ("{digits}", "123456", "123456"),
        ("{digits}", "1" * 30, "1" * 30),
    ],
)
async def test_a_reference_follows_the_template_of_the_utility(session, alice, write, template, number, refdet):
    invoice = await create_invoice(session, alice, number=number)

    assert (await write(invoice, template=template)).refdet == refdet


@pytest.mark.parametrize(
    ("template", "number"),
    [
        ("{digits}", "12345"),
        ("{digits}", "1" * 31),
        ("{digits}", "AVOIR"),
        ("{digits:04d}", "2026-020-000001"),
        ("{alphanumeric:013d}", "F2017"),
        ("{inconnu}", "2026-020-000001"),
        ("EAU-{digits}", "2026-020-000001"),
        ("", "2026-020-000001"),
    ],
)
async def test_a_number_or_a_template_that_makes_no_reference_is_told_in_words(session, alice, write, template, number):
    invoice = await create_invoice(session, alice, number=number)

    with pytest.raises(NotPayable) as refused:
        await write(invoice, template=template)
    assert refused.value.sentence == (
        "Le numéro de cette facture ne permet pas de la payer en ligne : contactez le service."
    )


async def test_a_basket_has_its_own_reference_whatever_the_numbers_and_the_template(session, alice, write):
    unfit = [await create_invoice(session, alice, number=f"A{n}") for n in range(2)]

    attempt = await write(*unfit, template="{inconnu}")

    assert attempt.refdet == f"B2026{attempt.id:06d}"


async def test_alone_the_year_is_that_of_the_invoice_and_together_that_of_paris(session, alice, write):
    old = await create_invoice(session, alice, issued_on=date(2019, 12, 31))
    new = await create_invoice(session, alice)

    assert (await write(old, now=NEW_YEARS_EVE)).fiscal_year == 2019
    basket = await write(old, new, now=NEW_YEARS_EVE)
    assert (basket.fiscal_year, basket.refdet[:5]) == (2027, "B2027")


async def test_the_words_that_payfip_shows_are_plain_and_a_hundred_at_most(session, alice, write):
    one = await create_invoice(session, alice, number="2026-020-000001", subject="Redevance d’été — « Œuvre » n°\xa03")
    many = [await create_invoice(session, alice, number=f"2026-020-{n:06d}") for n in range(2, 9)]

    assert (await write(one)).subject == "Facture 2026 020 000001 Redevance d ete OEuvre n 3"
    subject = (await write(*many)).subject
    assert subject.startswith("Factures 2026 020 000002 2026 020 000003 ")
    assert len(subject) <= 100
    assert subject == subject.strip()


async def test_an_address_is_of_eighty_characters_at_most(session, alice, write):
    invoice = await create_invoice(session, alice)
    longest = "a" * 69 + "@example.fr"

    assert (await write(invoice, payer=replace(alice, email=longest))).payer_email == longest
    with pytest.raises(NotPayable, match="adresse mail de plus de 80 caractères"):
        await write(invoice, payer=replace(alice, email="a" + longest))


async def test_it_says_who_pays_how_much_of_what_and_when(session, cast, alice, write):
    cast.utility.payfip_mode, cast.utility.payfip_client = PaymentMode.PRODUCTION, "004205"
    whole, part = await create_invoice(session, alice), await create_invoice(session, alice, settled_cents=4311)

    attempt = await write(whole, part)

    assert (attempt.state, attempt.created_at, attempt.idop) == (AttemptState.PREPARED, NOW, None)
    assert len(attempt.reference) == 12
    assert (attempt.account_id, attempt.utility_id) == (alice.account_id, cast.utility.id)
    assert (attempt.mode, attempt.client, attempt.amount_cents) == (PaymentMode.PRODUCTION, "004205", 44_311)
    parts = await list_allocations(session, attempt)
    assert [(one.invoice_number, one.amount_cents) for one in parts] == [(whole.number, 24311), (part.number, 20_000)]
