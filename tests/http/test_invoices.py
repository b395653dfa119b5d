"""An invoice on paper, over HTTP."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from portail_app.database import transaction
from portail_app.gateways.file_store import FileStore
from portail_app.services.accesses import list_accesses
from portail_app.settings import settings
from tests.factories import create_invoice


@pytest.fixture
async def invoice(town):
    async with transaction(town.alice.viewer) as session:
        return await create_invoice(session, owner=town.alice.viewer, number="2017-020-002059")


def path(invoice):
    return f"/telecharger/factures/{invoice.number}.pdf"


async def test_an_invoice_without_a_file_is_drawn(portal, town, invoice):
    answer = await portal.get(path(invoice), headers={"cookie": town.alice.cookie})

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == "inline; filename*=UTF-8''facture-2017-020-002059.pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert "2017-020-002059" in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


async def test_the_file_of_the_billing_software_comes_first(portal, town, invoice):
    content = b"%PDF-1.4 from billing"
    async with transaction(town.alice.viewer) as session:
        invoice.pdf_key = FileStore(settings().data_folder / "files").add(content)
        session.add(invoice)

    answer = await portal.get(path(invoice), headers={"cookie": town.alice.cookie})

    assert answer.content == content


async def test_a_lost_file_is_drawn_again(portal, town, invoice):
    async with transaction(town.alice.viewer) as session:
        invoice.pdf_key = "0" * 64
        session.add(invoice)

    answer = await portal.get(path(invoice), headers={"cookie": town.alice.cookie})

    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("who", ["nobody", "bruno"])
async def test_a_neighbour_and_nobody_get_the_same_no(portal, town, invoice, who):
    headers = {"cookie": town.bruno.cookie} if who == "bruno" else {}

    answer = await portal.get(path(invoice), headers=headers)
    missing = await portal.get("/telecharger/factures/9.pdf", headers=headers)

    assert (answer.status_code, answer.text) == (missing.status_code, missing.text)
    assert answer.status_code == 404
    assert "Facture introuvable." in answer.text


async def test_staff_of_the_utility_may_download_it(portal, town, invoice):
    answer = await portal.get(path(invoice), headers={"cookie": town.chloe.cookie})
    assert answer.status_code == 200


async def test_an_agent_who_opened_it_is_named_to_its_subscriber_and_its_owner_is_not(portal, town, invoice):
    for person in (town.alice, town.chloe, town.chloe):
        await portal.get(path(invoice), headers={"cookie": person.cookie})
    async with transaction(town.alice.viewer) as session:
        looks = await list_accesses(session, town.alice.viewer)
    assert [(look.who, look.subject) for look in looks] == [("Chloé Durand", "Facture 2017-020-002059")]


@pytest.mark.parametrize("number", ["..%2f..%2fetc%2fpasswd", "%00", "a%0d%0aSet-Cookie:x=1", "é" * 300])
async def test_a_hostile_number_is_only_a_missing_invoice(portal, town, number):
    answer = await portal.get(f"/telecharger/factures/{number}.pdf", headers={"cookie": town.alice.cookie})
    assert answer.status_code == 404
