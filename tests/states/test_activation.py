"""Activation and the forgotten password, as a tab of the browser knows them."""

from time import monotonic

import pytest

from portail_app.database import transaction
from portail_app.services.activations import NEUTRAL, SENT, UNKNOWN, WRONG_CODE
from portail_app.states import tries
from portail_app.states.activation import ActivationState, ForgottenPasswordState
from portail_app.states.tries import SECONDS_TO_ANSWER
from portail_app.viewer import Viewer
from tests.factories import create_subscriber, create_utility
from tests.jobs.outbox import run_sql
from tests.tabs import open_tab


@pytest.fixture
async def denise(town):
    """Known by a utility that answers in the manual's words and asks for the code."""
    run_sql("UPDATE utility SET activation_is_strict = false")
    async with transaction(Viewer.system()) as session:
        utility = await create_utility(session, activation_is_strict=False, activation_needs_code=True)
        return await create_subscriber(session, utility, email="denise@example.fr", number="4217")


@pytest.mark.parametrize("code", ["4217", " 4217 ", "4217, 4218", "4218\u00a0;4217", "42 17", "4 218 ; 4\u00a0217"])
async def test_the_right_code_however_it_is_typed(denise, code):
    tab = await ask(email="denise@example.fr", code=code)
    assert (tab.answer, tab.error) == (SENT, "")


async def test_a_wrong_code_is_said_at_its_field(denise):
    tab = await ask(email="denise@example.fr", code="1")
    assert (tab.answer, tab.error, tab.error_field) == ("", WRONG_CODE, "code")


async def test_an_unknown_address_is_said_at_its_field(denise):
    tab = await ask(email="inconnue@example.fr", code="")
    assert (tab.error, tab.error_field) == (UNKNOWN, "email")


@pytest.mark.parametrize("typed", ["", "denise", "denise@", "@example.fr", "a b@example.fr", "x" * 260 + "@example.fr"])
async def test_what_is_no_address_is_said_before_anything_else(town, typed):
    tab = await ask(email=typed)
    assert "adresse mail complète" in tab.error
    assert run_sql("SELECT count(*) FROM attempt_counter") == [(0,)]


async def test_an_error_is_gone_once_the_form_is_right(denise):
    tab = await ask(email="denise@example.fr", code="1")
    await tab.activate(form_data={"email": "denise@example.fr", "code": "4217"})
    assert (tab.answer, tab.error, tab.error_field) == (SENT, "", "")


async def test_a_mailbox_is_not_flooded(town):
    tab = await open_tab(ForgottenPasswordState, None)
    for _ in range(3):
        await tab.ask(form_data={"email": "alice@example.fr"})
        assert tab.answer == NEUTRAL
    await tab.ask(form_data={"email": "alice@example.fr"})
    assert (tab.answer, tab.error) == ("", "Trop de tentatives. Réessayez dans 2 minutes.")
    assert run_sql("SELECT count(*) FROM mail") == [(3,)]


@pytest.mark.parametrize("email", ["alice@example.fr", "inconnue@example.fr"])
@pytest.mark.parametrize(("state", "handler"), [(ForgottenPasswordState, "ask"), (ActivationState, "activate")])
async def test_no_answer_comes_sooner_to_an_unknown_address(town, state, handler, email):
    """A machine can only be slower than that: to write a mail takes some milliseconds, which a stranger could count."""
    tab = await open_tab(state, None)
    begun = monotonic()
    await getattr(tab, handler)(form_data={"email": email, "code": ""})
    assert monotonic() - begun >= SECONDS_TO_ANSWER


async def test_an_unknown_address_waits_as_a_known_one_does(town):
    tab = await open_tab(ForgottenPasswordState, None)
    for _ in range(4):
        await tab.ask(form_data={"email": "inconnue@example.fr"})
    assert "Trop de tentatives" in tab.error


async def test_one_client_cannot_go_through_all_addresses(town, monkeypatch):
    monkeypatch.setattr(tries, "SECONDS_TO_ANSWER", 0)  # twenty times
    tab = await open_tab(ForgottenPasswordState, None)
    for n in range(21):
        await tab.ask(form_data={"email": f"abonne{n}@example.fr"})
    assert "Trop de tentatives" in tab.error


async def test_the_page_asks_for_the_code_where_a_utility_does(denise):
    tab = await open_tab(ActivationState, None)
    await tab.load()
    assert tab.asks_code


async def ask(**form_data):
    tab = await open_tab(ActivationState, None, "/activation")
    await tab.activate(form_data=form_data)
    return tab
