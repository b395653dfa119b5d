"""Choosing a password by a link, as a tab of the browser knows it."""

from datetime import UTC, datetime, timedelta

import pytest

from models import LinkKind
from portail_app.database import transaction
from portail_app.services.access_links import write_link
from portail_app.services.credentials import find_credentials
from portail_app.services.password_policy import AT_AN_END, DIFFERENT, SAME_AS_NUMBER
from portail_app.services.passwords import verify_password
from portail_app.states.passwords import SAVED, PasswordState
from portail_app.viewer import Viewer
from tests.jobs.outbox import run_sql
from tests.passwords import PASSWORD
from tests.tabs import open_tab


async def test_the_link_leaves_the_address_bar(town):
    tab = await open_tab(PasswordState, None, "/mot-de-passe", lien=await link_of(town.alice))
    redirect = await tab.load()
    assert "lien" not in str(redirect.args)


async def test_the_page_says_whose_password_it_is(town):
    tab = await open_link(town.alice)
    assert (tab.email, tab.refused) == ("alice@example.fr", "")


async def test_a_good_password_is_saved_and_signs_in(town):
    tab = await open_link(town.alice)
    await tab.save(form_data={"password": PASSWORD, "confirmation": PASSWORD})
    assert (tab.answer, tab.error) == (SAVED, "")
    async with transaction(Viewer.system()) as session:
        saved = await find_credentials(session, "alice@example.fr")
    assert await verify_password(saved.argon2, PASSWORD)


async def test_the_link_does_not_serve_twice_in_the_same_tab(town):
    tab = await open_link(town.alice)
    for _ in range(2):
        await tab.save(form_data={"password": PASSWORD, "confirmation": PASSWORD})
    assert "n’est pas valable" in tab.refused


async def test_two_different_passwords_are_refused_at_the_confirmation(town):
    tab = await open_link(town.alice)
    await tab.save(form_data={"password": PASSWORD, "confirmation": PASSWORD + "x"})
    assert (tab.error_field, tab.answer) == ("confirmation", "")


async def test_the_number_of_the_subscriber_is_refused(town):
    (number,) = run_sql("SELECT number FROM subscriber WHERE email = 'alice@example.fr'")[0]
    tab = await open_link(town.alice)
    await tab.save(form_data={"password": number, "confirmation": number})
    assert (tab.error, tab.error_field) == (SAME_AS_NUMBER, "password")


async def test_the_rules_hold_for_a_tab_that_never_loaded_the_page(town):
    tab = await open_tab(PasswordState, None)
    tab._link = await link_of(town.alice)
    await tab.save(form_data={"password": "Alice-Martin1", "confirmation": "Alice-Martin1"})
    assert "trop facile" in tab.error


async def test_advice_comes_as_one_types_and_keeps_nothing_of_it(town):
    tab = await open_link(town.alice)
    await tab.advise(password="Soleil34Paris")
    assert (tab.advice.strength, len(tab.advice.missing)) == ("faible", 1)
    await tab.advise(password=PASSWORD)
    assert (tab.advice.strength, tab.advice.missing) == ("moyen", ())
    await tab.save(form_data={"password": PASSWORD, "confirmation": "autre"})
    kept = tab._serialize()
    assert b"alice@example.fr" in kept
    assert PASSWORD.encode() not in kept


async def test_a_pasted_space_is_told_of_as_one_types_and_kept_where_it_is_meant(town):
    spaced = f"{PASSWORD} "
    tab = await open_link(town.alice)
    await tab.advise(password=spaced)
    assert (tab.advice.hint, tab.advice.missing) == (AT_AN_END, ())
    await tab.save(form_data={"password": spaced, "confirmation": PASSWORD})
    assert (tab.error, tab.answer) == (f"{DIFFERENT} {AT_AN_END}", "")

    await tab.save(form_data={"password": spaced, "confirmation": spaced})
    assert tab.answer == SAVED
    async with transaction(Viewer.system()) as session:
        saved = await find_credentials(session, "alice@example.fr")
    assert await verify_password(saved.argon2, spaced)
    assert not await verify_password(saved.argon2, PASSWORD)


async def test_neither_the_link_nor_the_rules_reach_the_browser(town):
    tab = await open_link(town.alice)
    shown = str(tab.dict())
    assert tab._link not in shown
    assert "numbers" not in shown


@pytest.mark.parametrize("sent", [{}, {"password": ["x"]}, {"password": PASSWORD, "confirmation": 3}])
async def test_a_forged_form_is_refused_in_words(town, sent):
    tab = await open_link(town.alice)
    await tab.save(form_data=sent)
    assert tab.error
    assert tab.answer == ""


async def test_an_expired_link_explains_and_offers_another(town):
    tab = await open_link(town.alice, ends_in=timedelta(minutes=-1))
    assert "n’est plus valide depuis le" in tab.refused
    assert tab.may_send_again

    await tab.send_again()

    assert (tab.refused, tab.error) == ("", "")
    assert run_sql("SELECT recipient FROM mail") == [("alice@example.fr",)]


async def test_a_foreign_link_offers_the_ordinary_way_and_sends_nothing(town):
    tab = await open_tab(PasswordState, None)
    tab._link = "faux"
    await tab.load()
    assert (tab.email, tab.may_send_again) == ("", False)
    await tab.send_again()
    assert run_sql("SELECT count(*) FROM mail") == [(0,)]


async def test_an_old_link_does_not_flood_its_mailbox(town):
    tab = await open_link(town.alice, ends_in=timedelta(minutes=-1))
    for _ in range(5):
        await tab.send_again()
    assert "Trop de tentatives" in tab.error
    assert run_sql("SELECT count(*) FROM mail") == [(3,)]


async def test_a_link_that_ends_while_one_types_offers_another(town):
    tab = await open_link(town.alice)
    run_sql("UPDATE access_link SET expires_at = now() - interval '1 second'")
    await tab.save(form_data={"password": PASSWORD, "confirmation": PASSWORD})
    assert "n’est plus valide" in tab.refused
    assert tab.may_send_again
    assert tab.answer == ""


async def open_link(person, *, ends_in=timedelta(hours=1)):
    tab = await open_tab(PasswordState, None, "/mot-de-passe")
    tab._link = await link_of(person, ends_in)
    await tab.load()
    return tab


async def link_of(person, ends_in=timedelta(hours=1)):
    now = datetime.now(UTC)
    async with transaction(Viewer.system()) as session:
        link = await write_link(session, person.viewer.account_id, LinkKind.RENEWAL, now, now + ends_in)
    return link.token
