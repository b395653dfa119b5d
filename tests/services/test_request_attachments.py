"""Files added to what is being written: whose room they take, who takes them away again, and where they go."""

from dataclasses import replace

import pytest
from sqlmodel import select

from models import Hold, RequestAttachment, RequestChannel, StoredFile
from portail_app.errors import FileRefused, Forbidden, NotFound
from portail_app.services.attachment_owners import check_place, find_owner
from portail_app.services.files import NO_ROOM, find_unused
from portail_app.services.request_attachments import (
    MOST_AT_ONCE,
    attach_file,
    find_piece,
    list_pieces,
    list_waiting,
    remove_waiting,
)
from portail_app.services.request_opening import open_request
from portail_app.services.request_threads import answer_request, write_to_service
from portail_app.services.request_turns import Turn
from portail_app.settings import settings
from portail_app.viewer import Viewer
from tests.documents import upload
from tests.factories import NOW, draft_request, let_in, send_request


@pytest.fixture
def form(alice) -> str:
    (hers,) = alice.subscriber_ids
    return f"type:fuite:{hers}"


class TestBeforeItIsSent:
    async def test_what_was_added_waits_in_the_order_in_which_it_came(self, session, alice, form):
        for name in ("b.pdf", "a.pdf"):
            await attach_file(session, alice, form, upload(name), NOW)
        waiting = await list_waiting(session, alice, form)
        assert [(piece.name, piece.size_bytes, piece.message_id) for piece in waiting] == [
            ("b.pdf", 1000, 0),
            ("a.pdf", 1000, 0),
        ]

    async def test_each_form_and_each_person_has_its_own(self, session, alice, form):
        helper = await let_in(session, alice, Hold.MAY_PAY)
        await attach_file(session, alice, form, upload("hers.pdf"), NOW)
        await attach_file(session, helper, form, upload("theirs.pdf"), NOW)
        await attach_file(session, alice, form.replace("fuite", "autre"), upload("other.pdf"), NOW)
        assert [piece.name for piece in await list_waiting(session, alice, form)] == ["hers.pdf"]
        assert [piece.name for piece in await list_waiting(session, helper, form)] == ["theirs.pdf"]
        assert await list_waiting(session, Viewer.nobody(), form) == ()

    async def test_who_added_it_takes_it_away_and_its_room_is_free_again(self, session, alice, form):
        piece = await attach_file(session, alice, form, upload(), NOW)
        await remove_waiting(session, alice, piece.id)
        assert (await session.exec(select(RequestAttachment))).all() == []
        assert (await session.exec(select(StoredFile))).all() == []
        assert await find_unused(session, [upload().key]) == {upload().key}
        with pytest.raises(NotFound, match="Pièce jointe"):
            await remove_waiting(session, alice, piece.id)

    async def test_nobody_else_takes_it_away_not_even_a_delegate_who_writes_the_same_form(
        self, session, alice, bruno, chloe, form
    ):
        piece = await attach_file(session, alice, form, upload(), NOW)
        for other in (bruno, chloe, await let_in(session, alice, Hold.MAY_PAY), Viewer.nobody()):
            with pytest.raises(NotFound):
                await remove_waiting(session, other, piece.id)
            with pytest.raises(NotFound):
                await find_piece(session, other, piece.id)
        assert len(await list_waiting(session, alice, form)) == 1

    async def test_ten_at_once_and_ten_more_once_they_are_sent(self, session, alice, form):
        for number in range(MOST_AT_ONCE):
            await attach_file(session, alice, form, upload(f"{number}.pdf"), NOW)
        with pytest.raises(FileRefused, match="10 fichiers au plus à la fois"):
            await attach_file(session, alice, form, upload("onze.pdf"), NOW)
        await send_request(session, alice)
        await attach_file(session, alice, form, upload("onze.pdf"), NOW)
        assert len(await list_waiting(session, alice, form)) == 1

    async def test_nobody_adds_anything(self, session, form, cast):
        with pytest.raises(Forbidden):
            await attach_file(session, Viewer.nobody(), form, upload(), NOW)


