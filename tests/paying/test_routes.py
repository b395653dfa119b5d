"""What comes over HTTP: notifications, the payer's return, the hand-over's form, and the receipt."""

import asyncio
from datetime import timedelta
from io import BytesIO

import httpx
import psycopg
import pytest
from pypdf import PdfReader

from models import AttemptState
from portail_app.http import payfip as payfip_routes
from portail_app.http.frequency import Frequency
from portail_app.http.payfip import LONGEST_BODY
from portail_app.jobs.payments import hint_at_result
from portail_app.jobs.worker import work
from tests.payfip_server import wait_until

UNKNOWN = "00000000-1111-2222-3333-444444444444"


@pytest.fixture
async def browser(desk):
    async with httpx.AsyncClient(base_url=desk.address, follow_redirects=False) as client:
        yield client


async def notified(desk) -> int:
    """How many checks have been asked for and not yet made."""
    async with await psycopg.AsyncConnection.connect(_database()) as connection:
        found = await connection.execute(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'payments.check' AND status = 'todo'"
        )
        (count,) = await found.fetchone()
    return count


def _database() -> str:
    from portail_app.database import database_url

    return database_url()


async def test_a_notification_has_the_payment_settled_by_a_job(desk):
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)
    await asyncio.to_thread(wait_until, lambda: desk.payfip.notices(idop)[0]["status"] == "HTTP 200")

    await work(wait=False)

    assert (await desk.fresh(attempt)).state is AttemptState.PAID


async def test_a_doubled_notification_asks_once_and_pays_once(desk):
    desk.payfip.behave(notification="duplicated")
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)
    await asyncio.to_thread(
        wait_until, lambda: [notice["status"] for notice in desk.payfip.notices(idop)] == ["HTTP 200"] * 2
    )

    assert await notified(desk) == 1
    await work(wait=False)
    assert (await desk.fresh(attempt)).state is AttemptState.PAID
    assert len(await desk.receipts()) == 1


async def test_hints_whose_clocks_disagree_ask_once(desk):
    """Of two at once, the one that the database hears last may have read its clock before the other."""
    _, idop = await desk.begin(await desk.invoice())

    for seconds in (0, -2, 2):
        await hint_at_result(desk.now + timedelta(seconds=seconds), idop=idop)

    assert await notified(desk) == 1


async def test_an_early_notification_leaves_the_payment_to_its_schedule(desk):
    desk.payfip.behave(notification="early")
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)
    await asyncio.to_thread(wait_until, lambda: desk.payfip.notices(idop)[0]["status"] == "HTTP 200")
    await work(wait=False)
    waiting = await desk.fresh(attempt)
    assert waiting.state is AttemptState.PENDING

    desk.advance(1.1)
    await desk.sweep()

    assert (await desk.fresh(attempt)).state is AttemptState.PAID


@pytest.mark.parametrize("key", ["idop", "idOp", "IDOP"])
async def test_the_idop_is_taken_whatever_its_case_by_post_and_by_get(desk, browser, key):
    _, first = await desk.begin(await desk.invoice())
    _, second = await desk.begin(await desk.invoice())

    posted = await browser.post("/paiement/notification", data={key: first})
    asked = await browser.get("/paiement/notification", params={key: second})

    assert (posted.status_code, asked.status_code) == (200, 200)
    assert await notified(desk) == 2


async def test_an_idop_is_found_in_a_body_of_any_form(desk, browser):
    _, idop = await desk.begin(await desk.invoice())

    await browser.post("/paiement/notification", content=f"<notification><x>{idop}</x></notification>")

    assert await notified(desk) == 1


async def test_only_the_idop_is_believed(desk, browser):
    attempt, idop = await desk.begin(await desk.invoice())
    lies = {"idop": idop, "resultrans": "P", "montant": "24311", "numauto": "1"}

    await browser.post("/paiement/notification", data=lies)
    await work(wait=False)

    assert (await desk.fresh(attempt)).state is AttemptState.PENDING
    assert await desk.receipts() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"idop=" + UNKNOWN.encode(),
        b"idop=' OR 1=1 --",
        b"idop=%00",
        b"a" * (LONGEST_BODY + 1),
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    ],
)
async def test_anything_else_is_answered_200_and_ignored(desk, browser, content):
    await desk.begin(await desk.invoice())

    assert (await browser.post("/paiement/notification", content=content)).status_code == 200
    assert await notified(desk) == 0


