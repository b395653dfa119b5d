"""Changing what billing owns, as the tabs of Alice and of Chloé know it."""

import pytest

from portail_app.errors import Forbidden, Invalid
from portail_app.states.change_review import ChangeReviewState
from portail_app.states.data_change import DataChangeState
from portail_app.states.personal_data import PersonalDataState
from tests.jobs.outbox import run_sql
from tests.tabs import open_tab


def subscriber_of(person):
    (subscriber_id,) = person.viewer.subscriber_ids
    return subscriber_id


async def open_form(person, subscriber_id):
    tab = await open_tab(DataChangeState, person, "/donnees-personnelles/modifier", abonne=str(subscriber_id))
    await tab.load()
    return tab


@pytest.fixture
async def sent(town):
    tab = await open_form(town.alice, subscriber_of(town.alice))
    await tab.send(form_data={"name": "Alice Martin", "address": "3 rue Haute", "phone": "06 12 34 56 78"})
    return tab.sent


async def review(town, number):
    tab = await open_tab(ChangeReviewState, town.chloe, f"/agent/demandes/{number}")
    await tab.load()
    return tab


async def test_the_form_shows_what_is_known(town):
    tab = await open_form(town.alice, subscriber_of(town.alice))
    assert (tab.subscriber.name, tab.waiting, tab.missing) == ("Alice Martin", (), "")


@pytest.mark.parametrize("asked", ["", "0", "abc", "-1", "99999999999999999999", "<b>"])
async def test_what_is_no_subscriber_is_not_found(town, asked):
    tab = await open_form(town.alice, asked)
    assert (tab.subscriber, tab.missing) == (None, "Abonnement introuvable.")
    await tab.send(form_data={"address": "3 rue Haute"})
    assert tab.error == "Abonnement introuvable."


async def test_a_strangers_subscriber_is_not_found(town):
    tab = await open_form(town.bruno, subscriber_of(town.alice))
    assert (tab.subscriber, tab.missing) == (None, "Abonnement introuvable.")


async def test_a_request_is_sent_and_its_state_shown(town, sent):
    tab = await open_tab(PersonalDataState, town.alice)
    await tab.load()
    assert [(one.request, one.label, one.status) for one in tab.changes] == [
        (sent, "Adresse", "en_attente"),
        (sent, "Téléphone", "en_attente"),
    ]
    form = await open_form(town.alice, subscriber_of(town.alice))
    assert set(form.waiting) == {"address", "phone"}


async def test_a_second_click_sends_nothing_more(town):
    tab = await open_form(town.alice, subscriber_of(town.alice))
    for _ in range(2):
        await tab.send(form_data={"address": "3 rue Haute"})
    assert (tab.error, bool(tab.sent)) == ("", True)
    assert run_sql("SELECT count(*) FROM request") == [(1,)]


async def test_a_wrong_field_is_said_and_nothing_is_sent(town):
    tab = await open_form(town.alice, subscriber_of(town.alice))
    await tab.send(form_data={"postal_code": "<script>"})
    assert (tab.error_field, tab.sent) == ("postal_code", "")
    assert run_sql("SELECT count(*) FROM request") == [(0,)]


async def test_chloe_accepts_one_and_refuses_the_other(town, sent):
    tab = await review(town, sent)
    address, phone = tab.reviews
    await tab.accept(change_id=address.id, seen=address.current)
    await tab.begin_refusal(change_id=phone.id)
    await tab.refuse(form_data={"reason": "Ce numéro ne répond pas."})
    assert [one.status for one in tab.reviews] == ["acceptee", "refusee"]
    assert (tab.refused_id, tab.error) == (0, "")
    assert run_sql("SELECT status FROM request") == [("resolue",)]
    hers = await open_tab(PersonalDataState, town.alice)
    await hers.load()
    assert (hers.files[0].subscriber.address, hers.files[0].subscriber.phone) == ("3 rue Haute", "")
    assert hers.changes[1].reason == "Ce numéro ne répond pas."


async def test_a_refusal_without_a_reason_stays_open_at_its_field(town, sent):
    tab = await review(town, sent)
    await tab.begin_refusal(change_id=tab.reviews[0].id)
    await tab.refuse(form_data={"reason": " "})
    assert (tab.error_field, tab.refused_id) == ("reason", tab.reviews[0].id)


async def test_a_second_click_on_accept_says_that_it_is_decided(town, sent):
    tab = await review(town, sent)
    one = tab.reviews[0]
    for _ in range(2):
        await tab.accept(change_id=one.id, seen=one.current)
    assert "déjà reçu une réponse" in tab.error


async def test_a_missing_request_has_no_panel(town):
    tab = await review(town, "D2026-99999")
    assert tab.reviews == ()


@pytest.mark.parametrize("who", ["alice", "bruno"])
async def test_subscribers_decide_nothing(town, sent, who):
    tab = await open_tab(ChangeReviewState, getattr(town, who), f"/agent/demandes/{sent}")
    with pytest.raises(Forbidden):
        await tab.load()
    with pytest.raises(Forbidden):
        await tab.accept(change_id=1, seen="")


async def test_a_forged_reason_is_refused_in_words(town, sent):
    tab = await review(town, sent)
    with pytest.raises(Invalid):
        await tab.refuse(form_data={"reason": ["x"]})
