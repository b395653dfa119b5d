"""Entities made from columns are those that the database holds."""

import pytest
from sqlmodel import select

from models import Invoice, InvoiceKind, PaymentAttempt, Utility
from portail_app.services.rows import made, shown
from tests.factories import TODAY, create_invoice
from tests.payments import create_attempt


async def test_an_entity_made_of_its_columns_is_the_one_that_was_saved(session, cast, alice):
    invoice = await create_invoice(session, alice, kind=InvoiceKind.CREDIT_NOTE, amount_cents=-500, debited_on=TODAY)
    attempt = await create_attempt(session, alice, invoice)

    for entity, saved in ((Invoice, invoice), (PaymentAttempt, attempt), (Utility, cast.utility)):
        row = (await session.exec(select(*shown(entity)).where(entity.id == saved.id))).one()
        found, rest = made(entity, row)
        assert type(found) is entity
        assert found.model_dump() == saved.model_dump()
        assert not rest


@pytest.mark.parametrize("kind", InvoiceKind)
async def test_a_word_of_the_database_is_a_member_of_its_enumeration_again(session, alice, kind):
    invoice = await create_invoice(session, alice, kind=kind)
    row = (await session.exec(select(*shown(Invoice)).where(Invoice.id == invoice.id))).one()

    found, _ = made(Invoice, [str(value) if isinstance(value, InvoiceKind) else value for value in row])

    assert found.kind is kind


async def test_the_columns_that_follow_are_left_to_who_asked_for_them(session, alice):
    await create_invoice(session, alice)
    row = (await session.exec(select(*shown(Invoice), Invoice.amount_cents, Invoice.due_on))).one()

    assert tuple(made(Invoice, row)[1]) == (24311, row.due_on)
