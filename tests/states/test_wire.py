"""What an entity becomes on its way to the browser."""

import json
from datetime import date

import pytest
from reflex_base.utils.format import json_dumps
from reflex_base.utils.serializers import serialize

import models
from models import Entity, Invoice, InvoiceKind, InvoiceRow, Utility
from portail_app.states.wire import serialize_entity
from tests.factories import create_invoice

TABLES = [kind for kind in vars(models).values() if isinstance(kind, type) and hasattr(kind, "__table__")]


def draft_row(kind=InvoiceRow, **values):
    defaults = {"utility_id": 1, "subscriber_id": 2, "number": "2017-020-002059", "amount_cents": 24311}
    days = {"issued_on": date(2017, 7, 10), "due_on": date(2017, 7, 21)}
    return kind(**{**defaults, **days, **values})


def test_reflex_uses_it_for_rows_and_for_tables():
    for row in (draft_row(), draft_row(Invoice), Utility(code="demo", name="Régie", host="localhost")):
        assert serialize(row) == serialize_entity(row)


def test_a_row_is_what_its_model_says_computed_fields_included():
    row = draft_row(settled_cents=311, sent_to_treasury_on=date(2017, 9, 1))

    assert serialize_entity(row) == row.model_dump()
    assert serialize_entity(row)["balance_cents"] == 24000
    assert serialize_entity(row)["status"] == "en_tresorerie"


async def test_an_entity_read_from_the_database_is_what_its_model_says(session, alice):
    invoice = await create_invoice(session, owner=alice)
    await session.refresh(invoice)

    assert serialize_entity(invoice) == invoice.model_dump()


def test_what_is_not_for_the_page_is_left_out():
    assert "pdf_key" not in serialize_entity(draft_row(Invoice, pdf_key="secret"))


@pytest.mark.parametrize("kind", [kind for kind in TABLES if issubclass(kind, Entity) and kind is not Invoice])
def test_every_entity_is_what_its_model_says(kind):
    empty = kind()

    assert serialize_entity(empty) == empty.model_dump()


def test_the_browser_reads_days_amounts_and_words():
    read = json.loads(json_dumps(draft_row(kind=InvoiceRow, debited_on=None)))

    assert read["issued_on"] == "2017-07-10"
    assert read["amount_cents"] == 24311
    assert read["debited_on"] is None
    assert read["kind"] == InvoiceKind.INVOICE.value
