"""/demo/courrier: where a newcomer finds the link that activates an account."""

import pytest
from starlette.applications import Starlette

from portail_app.http.demo_mail import routes
from portail_app.jobs.worker import work
from portail_app.settings import settings
from tests.http.client import open_browser
from tests.jobs.outbox import SECRET, find_body, find_mail, write

pytestmark = pytest.mark.usefixtures("town")


@pytest.fixture
def demo(monkeypatch):
    monkeypatch.setenv("PORTAL_DEMO", "1")
    monkeypatch.delenv("SMTP_URL", raising=False)
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


async def test_a_mail_of_the_demonstration_is_shown_with_its_link(demo):
    await write(has_secret=True)
    page = await read()
    assert f'<a href="{SECRET}">' in page.text
    assert "alice@example.fr" in page.text


async def test_it_counts_as_sent_and_keeps_its_link(demo):
    mail_id = await write(has_secret=True)
    await work(wait=False)
    assert (await find_mail()).sent_at is not None
    assert SECRET in await find_body(mail_id)


async def test_the_newest_comes_first(demo):
    await write("un", subject="Le premier")
    await write("deux", subject="Le second")
    page = (await read()).text
    assert page.index("Le second") < page.index("Le premier")


async def test_what_a_mail_says_is_not_markup(demo):
    await write(subject="<script>alert(1)</script>", text="<img src=x onerror=alert(1)>")
    page = (await read()).text
    assert "<script>" not in page
    assert "<img" not in page


async def test_without_a_mail_it_says_what_to_do(demo):
    assert "Activez un compte" in (await read()).text


async def test_outside_the_demonstration_there_is_no_such_page():
    await write(has_secret=True)
    answer = await read()
    assert answer.status_code == 404
    assert SECRET not in answer.text


async def test_with_a_mail_server_there_is_no_such_page(demo, monkeypatch):
    monkeypatch.setenv("SMTP_URL", "smtp://127.0.0.1:9")
    settings.cache_clear()
    assert (await read()).status_code == 404


async def read():
    async with open_browser(Starlette(routes=routes)) as browser:
        return await browser.get("/demo/courrier")
