"""A receipt on paper, over HTTP: for whoever may read the payment, and for nobody else."""

from io import BytesIO

import httpx
import pytest
from pypdf import PdfReader

from portail_app.database import transaction
from tests.receipts import create_receipt


@pytest.fixture
async def receipt(town):
    async with transaction(town.alice.viewer) as session:
        return await create_receipt(session, town.alice.viewer, "0001")


async def ask(portal, person, reference="PORTAIL0001", method="GET") -> httpx.Response:
    headers = {"cookie": person.cookie} if person else {}
    return await portal.request(method, f"/recus/{reference}.pdf", headers=headers)


async def test_whoever_paid_reads_the_receipt_and_no_cache_keeps_it(portal, town, receipt):
    answer = await ask(portal, town.alice)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == f"inline; filename*=UTF-8''recu-{receipt.number}.pdf"
    assert answer.headers["cache-control"] == "private, no-store"
    assert receipt.number in PdfReader(BytesIO(answer.content)).pages[0].extract_text()


async def test_the_neighbour_and_nobody_are_told_what_a_missing_one_is_told(portal, town, receipt):
    missing = await ask(portal, town.alice, "PORTAIL9999")
    answers = [await ask(portal, person) for person in (town.bruno, None)]

    assert missing.status_code == 404
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, missing.text)}
    assert receipt.number not in missing.text


async def test_a_cookie_of_nobodys_opens_nothing(portal, town, receipt):
    answer = await portal.get("/recus/PORTAIL0001.pdf", headers={"cookie": "portail_session=invented"})
    assert answer.status_code == 404


@pytest.mark.parametrize("reference", ["", "..", "%2e%2e%2fetc%2fpasswd", "x" * 300, "%00", "' OR 1=1 --"])
async def test_a_reference_that_is_none_is_missing_and_breaks_nothing(portal, town, reference):
    assert (await ask(portal, town.alice, reference)).status_code in {400, 404}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_receipt_is_only_read(portal, town, receipt, method):
    assert (await ask(portal, town.alice, method=method)).status_code in {403, 405}
