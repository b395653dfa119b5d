"""The session's cookie: given once, to the browser that asked, and taken away when its session ends."""

from datetime import UTC, datetime, timedelta

import pytest

from portail_app.database import transaction
from portail_app.reading import reader_of
from portail_app.services.sessions import SESSION_COOKIE, find_viewer
from portail_app.services.tickets import BROWSER_COOKIE, write_ticket
from portail_app.viewer import Viewer
from tests.http.client import ORIGIN, open_browser

HERS = "the-cookie-of-her-browser"


async def test_a_ticket_becomes_the_cookie_of_a_session(town):
    ticket = await ask_for_ticket(town.alice)

    async with open_browser(**{BROWSER_COOKIE: HERS}) as browser:
        answer = await browser.get("/session", params={"ticket": ticket, "retour": "/factures?annee=2026"})

    assert answer.status_code == 303
    assert answer.headers["location"] == "/factures?annee=2026"
    assert (await viewer_of(answer.cookies[SESSION_COOKIE])).email == "alice@example.fr"


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(town):
    cookie = await sign_in(town.alice, remember=False)
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert "Max-Age" not in cookie


async def test_se_souvenir_de_moi_keeps_the_cookie_thirty_days(town):
    assert f"Max-Age={30 * 24 * 3600}" in await sign_in(town.alice, remember=True)


async def test_a_ticket_is_good_once(town):
    ticket = await ask_for_ticket(town.alice)
    async with open_browser(**{BROWSER_COOKIE: HERS}) as browser:
        await browser.get("/session", params={"ticket": ticket})
        again = await browser.get("/session", params={"ticket": ticket})
    assert_refused(again)


@pytest.mark.parametrize("cookies", [{}, {BROWSER_COOKIE: "another-browser"}])
async def test_a_ticket_sent_to_somebody_else_signs_nobody_in(town, cookies):
    ticket = await ask_for_ticket(town.bruno)
    async with open_browser(**cookies) as browser:
        answer = await browser.get("/session", params={"ticket": ticket})
    assert_refused(answer)


async def test_a_ticket_lasts_one_minute(town):
    ticket = await ask_for_ticket(town.alice, asked_at=datetime.now(UTC) - timedelta(seconds=61))
    async with open_browser(**{BROWSER_COOKIE: HERS}) as browser:
        assert_refused(await browser.get("/session", params={"ticket": ticket}))


@pytest.mark.parametrize("ticket", ["", "unknown", "\x00", "é" * 500])
async def test_an_invented_ticket_is_refused(town, ticket):
    async with open_browser(**{BROWSER_COOKIE: HERS}) as browser:
        assert_refused(await browser.get("/session", params={"ticket": ticket}))


async def test_signing_in_again_ends_the_session_that_the_browser_had(town):
    ticket = await ask_for_ticket(town.bruno)
    async with open_browser(**{BROWSER_COOKIE: HERS, SESSION_COOKIE: town.alice.token}) as browser:
        await browser.get("/session", params={"ticket": ticket})
    assert await viewer_of(town.alice.token) is None


async def test_deconnexion_ends_the_session_and_takes_the_cookie_away(town):
    async with open_browser(**{SESSION_COOKIE: town.alice.token}) as browser:
        answer = await browser.post("/deconnexion", headers={"Origin": ORIGIN})

    assert answer.headers["location"] == "/connexion"
    assert f'{SESSION_COOKIE}="";' in answer.headers["set-cookie"]
    assert await viewer_of(town.alice.token) is None


async def test_a_link_to_deconnexion_signs_nobody_out(town):
    async with open_browser(**{SESSION_COOKIE: town.alice.token}) as browser:
        answer = await browser.get("/deconnexion")

    assert answer.headers["location"] == "/"
    assert "set-cookie" not in answer.headers
    assert await viewer_of(town.alice.token) is not None


async def test_a_link_to_deconnexion_takes_away_the_cookie_of_an_ended_session(town):
    async with open_browser(**{SESSION_COOKIE: "of-a-session-that-ended"}) as browser:
        answer = await browser.get("/deconnexion")
    assert answer.headers["location"] == "/connexion"
    assert SESSION_COOKIE in answer.headers["set-cookie"]


async def test_no_answer_about_a_session_is_kept_by_a_cache(town):
    async with open_browser() as browser:
        for path in ("/session?ticket=x", "/deconnexion"):
            assert (await browser.get(path)).headers["cache-control"] == "no-store"


async def ask_for_ticket(person, *, remember=False, asked_at=None):
    async with transaction(Viewer.system()) as session:
        return await write_ticket(session, person.viewer.account_id, HERS, remember, asked_at or datetime.now(UTC))


async def sign_in(person, *, remember):
    ticket = await ask_for_ticket(person, remember=remember)
    async with open_browser(**{BROWSER_COOKIE: HERS}) as browser:
        return (await browser.get("/session", params={"ticket": ticket})).headers["set-cookie"]


async def viewer_of(token):
    async with transaction(Viewer.system()) as session:
        found = await find_viewer(await reader_of(session), token, datetime.now(UTC))
    return found[0] if found else None


def assert_refused(answer):
    assert answer.headers["location"] == "/connexion?motif=ticket"
    assert "set-cookie" not in answer.headers
