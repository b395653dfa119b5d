"""« Changer l'adresse mail », from the form to the opened link, as tabs of the browser know them."""

import re

import pytest

from portail_app.database import transaction
from portail_app.errors import NotSignedIn
from portail_app.services.email_changes import TAKEN
from portail_app.states.email_change import EmailChangeState
from portail_app.states.email_link import EmailLinkState
from portail_app.states.proofs import WRONG_PRESENT
from portail_app.viewer import Viewer
from tests.factories import NOW
from tests.jobs.outbox import run_sql
from tests.passwords import PASSWORD, give_password
from tests.tabs import open_tab

NEW = "alice.martin@example.org"


@pytest.fixture
async def home(town):
    """The town, where Alice and Bruno know their passwords."""
    async with transaction(Viewer.system()) as session:
        for person in (town.alice, town.bruno):
            await give_password(session, person.viewer.account_id, NOW)
    return town


async def ask(person, email=NEW, password=PASSWORD):
    tab = await open_tab(EmailChangeState, person)
    await tab.load()
    await tab.ask(form_data={"email": email, "current_password": password})
    return tab


async def open_link(person):
    ((text,),) = run_sql("SELECT text FROM mail_body JOIN mail ON mail.id = mail_id WHERE recipient = %s", NEW)
    tab = await open_tab(EmailLinkState, person, "/adresse-mail")
    tab._link = re.search(r"lien=(\S+)", text)[1]
    await tab.load()
    return tab


async def test_her_request_waits_for_the_new_address(home):
    tab = await ask(home.alice)
    assert (tab.pending.email, tab.error) == (NEW, "")
    assert NEW in tab.answer
    await tab.load()
    assert (tab.email, tab.pending.email, tab.answer) == ("alice@example.fr", NEW, "")


async def test_signed_in_she_validates_by_one_button(home):
    await ask(home.alice)
    tab = await open_link(home.alice)
    assert (tab.chosen, tab.asks_password) == (NEW, False)
    await tab.confirm(form_data={})
    assert NEW in tab.answer
    assert run_sql("SELECT count(*) FROM account WHERE email = %s", NEW) == [(1,)]


async def test_the_session_goes_on_under_the_new_address(home):
    await ask(home.alice)
    await (await open_link(home.alice)).confirm(form_data={})
    tab = await open_tab(EmailChangeState, home.alice)
    await tab.load()
    assert (tab.email, tab.pending) == (NEW, None)


@pytest.mark.parametrize("who", [None, "bruno"])
async def test_the_link_alone_changes_nothing_in_another_browser(home, who):
    """A mistyped address is a stranger's."""
    await ask(home.alice)
    tab = await open_link(getattr(home, who) if who else None)
    assert tab.asks_password
    await tab.confirm(form_data={"password": "Autre-Chose-12"})
    assert (tab.answer, tab.error_field) == ("", "password")
    await tab.confirm(form_data={"password": PASSWORD})
    assert (NEW in tab.answer, tab.error) == (True, "")


async def test_the_password_of_the_link_cannot_be_guessed_without_end(home):
    await ask(home.alice)
    tab = await open_link(None)
    for _ in range(6):
        await tab.confirm(form_data={"password": "Autre-Chose-12"})
    assert "Trop de tentatives" in tab.error
    await tab.confirm(form_data={"password": PASSWORD})
    assert tab.answer == ""


async def test_a_used_link_says_so_and_a_foreign_one_too(home):
    await ask(home.alice)
    tab, again = await open_link(home.alice), await open_link(home.alice)
    await tab.confirm(form_data={})
    await again.confirm(form_data={})
    assert "déjà servi" in again.refused
    again._link = "faux"
    await again.load()
    assert ("n’est pas valable" in again.refused, again.chosen) == (True, "")


async def test_a_second_click_on_the_same_button_changes_nothing_more(home):
    await ask(home.alice)
    tab = await open_link(home.alice)
    for _ in range(2):
        await tab.confirm(form_data={})
    assert run_sql("SELECT count(*) FROM email_change") == [(1,)]


async def test_the_link_leaves_the_address_bar_and_never_reaches_the_browser(home):
    await ask(home.alice)
    tab = await open_tab(EmailLinkState, None, "/adresse-mail", lien="secret-du-lien")
    redirect = await tab.load()
    assert "secret-du-lien" not in str(redirect.args)
    assert "secret-du-lien" not in str(tab.dict())


@pytest.mark.parametrize(
    "typed", ["", "alice", "a@b", "a b@c.fr", "<b>x</b>@y.fr", "x" * 250 + "@example.fr", "a@@b.fr"]
)
async def test_what_is_no_address_is_refused_at_its_field_and_not_counted(home, typed):
    tab = await ask(home.alice, email=typed)
    assert (tab.error_field, tab.pending) == ("email", None)
    assert run_sql("SELECT count(*) FROM attempt_counter") == [(0,)]


async def test_another_accounts_address_is_refused_in_the_manuals_words(home):
    tab = await ask(home.alice, email=" BRUNO@example.fr ")
    assert (tab.error, tab.error_field) == (TAKEN, "email")
    assert run_sql("SELECT count(*) FROM mail") == [(0,)]


async def test_a_browser_left_open_is_not_enough(home):
    tab = await ask(home.alice, password="Autre-Chose-12")
    assert (tab.error, tab.error_field) == (WRONG_PRESENT, "current_password")
    for _ in range(5):
        tab = await ask(home.alice, password="Autre-Chose-12")
    assert "Trop de tentatives" in tab.error
    assert run_sql("SELECT count(*) FROM mail") == [(0,)]


async def test_no_mailbox_is_flooded(home):
    for _ in range(5):
        tab = await ask(home.alice)
    assert "Trop de tentatives" in tab.error
    assert run_sql("SELECT count(*) FROM mail WHERE recipient = %s", NEW) == [(3,)]


async def test_she_cancels_what_she_asked_for(home):
    tab = await ask(home.alice)
    link = await open_link(home.alice)
    await tab.cancel()
    assert tab.pending is None
    await link.confirm(form_data={})
    assert "déjà servi" in link.refused


async def test_nobody_asks_for_anything(home):
    with pytest.raises(NotSignedIn):
        await (await open_tab(EmailChangeState, None)).ask(form_data={"email": NEW})