async def test_a_notification_is_answered_200_while_the_database_is_down(desk, browser, monkeypatch):
    async def fail(*_: object, **__: object) -> None:
        raise psycopg.OperationalError("the server closed the connection")

    monkeypatch.setattr(payfip_routes, "hint_at_result", fail)

    assert (await browser.post("/paiement/notification", data={"idop": UNKNOWN})).status_code == 200


async def test_an_address_that_notifies_too_often_is_answered_and_not_followed(desk, browser, monkeypatch):
    monkeypatch.setattr(payfip_routes, "_hints", Frequency(most=2, within_seconds=60))
    idops = [(await desk.begin(await desk.invoice()))[1] for _ in range(3)]

    answers = [await browser.post("/paiement/notification", data={"idop": idop}) for idop in idops]

    assert [answer.status_code for answer in answers] == [200] * 3
    assert await notified(desk) == 2


async def test_a_paid_payment_is_not_asked_about_again(desk, browser):
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.behave(notification="lost")
    desk.payfip.pay(idop)
    await desk.check(attempt)

    await browser.post("/paiement/notification", data={"idop": idop})

    assert await notified(desk) == 0


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_the_payer_comes_back_to_the_page_that_waits_for_the_result(desk, browser, method):
    attempt, idop = await desk.begin(await desk.invoice())

    answer = await browser.request(method, f"/paiement/retour/{attempt.reference}", params={"idop": idop})

    assert answer.status_code == 303
    assert answer.headers["location"] == f"/paiement/{attempt.reference}?retour=payfip"
    assert await notified(desk) == 1


@pytest.mark.parametrize("reference", ["ZZZZ", "%00", "..%2F..%2Fagent", "%0d%0aSet-Cookie:a=b", "é"])
async def test_a_return_with_any_reference_stays_on_this_site(desk, browser, reference):
    answer = await browser.get(f"/paiement/retour/{reference}")

    assert answer.status_code in {303, 404}
    assert answer.headers.get("location", "/paiement/").startswith("/paiement/")
    assert "set-cookie" not in answer.headers


async def test_the_form_of_the_hand_over_leads_to_payfip(desk, browser):
    attempt = await desk.prepare(await desk.invoice())

    answer = await leave(browser, attempt, desk.town.alice)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{desk.payfip.payment_page}?idop=")


async def test_whoever_may_not_pay_it_is_led_back_to_the_page(desk, browser):
    attempt = await desk.prepare(await desk.invoice())

    for person in (None, desk.town.bruno, desk.town.chloe):
        answer = await leave(browser, attempt, person)
        assert answer.headers["location"] == f"/paiement/{attempt.reference}"
    assert (await desk.fresh(attempt)).state is AttemptState.PREPARED


async def test_while_payfip_is_down_the_form_leads_back_with_the_reason(desk, browser):
    attempt = await desk.prepare(await desk.invoice())
    desk.payfip.behave(trouble="http")

    answer = await leave(browser, attempt, desk.town.alice)

    assert answer.headers["location"] == f"/paiement/{attempt.reference}?motif=payfip"


async def test_the_receipt_is_a_pdf_that_says_what_was_paid(desk, browser):
    attempt = await paid(desk)

    answer = await browser.get(f"/recus/{attempt.reference}.pdf", headers={"Cookie": desk.town.alice.cookie})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["cache-control"]
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "243,11" in text
    assert attempt.refdet in text


async def test_staff_of_the_utility_may_read_the_receipt(desk, browser):
    attempt = await paid(desk)

    answer = await browser.get(f"/recus/{attempt.reference}.pdf", headers={"Cookie": desk.town.chloe.cookie})

    assert answer.status_code == 200


async def test_to_anybody_else_the_receipt_does_not_exist(desk, browser):
    attempt = await paid(desk)

    for cookie in (desk.town.bruno.cookie, "", "portail_session=forged"):
        answer = await browser.get(f"/recus/{attempt.reference}.pdf", headers={"Cookie": cookie})
        assert (answer.status_code, b"243" in answer.content) == (404, False)


async def test_what_is_not_paid_has_no_receipt(desk, browser):
    attempt, _ = await desk.begin(await desk.invoice())

    answer = await browser.get(f"/recus/{attempt.reference}.pdf", headers={"Cookie": desk.town.alice.cookie})

    assert answer.status_code == 404


async def leave(browser: httpx.AsyncClient, attempt, person) -> httpx.Response:
    headers = {"Cookie": person.cookie} if person else {}
    return await browser.post(f"/paiement/{attempt.reference}/payfip", headers=headers)


async def paid(desk):
    desk.payfip.behave(notification="lost")
    attempt, idop = await desk.begin(await desk.invoice())
    desk.payfip.pay(idop)
    return await desk.check(attempt)
