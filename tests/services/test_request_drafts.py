"""What is being written is kept for its author alone, as it stands, until it is sent or cleared."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models import RequestDraft, RequestType, Subscriber
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services.request_drafts import (
    KEY,
    MOST_CHARACTERS,
    MOST_FIELDS,
    MOST_PLACES,
    close_draft,
    find_draft,
    is_place,
    keep_draft,
    note_place,
    sent_key,
    thread_place,
)
from portail_app.services.request_forms import (
    clear_form,
    open_note,
    open_reply,
    read_form,
    read_offer,
    restore_form,
)
from portail_app.services.request_opening import open_request
from portail_app.viewer import Viewer
from tests.factories import LEAK, NOW, create_subscriber, create_utility, draft_request

PLACE, KNOWN = "fil:D2026-00001", "une-cle-de-formulaire"
LATER = NOW + timedelta(minutes=5)


class TestKeeping:
    async def test_the_last_words_are_the_ones_that_are_kept(self, session, alice):
        for words, at in (("Sous l", NOW), ("Sous l’évier", LATER)):
            await keep_draft(session, alice, PLACE, {KEY: KNOWN, "text": words}, at)
        kept = await find_draft(session, alice, PLACE)
        assert (kept.typed["text"], kept.kept_at) == ("Sous l’évier", LATER)
        assert len((await session.exec(select(RequestDraft))).all()) == 1

    async def test_each_place_and_each_account_has_its_own(self, session, alice, bruno, chloe):
        for viewer, place, words in ((alice, PLACE, "hers"), (bruno, PLACE, "his"), (alice, "note:x", "another")):
            await keep_draft(session, viewer, place, {"text": words}, NOW)
        assert [(await find_draft(session, viewer, PLACE)).typed for viewer in (alice, bruno, chloe)] == [
            {"text": "hers"},
            {"text": "his"},
            {},
        ]

    async def test_nobody_keeps_or_closes_anything(self, session):
        with pytest.raises(Forbidden):
            await keep_draft(session, Viewer.nobody(), PLACE, {}, NOW)
        with pytest.raises(Forbidden):
            await close_draft(session, Viewer.nobody(), PLACE, KNOWN, NOW)
        assert (await find_draft(session, Viewer.nobody(), PLACE)).typed == {}

    async def test_so_much_is_kept_and_not_a_character_more(self, session, alice):
        await keep_draft(session, alice, PLACE, {"text": "x" * MOST_CHARACTERS}, NOW)
        await keep_draft(session, alice, PLACE, {f"champ-{n}": "" for n in range(MOST_FIELDS)}, NOW)
        for typed in (
            {"text": "x" * (MOST_CHARACTERS + 1)},
            {"a": "x" * MOST_CHARACTERS, "b": "x"},
            {f"champ-{n}": "" for n in range(MOST_FIELDS + 1)},
            {"text": 12},
        ):
            with pytest.raises(Invalid):
                await keep_draft(session, alice, PLACE, typed, LATER)
        assert (await find_draft(session, alice, PLACE)).kept_at == NOW

    async def test_when_there_are_too_many_those_that_there_are_go_on(self, session, alice):
        for number in range(MOST_PLACES):
            session.add(RequestDraft(account_id=alice.account_id, place=f"fil:{number}", kept_at=NOW))
        await session.flush()
        with pytest.raises(Invalid, match="Trop de brouillons"):
            await keep_draft(session, alice, PLACE, {"text": "x"}, NOW)
        await keep_draft(session, alice, "fil:7", {"text": "x"}, LATER)
        assert (await find_draft(session, alice, "fil:7")).typed == {"text": "x"}

    @pytest.mark.parametrize("place", ["type:fuite:12", "fil:D2026-00001", "note:D2026-00001", "type:releve_2-b:1"])
    def test_the_places_of_our_pages_are_places(self, place):
        assert is_place(place)

    @pytest.mark.parametrize(
        "place", ["", "fil", "fil:", "fil:a b", "fil:é", "fil:a\n", "FIL:a", "ab:a", "type:fuite:x", "type:fuite:1:2"]
    )
    def test_nothing_else_is(self, place):
        assert not is_place(place)


class TestClosing:
    async def test_what_was_sent_is_kept_no_more_and_its_pages_last_word_neither(self, session, alice):
        await keep_draft(session, alice, PLACE, {KEY: KNOWN, "text": "Bonjour"}, NOW)
        await close_draft(session, alice, PLACE, KNOWN, NOW)
        assert (await find_draft(session, alice, PLACE)).kept_at is None
        await keep_draft(session, alice, PLACE, {KEY: KNOWN, "text": "Bonjour, en retard"}, LATER)
        assert (await find_draft(session, alice, PLACE)).typed == {}
        await keep_draft(session, alice, PLACE, {KEY: "la-cle-du-suivant", "text": "Suite"}, LATER)
        assert (await find_draft(session, alice, PLACE)).typed["text"] == "Suite"

    async def test_closing_what_was_never_begun_bars_its_late_words_too(self, session, alice):
        await close_draft(session, alice, PLACE, KNOWN, NOW)
        await keep_draft(session, alice, PLACE, {KEY: KNOWN, "text": "en retard"}, LATER)
        assert (await find_draft(session, alice, PLACE)).typed == {}

    async def test_the_neighbours_draft_of_the_same_place_stays(self, session, alice, bruno):
        for viewer in (alice, bruno):
            await keep_draft(session, viewer, PLACE, {KEY: KNOWN, "text": "x"}, NOW)
        await close_draft(session, alice, PLACE, KNOWN, NOW)
        assert (await find_draft(session, bruno, PLACE)).typed["text"] == "x"

    async def test_sending_a_form_closes_its_draft_and_no_other(self, session, alice):
        (hers,) = alice.subscriber_ids
        for code in ("fuite", "autre"):
            await keep_draft(session, alice, f"type:{code}:{hers}", {KEY: KNOWN, "description": code}, NOW)
        await open_request(session, alice, draft_request(alice, key=KNOWN), NOW)
        assert (await find_draft(session, alice, f"type:fuite:{hers}")).typed == {}
        assert (await find_draft(session, alice, f"type:autre:{hers}")).typed["description"] == "autre"

    def test_the_same_form_and_words_are_the_same_sending_and_anything_else_is_another(self):
        assert sent_key(KNOWN, " Bonjour \n") == sent_key(KNOWN, "Bonjour")
        assert len({sent_key(KNOWN, "Bonjour"), sent_key(KNOWN, "bonjour"), sent_key("autre-cle", "Bonjour")}) == 3


class TestForms:
    async def test_a_form_comes_back_as_it_was_left_on_any_device(self, session, alice):
        offer = await read_offer(session, alice)
        place = f"type:fuite:{offer.chosen.id}"
        await keep_draft(session, alice, place, {KEY: KNOWN, **LEAK, "description": "Sous l"}, NOW)
        form = await read_form(session, alice, offer.chosen, "fuite")
        assert (form.place, form.key, form.kept_at) == (place, KNOWN, NOW)
        assert {field.name: field.typed for field in form.fields}["description"] == "Sous l"

    async def test_a_form_never_left_is_empty_under_a_key_of_its_own(self, session, alice):
        offer = await read_offer(session, alice)
        first, second = [await read_form(session, alice, offer.chosen, "fuite") for _ in range(2)]
        assert {field.typed for field in first.fields} == {""}
        assert first.kept_at is None
        assert first.key != second.key
        assert 8 <= len(first.key) <= 64

    @pytest.mark.parametrize("key", ["", "court", "k" * 65])
    async def test_a_key_that_could_not_be_sent_is_replaced(self, session, alice, key):
        offer = await read_offer(session, alice)
        await keep_draft(session, alice, f"type:fuite:{offer.chosen.id}", {KEY: key, "lieu": "x"}, NOW)
        assert (await read_form(session, alice, offer.chosen, "fuite")).key != key

    async def test_what_may_be_left_empty_says_so(self, session, alice):
        offer = await read_offer(session, alice)
        form = await read_form(session, alice, offer.chosen, "fuite")
        optional = [field.name for field in form.fields if field.label.endswith(" (facultatif)")]
        assert optional == ["index"]

    async def test_what_was_cleared_by_mistake_comes_back_under_another_key(self, session, alice):
        offer = await read_offer(session, alice)
        typed = {KEY: KNOWN, "description": "Sous l’évier"}
        await keep_draft(session, alice, f"type:fuite:{offer.chosen.id}", typed, NOW)
        cleared = await clear_form(session, alice, "fuite", offer.chosen.id, KNOWN, NOW)
        assert cleared == {"description": "Sous l’évier"}
        assert (await read_form(session, alice, offer.chosen, "fuite")).kept_at is None

        await restore_form(session, alice, "fuite", offer.chosen.id, cleared, LATER)
        form = await read_form(session, alice, offer.chosen, "fuite")
        assert {field.name: field.typed for field in form.fields}["description"] == "Sous l’évier"
        assert form.key != KNOWN

    async def test_an_answer_and_a_note_are_two_drafts_of_one_request(self, session, chloe):
        await keep_draft(session, chloe, thread_place("D2026-00001"), {KEY: KNOWN, "text": "À elle"}, NOW)
        await keep_draft(session, chloe, note_place("D2026-00001"), {KEY: KNOWN, "note": "Pour nous"}, NOW)
        reply, note = [await one(session, chloe, "D2026-00001") for one in (open_reply, open_note)]
        assert (reply.text, reply.place, note.text, note.place) == (
            *("À elle", "fil:D2026-00001"),
            *("Pour nous", "note:D2026-00001"),
        )


class TestTheOffer:
    @pytest.mark.parametrize(("asked", "chosen"), [("", "000001"), ("inconnu", "000001"), ("000002", "000002")])
    async def test_it_is_in_the_name_of_the_number_asked_for_or_of_the_first(self, session, cast, alice, asked, chosen):
        (hers,) = alice.subscriber_ids
        (await session.get_one(Subscriber, hers)).number = "000002"
        second = await create_subscriber(session, cast.utility, number="000001")
        ids = frozenset({hers, second.id})
        offer = await read_offer(session, replace(alice, subscriber_ids=ids, payable_subscriber_ids=ids), asked)
        assert offer.chosen.number == chosen
        assert [one.number for one in offer.subscribers] == ["000001", "000002"]

    async def test_a_neighbours_number_is_not_his_to_ask_for(self, session, alice, bruno):
        hers = (await read_offer(session, alice)).chosen
        assert (await read_offer(session, bruno, hers.number)).chosen.id in bruno.subscriber_ids

    async def test_only_guided_forms_are_in_the_list_and_the_service_says_how_to_be_reached(self, session, cast, alice):
        cast.utility.phone, cast.utility.emergency_phone = "03 27 00 00 01", "03 27 00 00 02"
        offer = await read_offer(session, alice)
        assert {"message", "donnees-personnelles"} & {one.code for one in offer.types} == set()
        assert (offer.service.phone, offer.service.emergency_phone) == ("03 27 00 00 01", "03 27 00 00 02")
        assert offer.service.name == cast.utility.name

    async def test_who_is_nobodys_subscriber_is_offered_nothing(self, session, chloe):
        for viewer in (chloe, Viewer.nobody()):
            with pytest.raises(NotFound, match="Abonné"):
                await read_offer(session, viewer)

    async def test_a_form_that_only_another_utility_has_is_not_offered(self, session, alice):
        other = await create_utility(session)
        session.add(RequestType(utility_id=other.id, code="bac-casse", name="Bac cassé"))
        await session.flush()
        chosen = (await read_offer(session, alice)).chosen
        for code in ("bac-casse", "inconnue", ""):
            with pytest.raises(NotFound, match="Type de demande"):
                await read_form(session, alice, chosen, code)
