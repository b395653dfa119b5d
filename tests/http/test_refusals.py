"""What a "no" looks like over HTTP, whatever raised it."""

import httpx
import psycopg
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from portail_app.errors import Forbidden, Invalid, NotFound, NotSignedIn, Refusal, TooManyTries, Unavailable
from portail_app.http.refusals import apologise, refuse, refusing
from portail_app.troubles import unavailable_in_trouble


async def ask(failure: Exception, wear=lambda endpoint: endpoint) -> httpx.Response:
    """The answer of a route that fails so."""

    @wear
    async def endpoint(request):
        with unavailable_in_trouble():
            raise failure

    site = Starlette(routes=[Route("/", endpoint)], exception_handlers={Refusal: refuse, Exception: apologise})
    transport = httpx.ASGITransport(site, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return await client.get("/")


@pytest.mark.parametrize(
    ("refusal", "status"),
    [
        (NotFound("Facture"), 404),
        (NotSignedIn(), 401),
        (Forbidden(), 403),
        (TooManyTries(90), 429),
        (Invalid(), 400),
        (Unavailable(), 503),
    ],
)
@pytest.mark.parametrize("wear", [refusing, lambda endpoint: endpoint])
async def test_a_refusal_is_a_page_in_words_with_its_status(refusal, status, wear):
    answer = await ask(refusal, wear)

    assert answer.status_code == status
    assert f'<h1 style="font-size: 1.5rem">{refusal.sentence}</h1>' in answer.text


async def test_a_database_that_is_away_is_said_and_asks_to_come_back_later():
    answer = await ask(psycopg.OperationalError("connection refused"))

    assert answer.status_code == 503
    assert Unavailable.sentence in answer.text
    assert answer.headers["retry-after"] == "60"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_bug_is_a_number_for_the_person_and_nothing_of_its_cause(caplog):
    answer = await ask(ValueError("secret detail"))

    (record,) = [record for record in caplog.records if "Incident" in record.message]
    assert answer.status_code == 500
    assert record.args[0] in answer.text
    assert "secret detail" not in answer.text
