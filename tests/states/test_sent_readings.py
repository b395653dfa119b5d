"""Sending a reading, and deciding on it, as tabs of the browser know it."""

from datetime import timedelta

import pytest

from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotSignedIn
from portail_app.states.clock import today
from portail_app.states.reading_review import ReadingReviewState
from portail_app.states.sent_readings import SentReadingsState
from tests.supplies import Supply, create_supply, read
from tests.tabs import open_tab


@pytest.fixture
async def supply(town):
    """It was read ten days ago, and uses 60 m³ a half-year."""
    async with transaction(town.alice.viewer) as session:
        supply = await create_supply(session, town.alice.viewer)
        days = [(today() - timedelta(days=days), index) for days, index in ((375, 0), (192, 60), (10, 120))]
        await read(session, supply.meter, *((on.isoformat(), index) for on, index in days))
    return supply


async def form_of(person, supply: Supply, **query: str) -> SentReadingsState:
    tab = await open_tab(SentReadingsState, person, f"/contrats/{supply.contract.number}", **query)
    await tab.load()
    return tab


def typed(index: str, **values: str) -> dict[str, str]:
    return {"index": index, "read_on": "", "comment": "", **values}


async def test_what_is_typed_is_looked_at_at_once_and_kept(town, supply):
    tab = await form_of(town.alice, supply)

    await tab.check(name="index", value="90")
    assert tab.doubt.startswith("Cet index est inférieur au dernier connu")
    await tab.check(name="index", value="123")
    assert (tab.doubt, tab.error, tab.draft["index"]) == ("", "", "123")
    await tab.check(name="read_on", value=(today() + timedelta(days=1)).isoformat())
    assert tab.error_field == "read_on"


async def test_what_cannot_be_read_is_said_at_its_field_and_nothing_of_an_empty_one(town, supply):
    tab = await form_of(town.alice, supply)

    await tab.check(name="index", value="douze")
    assert tab.error_field == "index"
    await tab.check(name="index", value="")
    assert (tab.error, tab.doubt) == ("", "")


async def test_a_form_sends_a_reading_and_asks_for_its_photo(town, supply):
    tab = await form_of(town.alice, supply)
    event = await tab.send(form_data=typed("123,5"))

    assert "sendFile" in str(event)
    assert [(sent.index_litres, sent.state.value) for sent in tab.sent] == [(123_500, "a_valider")]
    assert "attend d’être validée" in tab.done
    assert tab.draft["index"] == ""


async def test_a_doubt_must_be_confirmed_in_the_form(town, supply):
    tab = await form_of(town.alice, supply)
    await tab.send(form_data=typed("400"))
    assert (tab.error_field, tab.sent) == ("confirmed", ())
    assert "beaucoup plus" in tab.doubt

    await tab.send(form_data=typed("400", confirmed="on"))
    assert (tab.error, tab.doubt, len(tab.sent)) == ("", "", 1)


async def test_a_confirmation_that_was_never_asked_for_counts_for_nothing(town, supply):
    tab = await form_of(town.alice, supply)
    await tab.send(form_data=typed("400", confirmed="on"))

    assert tab.sent == ()


@pytest.mark.parametrize(
    ("form_data", "field"),
    [(typed("1e9"), "index"), (typed("12345678"), "index"), (typed("120", read_on="hier"), "read_on"), ({}, "index")],
)
async def test_a_wrong_field_keeps_the_rest(town, supply, form_data, field):
    tab = await form_of(town.alice, supply)
    event = await tab.send(form_data=form_data)

    assert (tab.error_field, tab.sent) == (field, ())
    assert f"field-{field}" in str(event)


async def test_what_waits_is_withdrawn(town, supply):
    tab = await form_of(town.alice, supply)
    await tab.send(form_data=typed("123"))
    await tab.withdraw(sent_id=tab.sent[0].id)

    assert (tab.sent[0].state.value, tab.done) == ("retiree", "Votre relève est retirée.")


