"""Signing in, as a tab of the browser knows it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from portail_app.database import transaction
from portail_app.services.password_policy import AT_AN_END
from portail_app.services.sessions import SESSION_COOKIE
from portail_app.services.tickets import BROWSER_COOKIE, use_ticket
from portail_app.states.sign_in import SignInState
from portail_app.viewer import Viewer
from tests.passwords import PASSWORD, give_password
from tests.tabs import address_left_for, open_tab, redirect_of

HERS = "the-cookie-of-her-browser"
TAKEN_INTO_ACCOUNT = "Le nouveau mot de passe a bien été pris en compte. Vous pouvez maintenant vous connecter."
WRONG = "Identifiant ou mot de passe incorrect."


@pytest.fixture
async def activated(town):
    async with transaction(Viewer.system()) as session:
        await give_password(session, town.alice.viewer.account_id, datetime.now(UTC))
    return town


async def test_who_knows_the_password_gets_a_ticket_for_this_browser(activated):
    tab = await sign_in_tab()
    event = await tab.sign_in(form_data={"email": " Alice@Example.fr ", "password": PASSWORD, "remember": "on"})

    assert (tab.error, urlsplit(address_left_for(event)).path) == ("", "/session")
    admission = await use(ticket_in(event))
    assert (admission.account_id, admission.remember) == (activated.alice.viewer.account_id, True)


async def test_she_goes_on_to_the_page_that_she_asked_for(activated):
    tab = await sign_in_tab(retour="/factures")
    event = await tab.sign_in(form_data={"email": "alice@example.fr", "password": PASSWORD})
    assert parse_qs(urlsplit(address_left_for(event)).query)["retour"] == ["/factures"]


async def test_the_ticket_is_told_once_and_kept_nowhere(activated):
    """After a sign-out, the tab that comes back would be told of it again, and sent to use it again."""
    tab = await sign_in_tab()
    event = await tab.sign_in(form_data={"email": "alice@example.fr", "password": PASSWORD})
    assert ticket_in(event) not in str(tab.dict())


@pytest.mark.parametrize(
    "email", ["alice@example.fr", "bruno@example.fr", "inconnue@example.fr", f"{'x' * 3_900}@example.fr"]
)
async def test_every_wrong_sign_in_gets_the_same_answer(activated, email):
    tab = await sign_in_tab()
    event = await tab.sign_in(form_data={"email": email, "password": "Ruisseau-1790"})
    assert (tab.error, address_left_for(event)) == (WRONG, "")


@pytest.mark.parametrize(
    ("email", "password", "said", "field"),
    [
        ("", "", "Saisissez votre identifiant : c’est votre adresse mail.", "email"),
        ("  ", PASSWORD, "Saisissez votre identifiant : c’est votre adresse mail.", "email"),
        ("alice@example.fr", "", "Saisissez votre mot de passe.", "password"),
    ],
)
async def test_what_was_not_typed_is_asked_for_and_counts_for_no_try(activated, email, password, said, field):
    tab = await sign_in_tab()
    for _ in range(6):
        event = await tab.sign_in(form_data={"email": email, "password": password})
        assert (tab.error, tab.error_field, address_left_for(event)) == (said, field, "")

    await tab.sign_in(form_data={"email": "alice@example.fr", "password": PASSWORD})
    assert tab.error == ""


@pytest.mark.parametrize("email", ["alice@example.fr", "inconnue@example.fr"])
@pytest.mark.parametrize("pasted", [f" {PASSWORD}", f"{PASSWORD} ", f"{PASSWORD}\u00a0", f"\t{PASSWORD}"])
async def test_a_space_that_came_along_with_a_pasted_password_is_told_of_known_or_not(activated, email, pasted):
    tab = await sign_in_tab()
    event = await tab.sign_in(form_data={"email": email, "password": pasted})
    assert (tab.error, tab.error_field, address_left_for(event)) == (f"{WRONG} {AT_AN_END}", "password", "")


async def test_a_space_within_a_password_is_nothing_to_tell(activated):
    tab = await sign_in_tab()
    await tab.sign_in(form_data={"email": "alice@example.fr", "password": "cheval agrafe pile verte"})
    assert tab.error == WRONG


async def test_a_password_that_was_chosen_with_a_space_at_its_end_signs_in_and_only_so(activated):
    async with transaction(Viewer.system()) as session:
        await give_password(session, activated.bruno.viewer.account_id, datetime.now(UTC), f"{PASSWORD} ")
    tab = await sign_in_tab()
    for password, said in ((f"{PASSWORD} ", ""), (PASSWORD, WRONG)):
        await tab.sign_in(form_data={"email": "bruno@example.fr", "password": password})
        assert tab.error == said


async def test_who_must_wait_is_told_so_and_nothing_of_a_space(activated):
    tab = await sign_in_tab()
    for _ in range(6):
        await tab.sign_in(form_data={"email": "alice@example.fr", "password": "faux "})
    assert tab.error == "Trop de tentatives. Réessayez dans 1 minute."


async def test_the_sixth_try_waits_even_with_the_right_password(activated):
    tab = await sign_in_tab()
    for _ in range(5):
        await tab.sign_in(form_data={"email": "alice@example.fr", "password": "faux"})
        assert tab.error == WRONG
    event = await tab.sign_in(form_data={"email": "alice@example.fr", "password": PASSWORD})
    assert (tab.error, address_left_for(event)) == ("Trop de tentatives. Réessayez dans 1 minute.", "")


async def test_a_successful_sign_in_forgets_the_wrong_ones(activated):
    tab = await sign_in_tab()
    for _ in range(3):
        for _ in range(4):
            await tab.sign_in(form_data={"email": "alice@example.fr", "password": "faux"})
        await tab.sign_in(form_data={"email": "alice@example.fr", "password": PASSWORD})
        assert tab.error == ""


async def test_a_browser_without_our_cookie_is_told_what_to_do(activated):
    tab = await open_tab(SignInState, None, "/connexion")
    event = await tab.sign_in(form_data={"email": "alice@example.fr", "password": PASSWORD})
    assert "cookie" in tab.error
    assert address_left_for(event) == ""


@pytest.mark.parametrize("sent", [{"email": ["a"]}, {"email": {"a": 1}}, {"password": 5}, {"email": "x" * 5000}, {}])
async def test_a_forged_form_is_refused_in_words(activated, sent):
    tab = await sign_in_tab()
    event = await tab.sign_in(form_data={"email": "alice@example.fr", "password": "faux", **sent})
    assert tab.error
    assert address_left_for(event) == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            {"motif": "mot-de-passe"},
            "Le nouveau mot de passe a bien été pris en compte. Vous pouvez maintenant vous connecter.",
        ),
        ({"motif": "ticket"}, "La connexion n’a pas abouti à temps. Veuillez vous connecter à nouveau."),
        ({"motif": "<script>"}, ""),
        ({"retour": "/factures"}, ""),
        ({}, ""),
    ],
)
async def test_the_page_says_why_one_is_there(town, query, said):
    tab = await sign_in_tab(**query)
    await tab.load()
    assert tab.notice == said


async def test_whoever_was_signed_in_is_told_that_the_session_has_ended(town):
    tab = await open_tab(SignInState, Stranger(f"{SESSION_COOKIE}=an-old-one"), "/connexion", retour="/factures")
    await tab.load()
    assert tab.notice == "Votre session est terminée. Veuillez vous connecter."


@pytest.mark.parametrize(
    ("query", "page"),
    [
        ({}, "/"),
        ({"retour": "/factures?onglet=reglees"}, "/factures?onglet=reglees"),
        ({"retour": "//ailleurs.fr"}, "/"),
    ],
)
async def test_whoever_comes_back_here_signed_in_goes_on_where_they_were_going(town, query, page):
    tab = await open_tab(SignInState, town.alice, "/connexion", **query)
    assert redirect_of(await tab.load()) == page
    assert tab.notice == ""


@pytest.mark.parametrize("query", [{"motif": "mot-de-passe"}, {"motif": "ticket"}])
async def test_whoever_is_brought_here_for_a_reason_is_told_it_even_signed_in(town, query):
    tab = await open_tab(SignInState, town.alice, "/connexion", **query)
    assert await tab.load() is None
    assert tab.notice


async def test_no_password_stays_in_the_state(activated):
    tab = await sign_in_tab()
    await tab.sign_in(form_data={"email": "alice@example.fr", "password": PASSWORD})
    assert PASSWORD not in str(tab.dict())


@dataclass(frozen=True)
class Stranger:
    """Somebody whose browser has been named, and no more."""

    cookie: str = f"{BROWSER_COOKIE}={HERS}"


async def sign_in_tab(**query):
    return await open_tab(SignInState, Stranger(), "/connexion", **query)


def ticket_in(event):
    return parse_qs(urlsplit(address_left_for(event)).query)["ticket"][0]


async def use(ticket):
    async with transaction(Viewer.system()) as session:
        return await use_ticket(session, ticket, HERS, datetime.now(UTC))
