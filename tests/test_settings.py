"""What the operator decides: every setting has a default, and an empty one is the default."""

from pathlib import Path

import pytest

from portail_app.settings import ROOT, Settings

NAMES = (
    *("DATABASE_URL", "PORTAL_DATA", "PORT", "PORTAL_URL", "PORTAL_DEMO", "SMTP_URL", "MAIL_FROM", "PORTAL_WORKER"),
    *("REDIS_URL", "S3_BUCKET", "S3_ENDPOINT", "S3_REGION", "S3_ACCESS_KEY", "S3_SECRET_KEY", "FILE_TYPES"),
    *("FILE_MEGABYTES", "QUOTA_MEGABYTES", "QUOTA_FILES", "CLAMAV", "PAYFIP_SERVICE_URL", "PAYFIP_PAGE_URL"),
    *("PAYMENT_ANSWERS_DAYS", "PORTAL_PHOTO_MB"),
)


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_a_laptop_needs_no_setting():
    settings = Settings()

    assert (settings.database_url, settings.smtp_url, settings.redis_url) == (None, None, None)
    assert (settings.port, settings.url) == (8000, "http://localhost:8000")
    assert settings.data_folder == ROOT / "data"
    assert (settings.is_demo, settings.is_mail_shown, settings.is_served_securely) == (False, False, False)
    assert settings.worker == "inside"


def test_a_setting_that_is_there_and_empty_is_the_default(monkeypatch):
    """As an environment file has them: the name, an equals sign, and nothing."""
    without = Settings()
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert Settings() == without


def test_each_setting_is_read_from_its_name(monkeypatch):
    for name, value in {
        "DATABASE_URL": "postgresql://db/portail",
        "PORTAL_DATA": "/srv/portail",
        "PORT": "8443",
        "SMTP_URL": "smtp://mail",
        "MAIL_FROM": "eau@example.fr",
        "PORTAL_WORKER": "apart",
        "FILE_MEGABYTES": "3",
        "QUOTA_MEGABYTES": "7",
    }.items():
        monkeypatch.setenv(name, value)
    settings = Settings()

    assert (settings.database_url, settings.smtp_url) == ("postgresql://db/portail", "smtp://mail")
    assert (settings.data_folder, settings.port) == (Path("/srv/portail"), 8443)
    assert (settings.mail_from, settings.worker) == ("eau@example.fr", "apart")
    assert (settings.file_bytes, settings.quota_bytes) == (3_000_000, 7_000_000)


@pytest.mark.parametrize("typed", ["https://portail.example", "https://portail.example/", "https://portail.example//"])
def test_the_public_address_has_no_final_slash(monkeypatch, typed):
    monkeypatch.setenv("PORTAL_URL", typed)
    assert Settings().url == "https://portail.example"


def test_served_securely_its_cookies_are_the_hosts_alone(monkeypatch):
    assert Settings().cookie_name("portail_session") == "portail_session"
    monkeypatch.setenv("PORTAL_URL", "https://portail.example")

    assert Settings().is_served_securely
    assert Settings().cookie_name("portail_session") == "__Host-portail_session"


def test_only_the_portals_own_pages_may_talk_to_it(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert Settings().origins == ("http://localhost:8123", "http://127.0.0.1:8123")
    monkeypatch.setenv("PORTAL_URL", "https://portail.example/")
    assert Settings().origins == ("https://portail.example",)


@pytest.mark.parametrize(("value", "is_demo"), [("1", True), ("0", False), ("oui", False), ("true", False)])
def test_the_demonstration_is_never_on_by_accident(monkeypatch, value, is_demo):
    monkeypatch.setenv("PORTAL_DEMO", value)
    assert Settings().is_demo is is_demo


def test_mails_are_shown_instead_of_sent_only_in_a_demonstration_without_a_server(monkeypatch):
    monkeypatch.setenv("PORTAL_DEMO", "1")
    assert Settings().is_mail_shown
    monkeypatch.setenv("SMTP_URL", "smtp://mail")
    assert not Settings().is_mail_shown


def test_a_number_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("PORT", "huit mille")
    with pytest.raises(ValueError, match="huit mille"):
        Settings()


def test_no_secret_is_written_where_settings_are_printed(monkeypatch):
    for name in ("S3_ACCESS_KEY", "S3_SECRET_KEY"):
        monkeypatch.setenv(name, "very-secret")
    for name in ("DATABASE_URL", "SMTP_URL", "REDIS_URL"):
        monkeypatch.setenv(name, "kind://portail:very-secret@machine")
    assert "secret" not in repr(Settings())
