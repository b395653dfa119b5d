"""« Mes données personnelles », as a tab of the browser knows it."""

import pytest

from portail_app.errors import NotFound, NotSignedIn
from portail_app.states.personal_data import CONFIRMED, PersonalDataState
from tests.jobs.outbox import run_sql
from tests.tabs import open_tab


async def test_her_own_subscriber_is_shown_and_a_neighbours_is_not(town):
    tab = await open_tab(PersonalDataState, town.alice)
    await tab.load()
    (file,) = tab.files
    assert (file.subscriber.name, file.is_holder, file.wants_paper) == ("Alice Martin", True, True)
    assert tab.email == "alice@example.fr"


async def test_nobody_is_sent_to_the_sign_in_page(town):
    with pytest.raises(NotSignedIn):
        await (await open_tab(PersonalDataState, None)).load()


async def test_staff_without_a_subscriber_see_their_own_account(town):
    tab = await open_tab(PersonalDataState, town.chloe)
    await tab.load()
    assert (tab.files, tab.email) == ((), "chloe@example.fr")


async def test_paper_stops_once_it_is_confirmed_and_not_before(town):
    tab = await open_tab(PersonalDataState, town.alice)
    await tab.load()
    await tab.ask_paperless(subscriber_id=tab.files[0].subscriber.id)
    assert run_sql("SELECT count(*) FROM paper_choice") == [(0,)]

    await tab.confirm_paperless()

    assert (tab.asked_id, tab.done, tab.files[0].wants_paper) == (0, CONFIRMED, False)
    assert run_sql("SELECT wants_paper FROM paper_choice") == [(False,)]


async def test_annuler_changes_nothing(town):
    tab = await open_tab(PersonalDataState, town.alice)
    await tab.load()
    await tab.ask_paperless(subscriber_id=tab.files[0].subscriber.id)
    await tab.cancel()
    await tab.confirm_paperless()
    assert run_sql("SELECT count(*) FROM paper_choice") == [(0,)]


async def test_one_click_brings_paper_back(town):
    tab = await open_tab(PersonalDataState, town.alice)
    await tab.load()
    ours = tab.files[0].subscriber.id
    await tab.ask_paperless(subscriber_id=ours)
    await tab.confirm_paperless()
    await tab.return_to_paper(subscriber_id=ours)
    assert tab.files[0].wants_paper
    assert run_sql("SELECT count(*) FROM paper_choice") == [(2,)]


async def test_a_neighbours_subscriber_is_not_found(town):
    (hers,) = town.alice.viewer.subscriber_ids
    tab = await open_tab(PersonalDataState, town.bruno)
    await tab.ask_paperless(subscriber_id=hers)
    with pytest.raises(NotFound):
        await tab.confirm_paperless()
    with pytest.raises(NotFound):
        await tab.return_to_paper(subscriber_id=hers)
    assert run_sql("SELECT count(*) FROM paper_choice") == [(0,)]


async def test_a_delegate_is_shown_the_name_and_no_more(town):
    (hers,) = town.alice.viewer.subscriber_ids
    run_sql("UPDATE subscriber SET address = '12 rue du Moulin', phone = '0320' WHERE id = %s", hers)
    run_sql(
        "INSERT INTO account_subscriber (account_id, subscriber_id, hold) VALUES (%s, %s, 'delegue_paiement')",
        town.bruno.viewer.account_id,
        hers,
    )
    tab = await open_tab(PersonalDataState, town.bruno)
    await tab.load()
    (delegated,) = [file for file in tab.files if not file.is_holder]
    assert delegated.subscriber.name == "Alice Martin"
    assert (delegated.subscriber.address, delegated.subscriber.phone, delegated.subscriber.email) == ("", "", None)
