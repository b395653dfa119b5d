"""A paper that is drawn when it is asked for, and how it goes out."""

import threading

import pytest
from starlette.responses import Response

from portail_app.http.cookies import delete_cookie, set_cookie
from portail_app.http.drawn import send_drawn
from portail_app.settings import settings


async def test_what_is_drawn_goes_out_whole_and_no_cache_keeps_it():
    answer = await send_drawn(lambda words: words.encode(), "Facture", "facture-1.pdf")

    assert (answer.body, answer.media_type, answer.status_code) == (b"Facture", "application/pdf", 200)
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-length"] == "7"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("facture-2017-020-002059.pdf", "facture-2017-020-002059.pdf"),
        ("reçu n° 1.pdf", "re%C3%A7u%20n%C2%B0%201.pdf"),
        ('a"; filename="b.exe', "a%22%3B%20filename%3D%22b.exe"),
        ("a\r\nSet-Cookie: x=1", "a%0D%0ASet-Cookie%3A%20x%3D1"),
        ("2026/12.pdf", "2026%2F12.pdf"),
    ],
)
async def test_its_name_can_be_any_and_adds_no_header(name, shown):
    answer = await send_drawn(lambda _: b"", None, name)

    assert answer.headers["content-disposition"] == f"inline; filename*=UTF-8''{shown}"
    assert "set-cookie" not in answer.headers


async def test_others_are_served_while_it_is_drawn():
    drawn_by = await send_drawn(lambda _: threading.current_thread().name.encode(), None, "a.pdf")
    assert drawn_by.body != threading.current_thread().name.encode()


async def test_a_drawing_that_fails_sends_nothing():
    with pytest.raises(ZeroDivisionError):
        await send_drawn(lambda number: bytes(1 // number), 0, "a.pdf")


class TestCookies:
    @pytest.fixture
    def securely(self, monkeypatch):
        monkeypatch.setenv("PORTAL_URL", "https://portail.example")
        settings.cache_clear()
        yield
        monkeypatch.undo()
        settings.cache_clear()

    def written(self, **how) -> str:
        answer = Response()
        set_cookie(answer, "portail_session", "secret", **how)
        return answer.headers["set-cookie"].lower()

    def test_no_script_reads_it_and_no_other_site_sends_it(self):
        assert {"httponly", "samesite=lax", "path=/"} <= set(self.written().split("; "))

    def test_on_a_laptop_it_goes_without_tls_and_elsewhere_never(self):
        assert "secure" not in self.written()

    def test_served_securely_it_goes_by_tls_alone(self, securely):
        assert "secure" in self.written().split("; ")

    def test_it_is_kept_as_long_as_is_said_or_until_the_browser_is_closed(self):
        assert "max-age=60" in self.written(max_age=60)
        assert "max-age" not in self.written()
        assert "domain" not in self.written()

    def test_one_that_is_taken_away_is_over_at_once(self, securely):
        answer = Response()
        delete_cookie(answer, "__Host-portail_session")
        taken = answer.headers["set-cookie"].lower()

        assert "max-age=0" in taken
        assert {"httponly", "secure", "path=/", "samesite=lax"} <= set(taken.split("; "))