class TestWhoseRoom:
    async def test_what_she_adds_counts_in_her_room(self, session, alice, form, monkeypatch):
        monkeypatch.setenv("QUOTA_FILES", "1")
        settings.cache_clear()
        await check_place(session, alice, form)
        await attach_file(session, alice, form, upload(), NOW)
        for attempt in (check_place(session, alice, form), attach_file(session, alice, form, upload("b.pdf"), NOW)):
            with pytest.raises(FileRefused) as refused:
                await attempt
            assert refused.value.sentence == NO_ROOM
        monkeypatch.undo()
        settings.cache_clear()

    async def test_what_staff_add_to_her_thread_counts_in_nobodys(self, session, alice, chloe):
        sent = await send_request(session, alice)
        place = f"fil:{sent.number}"
        hers, theirs = [await find_owner(session, viewer, place) for viewer in (alice, chloe)]
        assert (hers.subscriber_id, theirs.subscriber_id) == (sent.subscriber_id, None)
        assert hers.utility_id == theirs.utility_id == sent.utility_id

    async def test_who_is_both_writes_on_either_side(self, session, alice, chloe):
        sent = await send_request(session, alice)
        both = replace(alice, ranks={999: next(iter(chloe.ranks.values()))})
        assert (await find_owner(session, both, f"fil:{sent.number}")).subscriber_id == sent.subscriber_id

    async def test_a_delegate_who_only_sees_adds_to_neither(self, session, alice, form):
        sent, seeing = await send_request(session, alice), await let_in(session, alice, Hold.MAY_SEE)
        for place in (form, f"fil:{sent.number}"):
            with pytest.raises(Forbidden, match="consulter"):
                await check_place(session, seeing, place)

    @pytest.mark.parametrize("place", ["", "fuite", "type:fuite", "type:fuite:", "note:D2026-00001", "page:x", "fil:"])
    async def test_what_is_no_place_takes_nothing(self, session, alice, place):
        with pytest.raises(NotFound, match="Demande"):
            await check_place(session, alice, place)


class TestOnceItIsSent:
    async def test_they_are_the_requests_or_the_messages_they_came_with(self, session, alice, chloe, form):
        await attach_file(session, alice, form, upload("first.pdf"), NOW)
        sent = await send_request(session, alice)
        await attach_file(session, alice, f"fil:{sent.number}", upload("second.pdf"), NOW)
        await write_to_service(session, alice, sent.number, Turn("Voici.", "cle-1"), NOW)
        first, second = await list_pieces(session, sent)
        assert (first.name, first.message_id, second.name) == ("first.pdf", 0, "second.pdf")
        assert second.message_id > 0
        assert await list_waiting(session, alice, form) == ()

    async def test_what_was_sent_is_taken_away_by_nobody(self, session, alice, form):
        piece = await attach_file(session, alice, form, upload(), NOW)
        sent = await send_request(session, alice)
        with pytest.raises(NotFound):
            await remove_waiting(session, alice, piece.id)
        assert len(await list_pieces(session, sent)) == 1

    async def test_a_file_that_waits_in_her_form_does_not_leave_with_an_answer(self, session, alice, chloe, form):
        sent = await send_request(session, alice)
        await attach_file(session, alice, form, upload("form.pdf"), NOW)
        await write_to_service(session, alice, sent.number, Turn("Bonjour", "cle-1"), NOW)
        await answer_request(session, chloe, sent.number, Turn("Bonjour", "cle-2"), NOW)
        assert await list_pieces(session, sent) == []
        assert len(await list_waiting(session, alice, form)) == 1

    async def test_both_sides_read_it_and_whose_it_is_is_told(self, session, alice, chloe, form):
        piece = await attach_file(session, alice, form, upload(), NOW)
        assert (await find_piece(session, alice, piece.id))[1] == ()
        sent = await send_request(session, alice)
        for viewer in (alice, chloe, await let_in(session, alice, Hold.MAY_SEE)):
            file, whose = await find_piece(session, viewer, piece.id)
            assert (file.name, whose) == ("bail.pdf", (sent.subscriber_id,))

    async def test_what_staff_joined_is_the_subscribers_to_read(self, session, alice, bruno, chloe, form):
        piece = await attach_file(session, chloe, form, upload("constat.pdf"), NOW)
        with pytest.raises(NotFound):
            await find_piece(session, alice, piece.id)
        await open_request(session, chloe, draft_request(alice, channel=RequestChannel.VISIT), NOW)
        assert (await find_piece(session, alice, piece.id))[0].name == "constat.pdf"
        with pytest.raises(NotFound):
            await find_piece(session, bruno, piece.id)
