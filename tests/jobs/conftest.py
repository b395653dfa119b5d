"""A mail server, and the portal set to use it."""

import pytest

from portail_app.settings import settings
from tests.mail_server import mail_server


@pytest.fixture
def server(monkeypatch):
    with mail_server() as running:
        monkeypatch.setenv("SMTP_URL", running.url)
        settings.cache_clear()
        yield running
    monkeypatch.undo()
    settings.cache_clear()


@pytest.fixture
def nowhere(monkeypatch):
    """A server that does not answer."""
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:9")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()
