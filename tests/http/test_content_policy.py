"""The content security policy of each document."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from portail_app.http.content_policy import policy_of
from portail_app.settings import settings
from tests.http.client import open_browser

PAGES = {
    "index.html": "home()",
    "connexion.html": "signIn()",
    "connexion/index.html": "signIn()",
    "donnees-personnelles/sessions/index.html": "sessions()",
    "__spa-fallback.html": "fallback()",
    "404.html": "missing()",
}


@pytest.fixture
def built(tmp_path):
    for name, script in PAGES.items():
        document = tmp_path / name
        document.parent.mkdir(parents=True, exist_ok=True)
        document.write_text(f'<script src="/assets/x.js"></script><script type="module">{script}</script>')
    return tmp_path


@pytest.mark.parametrize(
    ("path", "scripts"),
    [
        ("/", {"home()"}),
        ("/connexion", {"signIn()"}),
        ("/connexion/", {"signIn()"}),
        ("/donnees-personnelles/sessions", {"sessions()"}),
        ("/factures/2017-020-002059", {"fallback()", "missing()"}),
        ("/../etc/passwd", {"fallback()", "missing()"}),
    ],
)
def test_a_page_runs_the_inline_scripts_of_its_own_document_and_no_other(built, path, scripts):
    assert allowed_scripts(policy_of(path, built)) == {hashed(script) for script in scripts}


def test_no_text_is_run_as_a_script(built):
    policy = policy_of("/", built)
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in directive(policy, "script-src")


def test_nobody_frames_the_portal_and_no_base_moves_its_links(built):
    policy = policy_of("/", built)
    assert directive(policy, "frame-ancestors") == "'none'"
    assert directive(policy, "base-uri") == "'none'"
    assert directive(policy, "object-src") == "'none'"


def test_a_form_leaves_for_the_portal_or_payfip_only(built):
    assert directive(policy_of("/paiement/abc", built), "form-action").startswith("'self' https://www.payfip.gouv.fr")


def test_a_form_leaves_for_the_page_that_the_operator_chose(built, monkeypatch):
    monkeypatch.setenv("PAYFIP_PAGE_URL", "https://essai.example:8443/paiementws.web")
    settings.cache_clear()
    try:
        assert directive(policy_of("/", built), "form-action") == "'self' https://essai.example:8443"
    finally:
        monkeypatch.undo()
        settings.cache_clear()


def test_what_is_not_built_has_a_policy_all_the_same(tmp_path):
    assert directive(policy_of("/", tmp_path), "script-src") == "'self'"


async def test_every_document_carries_its_policy():
    async with open_browser() as browser:
        answer = await browser.get("/connexion")
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "DENY"


def allowed_scripts(policy):
    return set(re.findall(r"'sha256-[^']+'", directive(policy, "script-src")))


def hashed(script):
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def directive(policy, name):
    (found,) = [part.strip() for part in policy.split(";") if part.strip().startswith(f"{name} ")]
    return found.removeprefix(f"{name} ")
