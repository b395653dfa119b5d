"""What the example of a web server in front of the portal lets through, and what it writes down."""

import re

import pytest

from portail_app.settings import ROOT, Settings


@pytest.fixture(scope="module")
def said() -> str:
    return (ROOT / "deploy" / "nginx.conf").read_text()


def test_no_link_of_a_password_nor_ticket_is_written_into_its_log(said):
    (log,) = re.findall(r"access_log \S+ (\w+);", said)
    (words,) = re.findall(rf"log_format {log} '(.*)';", said)
    assert "$uri" in words
    assert not re.search(r"\$(request|request_uri|args|query_string|http_referer|http_cookie)\b", words)


def test_a_visitor_cannot_choose_the_address_that_tries_are_counted_by(said):
    assert re.findall(r"X-Forwarded-For (.*);", said) == ["$remote_addr"]


@pytest.mark.parametrize(("said", "believed"), [("", "127.0.0.1,::1"), ("192.0.2.80", "192.0.2.80")])
def test_only_the_relay_says_where_a_visitor_comes_from(monkeypatch, said, believed):
    """An empty line of portail.env keeps the usual, as of every setting."""
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", said)
    assert Settings().relays == believed


def test_the_largest_file_that_the_portal_takes_is_let_through(said):
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", said)
    assert int(megabytes) * 1024 * 1024 > Settings().file_bytes
