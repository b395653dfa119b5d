"""« Personnes autorisées » and « Suppression de mon compte », as tabs of the browser know them."""

import pytest

from portail_app.database import transaction
from portail_app.errors import NotFound, NotSignedIn
from portail_app.states.delegates import DelegatesState
from portail_app.states.deletion import DeletionState
from portail_app.states.proofs import WRONG_PRESENT
from portail_app.viewer import Viewer
from tests.factories import NOW
from tests.jobs.outbox import run_sql
from tests.passwords import PASSWORD, give_password
from tests.tabs import open_tab


def form(person, email="bruno@example.fr", hold="delegue_paiement"):
    (subscriber_id,) = person.viewer.subscriber_ids
    return {"email": email, "hold": hold, "subscriber_id": str(subscriber_id)}


async def load(person):
    tab = await open_tab(DelegatesState, person)
    await tab.load()
    return tab


async def test_alice_lets_bruno_in_and_out_again(town):
    hers = await load(town.alice)
    await hers.invite(form_data=form(town.alice))
    assert (hers.done, hers.error) == ("Une invitation vient d’être envoyée à bruno@example.fr.", "")
    his = await load(town.bruno)
    await his.accept(invitation_id=his.known.received[0].invitation_id)
    assert [one.who for one in his.known.delegated] == ["Alice Martin"]
    await hers.load()
    (bruno,) = hers.known.delegates
    await hers.remove(subscriber_id=bruno.subscriber_id, account_id=bruno.account_id)
    assert hers.known.delegates == ()
    await his.load()
    assert his.known.delegated == ()


async def test_bruno_declines_or_leaves(town):
    hers = await load(town.alice)
    await hers.invite(form_data=form(town.alice))
    his = await load(town.bruno)
    await his.decline(invitation_id=his.known.received[0].invitation_id)
    assert his.known.received == ()
    await hers.invite(form_data=form(town.alice))
    await his.load()
    await his.accept(invitation_id=his.known.received[0].invitation_id)
    await his.leave(subscriber_id=his.known.delegated[0].subscriber_id)
    assert his.known.delegated == ()


async def test_alice_withdraws_an_invitation(town):
    hers = await load(town.alice)
    await hers.invite(form_data=form(town.alice))
    await hers.withdraw(invitation_id=hers.known.delegates[0].invitation_id)
    assert hers.known.delegates == ()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"email": "pas une adresse"}, "email"),
        ({"email": "<b>x</b>@y.fr"}, "email"),
        ({"hold": "titulaire"}, "hold"),
        ({"hold": "<script>"}, "hold"),
        ({"subscriber_id": "abc"}, "subscriber_id"),
        ({"email": "alice@example.fr"}, "email"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(town, sent, field):
    tab = await load(town.alice)
    await tab.invite(form_data=form(town.alice) | sent)
    assert (tab.error_field, bool(tab.error), tab.done) == (field, True, "")
    assert run_sql("SELECT count(*) FROM delegate_invitation") == [(0,)]


async def test_a_strangers_subscriber_is_not_found(town):
    tab = await load(town.bruno)
    await tab.invite(form_data=form(town.alice, email="daniel@example.org"))
    assert tab.error == "Abonnement introuvable."
    (hers,) = town.alice.viewer.subscriber_ids
    with pytest.raises(NotFound):
        await tab.leave(subscriber_id=hers)


async def test_no_mailbox_is_flooded_with_invitations(town):
    tab = await load(town.alice)
    for _ in range(5):
        await tab.invite(form_data=form(town.alice, email="daniel@example.org"))
    assert "Trop de tentatives" in tab.error
    assert run_sql("SELECT count(*) FROM mail") == [(3,)]


async def test_nobody_is_sent_away(town):
    for state in (DelegatesState, DeletionState):
        with pytest.raises(NotSignedIn):
            await (await open_tab(state, None)).load()


@pytest.fixture
async def deletion(town):
    async with transaction(Viewer.system()) as session:
        await give_password(session, town.alice.viewer.account_id, NOW)
    tab = await open_tab(DeletionState, town.alice)
    await tab.load()
    return tab


async def test_the_deletion_is_asked_for_with_the_password(deletion):
    await deletion.ask(form_data={"current_password": PASSWORD})
    assert (len(deletion.asked), deletion.error) == (1, "")
    await deletion.load()
    assert len(deletion.asked) == 1


async def test_without_it_nothing_is_asked_for(deletion):
    await deletion.ask(form_data={"current_password": "Autre-Chose-12"})
    assert (deletion.error, deletion.error_field) == (WRONG_PRESENT, "current_password")
    assert run_sql("SELECT count(*) FROM request") == [(0,)]


async def test_a_second_click_asks_for_nothing_more(deletion):
    for _ in range(2):
        await deletion.ask(form_data={"current_password": PASSWORD})
    assert run_sql("SELECT count(*) FROM request") == [(1,)]
