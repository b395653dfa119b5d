"""What a form sends, read field by field; and how a refusal is shown at the field at fault."""

from datetime import UTC, date, datetime

import pytest
import reflex as rx

from portail_app.errors import Forbidden, Invalid, NotFound, NotSignedIn
from portail_app.states.answers import (
    LONGEST_FIELD,
    Answers,
    typed,
    typed_day,
    typed_instant,
    typed_number,
    typed_text,
)
from portail_app.states.browser import focus_field


class Form(Answers, rx.State):
    """A form of a page."""


@pytest.fixture
def form() -> Form:
    return Form(_reflex_internal_init=True)


@pytest.mark.parametrize("read", [typed, typed_text])
class TestWords:
    def test_a_field_is_given_as_it_was_typed(self, read):
        assert read({"name": " É "}, "name") == " É "

    def test_a_field_that_is_missing_is_empty(self, read):
        assert read({}, "name") == ""

    @pytest.mark.parametrize("sent", [None, 3, ["a"], {"a": "b"}, True])
    def test_what_no_form_of_ours_sends_is_refused_at_its_field(self, read, sent):
        with pytest.raises(Invalid) as refused:
            read({"name": sent}, "name")
        assert refused.value.field == "name"


def test_a_field_has_a_longest_and_a_text_has_none_here():
    long = "x" * (LONGEST_FIELD + 1)

    assert typed({"name": long[1:]}, "name") == long[1:]
    assert typed_text({"name": long}, "name") == long
    with pytest.raises(Invalid):
        typed({"name": long}, "name")


@pytest.mark.parametrize(("sent", "number"), [("0", 0), ("007", 7), ("999999999", 999_999_999)])
def test_a_number_is_its_digits(sent, number):
    assert typed_number({"id": sent}, "id") == number


@pytest.mark.parametrize("sent", ["", "-1", "+1", "1.5", "1e3", " 1", "٣", "²", "1" * 10, "un", 1])
def test_what_is_no_number_is_refused_at_its_field(sent):
    with pytest.raises(Invalid) as refused:
        typed_number({"id": sent}, "id")
    assert refused.value.field == "id"


class TestADay:
    def test_it_is_what_a_date_field_sends(self):
        assert typed_day({"on": "2026-11-22"}, "on") == date(2026, 11, 22)

    def test_it_may_be_left_empty(self):
        assert typed_day({"on": ""}, "on") is typed_day({}, "on") is None

    @pytest.mark.parametrize("sent", ["22/11/2026", "2026-02-30", "2026-13-01", "demain", "2026-11-22T10:00"])
    def test_another_way_to_write_it_is_refused_with_an_example(self, sent):
        with pytest.raises(Invalid) as refused:
            typed_day({"on": sent}, "on")
        assert (refused.value.field, refused.value.sentence) == ("on", "Indiquez une date, comme 21/07/2017.")


class TestAnInstant:
    @pytest.mark.parametrize(
        ("sent", "instant"),
        [
            ("2026-11-22T10:40", datetime(2026, 11, 22, 9, 40, tzinfo=UTC)),
            ("2026-07-14T10:40", datetime(2026, 7, 14, 8, 40, tzinfo=UTC)),
            ("2026-01-01T00:30", datetime(2025, 12, 31, 23, 30, tzinfo=UTC)),
        ],
    )
    def test_it_is_an_hour_of_paris(self, sent, instant):
        assert typed_instant({"until": sent}, "until") == instant

    def test_it_may_be_left_empty(self):
        assert typed_instant({"until": ""}, "until") is None

    @pytest.mark.parametrize("sent", ["ce soir", "2026-02-30T10:00", "22/11/2026 10:40", "0001-01-01T00:00"])
    def test_what_is_none_is_refused_in_words(self, sent):
        with pytest.raises(Invalid) as refused:
            typed_instant({"until": sent}, "until")
        assert (refused.value.field, refused.value.sentence) == ("until", "Indiquez une date et une heure.")


class TestShowing:
    def test_a_refusal_is_shown_at_its_field_and_ends_the_block(self, form):
        after = []
        with form._showing_refusals():
            raise Invalid("Donnez un titre.", field="title")
        after.append("reached")

        assert (form.error, form.error_field) == ("Donnez un titre.", "title")
        assert after == ["reached"]

    @pytest.mark.parametrize("refusal", [NotFound("Avis"), Forbidden()], ids=repr)
    def test_one_that_is_of_no_field_is_shown_above_the_form(self, form, refusal):
        with form._showing_refusals():
            raise refusal
        assert (form.error, form.error_field) == (refusal.sentence, "")

    def test_what_goes_well_takes_the_former_error_away(self, form):
        with form._showing_refusals():
            raise Invalid("Donnez un titre.", field="title")
        with form._showing_refusals():
            pass
        assert (form.error, form.error_field) == ("", "")

    def test_whoever_is_no_longer_signed_in_is_sent_away_instead(self, form):
        with pytest.raises(NotSignedIn), form._showing_refusals():
            raise NotSignedIn
        assert form.error == ""

    def test_a_bug_is_not_shown_in_a_form(self, form):
        with pytest.raises(KeyError), form._showing_refusals():
            raise KeyError("utility_id")
        assert form.error == ""

    def test_the_person_is_taken_to_the_field_at_fault_and_only_there(self, form):
        assert form._focus_on_error() is None
        form.error_field = "title"
        event = form._focus_on_error()
        assert event is not None
        assert [str(value) for _, value in event.args] == [str(value) for _, value in focus_field("title").args]