async def test_staff_and_subscriber_see_the_same_state(town, supply):
    hers, desk = await form_of(town.alice, supply), await open_tab(ReadingReviewState, town.chloe)
    await hers.send(form_data=typed("123"))
    await desk.load()
    sent_id = desk.waiting[0].id
    await desk.refuse(form_data={"sent_id": str(sent_id)})
    assert (desk.error_field, len(desk.waiting)) == (f"reason-{sent_id}", 1)
    await desk.refuse(form_data={"sent_id": str(sent_id), f"reason-{sent_id}": "Photo illisible."})
    await hers.load()

    assert (desk.waiting, desk.decided[0].state) == ((), "refusee")
    assert (hers.sent[0].state.value, hers.sent[0].refusal_reason) == ("refusee", "Photo illisible.")


async def test_staff_correct_an_index_and_a_wrong_one_is_said_at_its_field(town, supply):
    hers, desk = await form_of(town.alice, supply), await open_tab(ReadingReviewState, town.chloe)
    await hers.send(form_data=typed("123"))
    await desk.load()
    sent_id = str(desk.waiting[0].id)
    field = f"index-{sent_id}"
    for wrong in ("", "douze", "999999999999"):
        await desk.correct(form_data={"sent_id": sent_id, field: wrong})
        assert (desk.error_field, len(desk.waiting), desk.done) == (field, 1, "")
    await desk.correct(form_data={"sent_id": sent_id, field: "132,5"})
    await hers.load()

    assert (desk.error, desk.waiting, desk.decided[0].corrected_index_litres) == ("", (), 132_500)
    assert (hers.sent[0].state.value, hers.sent[0].corrected_index_litres) == ("validee", 132_500)


async def test_what_was_withdrawn_meanwhile_is_said_to_staff(town, supply):
    hers, desk = await form_of(town.alice, supply), await open_tab(ReadingReviewState, town.chloe)
    await hers.send(form_data=typed("123"))
    await desk.load()
    await hers.withdraw(sent_id=hers.sent[0].id)
    await desk.accept(sent_id=desk.waiting[0].id)

    assert "n’attend plus" in desk.error
    assert (desk.waiting, desk.decided[0].state) == ((), "retiree")


async def test_a_neighbour_and_nobody_send_nothing(town, supply):
    his = await form_of(town.bruno, supply)
    await his.send(form_data=typed("123"))
    assert (his.error, his.sent) == ("Contrat introuvable.", ())
    with pytest.raises(NotSignedIn):
        await form_of(None, supply)
    with pytest.raises(Forbidden):
        await (await open_tab(ReadingReviewState, town.alice)).load()


async def test_a_browser_names_no_other_field(town, supply):
    tab = await form_of(town.alice, supply)
    with pytest.raises(Invalid):
        await tab.check(name="number", value="C2")
    await tab.withdraw(sent_id=999_999)
    assert tab.error == "Relève introuvable."


@pytest.mark.parametrize(
    ("photo", "said"),
    [
        ("taille", "trop lourde"),
        ("image", "n’est pas une image"),
        ("pixels", "trop de pixels"),
        ("<b>x</b>", ""),
        ("traitee", "déjà"),
    ],
)
async def test_what_became_of_a_photo_is_said_in_our_own_words(town, supply, photo, said):
    tab = await form_of(town.alice, supply, photo=photo)

    assert said in tab.error
    assert bool(tab.error) == bool(said)


async def test_a_draft_belongs_to_its_contract(town, supply):
    tab = await form_of(town.alice, supply)
    await tab.check(name="index", value="123")
    await tab.load()
    assert tab.draft["index"] == "123"

    other = await open_tab(SentReadingsState, town.alice, "/contrats/C999999")
    other.draft = dict(tab.draft)
    await other.load()
    assert other.draft == {"number": "C999999", "index": "", "read_on": ""}
