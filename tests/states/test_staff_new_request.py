"""Taking down a request for a subscriber, as an agent's tab knows it: whom, what, the form, and what is told after."""

import pytest

from models import RequestStatus
from portail_app.database import transaction
from portail_app.errors import Forbidden, NotSignedIn
from portail_app.services.accesses import list_accesses
from portail_app.services.request_drafts import keep_draft
from portail_app.states.clock import now
from portail_app.states.request import RequestState
from portail_app.states.staff_new_request import PATH, StaffNewRequestState
from portail_app.states.staff_request import StaffRequestState
from portail_app.viewer import Viewer
from tests import factories
from tests.factories import LEAK
from tests.tabs import open_tab


async def test_subscribers_and_nobody_take_nothing_down(town):
    with pytest.raises(NotSignedIn):
        await (await open_tab(StaffNewRequestState, None, PATH)).load()
    for person in (town.alice, town.bruno):
        tab = await open_tab(StaffNewRequestState, person, PATH, abonne=alices(town), type="fuite")
        with pytest.raises(Forbidden):
            await tab.load()
        with pytest.raises(Forbidden):
            await tab.send(form_data={})


async def test_a_subscriber_is_looked_for_then_chosen_then_a_form(town):
    tab = await open_tab(StaffNewRequestState, town.chloe, PATH)
    await tab.load()
    assert (tab.found, tab.chosen, tab.form) == ((), None, None)
    assert "recherche=martin" in str(await tab.look_for(form={"recherche": " martin "}))

    tab = await open_tab(StaffNewRequestState, town.chloe, PATH, recherche="martin")
    await tab.load()
    assert [one.name for one in tab.found] == ["Alice Martin"]

    tab = await open_tab(StaffNewRequestState, town.chloe, PATH, abonne=alices(town))
    await tab.load()
    assert tab.chosen.name == "Alice Martin"
    assert "Message" not in [one.name for one in tab.types]

    tab = await open_form(town)
    assert [field.name for field in tab.form.fields] == ["lieu", "constatee", "reparee", "index", "description"]


async def test_whom_one_looks_at_reads_it(town):
    await open_form(town)
    async with transaction(town.alice.viewer) as session:
        (look,) = await list_accesses(session, town.alice.viewer)
    assert (look.who, look.subject) == ("Chloé Durand", "Coordonnées, pour saisir une demande")


async def test_it_is_taken_down_shown_and_both_sides_see_that_the_service_did(town):
    tab = await open_form(town)
    left = str(await tab.send(form_data=filled(tab, channel="telephone")))
    number = left.partition("/agent/demandes/")[2].partition("?")[0]

    desk = await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{number}", saisie="oui")
    await desk.load()
    assert desk.done.startswith("La demande est enregistrée ; l’abonné en est prévenu")
    hers = await open_tab(RequestState, town.alice, f"/demandes/{number}")
    await hers.load()
    assert (hers.request.channel, hers.request.status) == ("telephone", RequestStatus.NEW)
    await hers.withdraw()
    assert hers.done == "Votre demande est annulée."


async def test_staff_are_told_who_has_no_account_to_read_it(town):
    async with transaction(Viewer.system()) as session:
        nobody = await factories.create_subscriber(session, town.utility)
    tab = await open_form(town, abonne=str(nobody.id))
    left = str(await tab.send(form_data=filled(tab, channel="visite")))
    number = left.partition("/agent/demandes/")[2].partition("?")[0]
    desk = await open_tab(StaffRequestState, town.chloe, f"/agent/demandes/{number}", saisie="oui")
    await desk.load()
    assert desk.done == f"La demande est enregistrée. L’abonné n’a pas de compte ici : donnez-lui son numéro, {number}."


@pytest.mark.parametrize("channel", ["", "portail", "pigeon"])
async def test_how_it_came_must_be_said(town, channel):
    tab = await open_form(town)
    await tab.send(form_data=filled(tab, channel=channel))
    assert (tab.error, tab.error_field) == ("Dites comment la demande vous est parvenue.", "channel")


@pytest.mark.parametrize(
    "asked",
    [
        {"abonne": "999999", "type": "fuite"},
        {"abonne": "99999999999999", "type": "fuite"},
        {"abonne": "x", "type": "fuite"},
        {"abonne": "-1"},
    ],
)
async def test_an_address_that_names_nobody_shows_nobody(town, asked):
    tab = await open_tab(StaffNewRequestState, town.chloe, PATH, **asked)
    await tab.load()
    assert (tab.chosen, tab.form) == (None, None)


async def test_a_form_that_is_not_offered_is_no_form(town):
    for code in ("donnees-personnelles", "message", "inconnu"):
        tab = await open_form(town, type=code)
        assert tab.form is None
        assert tab.chosen is not None


async def test_a_wrong_answer_keeps_what_was_typed_and_brings_to_its_field(town):
    tab = await open_form(town)
    focus = await tab.send(form_data=filled(tab, channel="telephone", constatee="hier"))
    assert (tab.error_field, tab.error) == ("constatee", "Indiquez une date, comme 21/07/2017.")
    assert "field-constatee" in str(focus)


async def test_a_call_that_is_interrupted_is_taken_up_on_another_screen(town):
    tab = await open_form(town)
    typed = {"description": "L’eau coule dans", "channel": "telephone", "key": tab.form.key}
    async with transaction(town.chloe.viewer) as session:
        await keep_draft(session, town.chloe.viewer, tab.form.place, typed, now())
    again = await open_form(town)
    assert (again.form.channel, again.form.fields[-1].typed) == ("telephone", "L’eau coule dans")
    assert again.form.key == tab.form.key

    await again.clear(code="fuite", subscriber_id=int(alices(town)), key=again.form.key)
    assert again.form.fields[-1].typed == ""
    await again.restore(code="fuite", subscriber_id=int(alices(town)))
    assert again.form.fields[-1].typed == "L’eau coule dans"


def alices(town) -> str:
    (subscriber_id,) = town.alice.viewer.subscriber_ids
    return str(subscriber_id)


async def open_form(town, **asked: str) -> StaffNewRequestState:
    tab = await open_tab(StaffNewRequestState, town.chloe, PATH, **{"abonne": alices(town), "type": "fuite", **asked})
    await tab.load()
    return tab


def filled(tab: StaffNewRequestState, **typed: str) -> dict[str, str]:
    form = tab.form
    return {"type": form.code, "subscriber_id": str(form.subscriber_id), "key": form.key, **LEAK, **typed}
