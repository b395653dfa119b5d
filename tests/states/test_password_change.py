"""« Changer le mot de passe », as a tab of the browser knows it."""

import pytest

from portail_app.database import transaction
from portail_app.errors import NotSignedIn
from portail_app.services.credentials import find_credentials
from portail_app.services.password_changes import SAME
from portail_app.services.password_policy import AT_AN_END, SAME_AS_NUMBER
from portail_app.services.passwords import verify_password
from portail_app.states.password_change import PasswordChangeState
from portail_app.states.proofs import WRONG_PRESENT
from portail_app.states.sessions import SessionsState
from portail_app.viewer import Viewer
from tests.cast import Person
from tests.factories import NOW, sign_in
from tests.jobs.outbox import run_sql
from tests.passwords import PASSWORD, give_password
from tests.tabs import open_tab

BETTER = "Fontaine-2047-Ocre"


@pytest.fixture
async def tab(town):
    async with transaction(Viewer.system()) as session:
        await give_password(session, town.alice.viewer.account_id, NOW)
    opened = await open_tab(PasswordChangeState, town.alice)
    await opened.load()
    return opened


async def save(tab, present=PASSWORD, password=BETTER, confirmation=None):
    form = {"current_password": present, "password": password, "confirmation": confirmation or password}
    await tab.save(form_data=form)


async def test_a_good_password_is_saved(tab):
    await save(tab)
    assert tab.answer.startswith("Le nouveau mot de passe a été enregistré avec succès.")
    async with transaction(Viewer.system()) as session:
        saved = await find_credentials(session, "alice@example.fr")
    assert await verify_password(saved.argon2, BETTER)


async def test_other_sessions_are_closed_and_this_one_goes_on(town, tab):
    from models import Account

    async with transaction(Viewer.system()) as session:
        account = await session.get_one(Account, town.alice.viewer.account_id)
        phone = Person(*await sign_in(session, account))
    await save(tab)
    assert "Votre autre session a été fermée." in tab.answer
    with pytest.raises(NotSignedIn):
        await (await open_tab(SessionsState, phone)).load()
    await (await open_tab(SessionsState, town.alice)).load()


async def test_a_wrong_present_password_is_said_at_its_field_and_counted(tab):
    await save(tab, present="Autre-Chose-12")
    assert (tab.error, tab.error_field, tab.answer) == (WRONG_PRESENT, "current_password", "")
    for _ in range(5):
        await save(tab, present="Autre-Chose-12")
    assert "Trop de tentatives" in tab.error


async def test_one_try_that_succeeds_forgets_those_that_failed(tab):
    for _ in range(3):
        await save(tab, present="Autre-Chose-12")
    await save(tab)
    assert run_sql("SELECT count(*) FROM attempt_counter WHERE key = 'connexion alice@example.fr'") == [(0,)]


@pytest.mark.parametrize(
    ("password", "confirmation", "field"),
    [("court", "court", "password"), (BETTER, BETTER + "x", "confirmation"), (PASSWORD, PASSWORD, "password")],
)
async def test_a_bad_choice_is_refused_before_any_try_is_counted(tab, password, confirmation, field):
    await save(tab, password=password, confirmation=confirmation)
    assert (tab.error_field, tab.answer) == (field, "")
    assert run_sql("SELECT count(*) FROM attempt_counter") == [(0,)]


async def test_the_same_password_again_is_refused_in_words(tab):
    await save(tab, password=PASSWORD)
    assert tab.error == SAME


async def test_her_own_number_is_refused(tab):
    (number,) = run_sql("SELECT number FROM subscriber WHERE email = 'alice@example.fr'")[0]
    await save(tab, password=number)
    assert tab.error == SAME_AS_NUMBER


async def test_a_space_around_the_present_password_is_told_of(tab):
    await save(tab, present=f" {PASSWORD}")
    assert (tab.error, tab.error_field) == (f"{WRONG_PRESENT} {AT_AN_END}", "current_password")


async def test_advice_keeps_nothing_of_what_is_typed(tab):
    await tab.advise(password="court")
    assert (tab.advice.strength, len(tab.advice.missing) > 0) == ("faible", True)
    await save(tab)
    kept = tab._serialize()
    assert BETTER.encode() not in kept
    assert PASSWORD.encode() not in kept
    assert (tab.advice.strength, tab.advice.missing) == ("", ())


async def test_a_double_click_changes_it_once(tab):
    await save(tab)
    await save(tab)
    assert (tab.error, tab.answer) == (WRONG_PRESENT, "")
    assert run_sql("SELECT count(*) FROM mail") == [(1,)]


async def test_the_present_password_is_asked_for_where_it_was_left_empty(tab):
    for _ in range(6):
        await save(tab, present="")
        assert (tab.error, tab.error_field) == ("Saisissez votre mot de passe.", "current_password")


@pytest.mark.parametrize("sent", [{}, {"password": ["x"]}, {"current_password": 3, "password": BETTER}])
async def test_a_forged_form_is_refused_in_words(tab, sent):
    await tab.save(form_data=sent)
    assert (bool(tab.error), tab.answer) == (True, "")


async def test_staff_change_theirs_too(town):
    async with transaction(Viewer.system()) as session:
        await give_password(session, town.chloe.viewer.account_id, NOW)
    tab = await open_tab(PasswordChangeState, town.chloe)
    await tab.load()
    await save(tab)
    assert tab.answer
