"""What every answer carries, and another site's posts refused."""

import httpx
import pytest
from starlette.responses import Response

from portail_app.http.guard import Guard
from portail_app.services.tickets import BROWSER_COOKIE
from portail_app.settings import settings
from tests.http.client import ORIGIN, open_browser


async def test_a_document_names_the_browser_once():
    async with open_browser() as browser:
        first = await browser.get("/connexion")
        second = await browser.get("/connexion")

    assert len(first.cookies[BROWSER_COOKIE]) >= 32
    assert "HttpOnly" in first.headers["set-cookie"]
    assert "set-cookie" not in second.headers


async def test_two_browsers_have_two_names():
    async with open_browser() as one, open_browser() as other:
        names = {(await browser.get("/connexion")).cookies[BROWSER_COOKIE] for browser in (one, other)}
    assert len(names) == 2


async def test_what_is_not_a_document_names_nobody():
    async with open_browser() as browser:
        answer = await browser.get("/missing.js", headers={"Accept": "*/*"})
    assert "set-cookie" not in answer.headers


async def test_a_secret_in_the_address_goes_to_no_other_site():
    async with open_browser() as browser:
        answer = await browser.get("/connexion")
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost:8000.ailleurs.example"},
        {"Origin": "http://localhost:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_sites_post_is_refused(headers):
    async with open_browser() as browser:
        answer = await browser.post("/deconnexion", headers=headers)
    assert answer.status_code == 403
    assert "autre site" in answer.text


@pytest.mark.parametrize("headers", [{}, {"Origin": ORIGIN}, {"Sec-Fetch-Site": "same-origin"}])
async def test_our_own_post_and_a_programs_pass(headers):
    async with open_browser() as browser:
        answer = await browser.post("/deconnexion", headers=headers)
    assert answer.status_code == 303


async def test_payfip_may_send_its_payer_back_by_a_post_and_nothing_else():
    headers = {"Origin": "https://www.payfip.gouv.fr", "Sec-Fetch-Site": "cross-site"}
    async with open_browser() as browser:
        back = await browser.post("/paiement/retour/ABCDEF", headers=headers)
        forged = await browser.post("/paiement/ABCDEF/payfip", headers=headers)

    assert (back.status_code, forged.status_code) == (404, 403)


class TestServedSecurely:
    @pytest.fixture(autouse=True)
    def securely(self, monkeypatch):
        monkeypatch.setenv("PORTAL_URL", "https://portail.example")
        settings.cache_clear()
        yield
        monkeypatch.undo()
        settings.cache_clear()

    async def test_cookies_travel_over_tls_only_and_only_this_host_can_set_them(self):
        async with open_browser() as browser:
            cookie = (await browser.get("/connexion")).headers["set-cookie"]
        assert "Secure" in cookie
        assert settings().cookie_name("portail_session") == "__Host-portail_session"
        assert "Path=/;" in cookie
        assert "Domain" not in cookie

    async def test_the_browser_never_comes_back_in_the_clear(self):
        async with open_browser() as browser:
            answer = await browser.get("/connexion")
        assert answer.headers["strict-transport-security"].startswith("max-age=")

    async def test_only_the_portals_own_address_may_post(self):
        async with open_browser() as browser:
            ours = await browser.post("/deconnexion", headers={"Origin": "https://portail.example"})
            clear = await browser.post("/deconnexion", headers={"Origin": "http://portail.example"})
        assert (ours.status_code, clear.status_code) == (303, 403)


async def test_on_a_laptop_cookies_work_without_tls():
    async with open_browser() as browser:
        answer = await browser.get("/connexion")
    assert "Secure" not in answer.headers["set-cookie"]
    assert "strict-transport-security" not in answer.headers


@pytest.mark.parametrize(
    ("path", "status", "kept"),
    [
        ("/assets/framework-Dcp3Yt8x.js", 200, "max-age=31536000, immutable"),
        ("/assets/framework-Dcp3Yt8x.js", 304, "max-age=31536000, immutable"),
        ("/assets/gone-Dcp3Yt8x.js", 404, None),
        ("/icons.svg", 200, "max-age=300"),
        ("/telecharger/factures/2017-020-002059.pdf", 200, None),
    ],
)
async def test_browsers_keep_what_is_the_same_for_everybody(path, status, kept):
    async def files(scope, receive, send):
        await Response(status_code=status, media_type="text/javascript")(scope, receive, send)

    transport = httpx.ASGITransport(Guard(files))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        assert (await client.get(path)).headers.get("cache-control") == kept


@pytest.mark.parametrize(
    ("path", "status", "is_light"),
    [
        ("/assets/framework-Dcp3Yt8x.js", 200, True),
        ("/assets/gone-Dcp3Yt8x.js", 404, False),
        ("/fonts/texte.woff2", 200, False),
        ("/telecharger/documents/12", 200, False),
    ],
)
async def test_what_is_named_by_its_content_says_nothing_to_ask_again_by(path, status, is_light):
    told = {"etag": '"6320"', "last-modified": "Mon, 30 Nov 2026 08:00:00 GMT", "accept-ranges": "bytes"}

    async def files(scope, receive, send):
        await Response(status_code=status, media_type="text/javascript", headers=told)(scope, receive, send)

    transport = httpx.ASGITransport(Guard(files))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        answer = await client.get(path)

    assert {name: answer.headers[name] for name in told if name in answer.headers} == ({} if is_light else told)
