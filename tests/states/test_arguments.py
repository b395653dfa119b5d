"""What a browser may send to a handler: the names and the types that the handler declares, and nothing else."""

import inspect
from typing import Any

import pytest

from portail_app.errors import Invalid
from portail_app.states.arguments import DEEPEST, LARGEST_NUMBER, Arguments
from portail_app.viewer import Viewer

NOBODY = Viewer.nobody()


class Tab:
    """Handlers of the shapes that states have."""

    async def choose(self, viewer: Viewer, invoice_ids: list[int], label: str = "") -> None: ...

    async def tell(self, words: str, number: float = 0) -> None: ...

    async def fill(self, form_data: dict[str, Any]) -> None: ...

    async def load(self) -> None: ...


CHOOSE, TELL, FILL, LOAD = map(Arguments, (Tab.choose, Tab.tell, Tab.fill, Tab.load))


def nested(depth: int) -> Any:
    return "end" if depth == 0 else {"in": nested(depth - 1)}


def test_what_is_declared_is_given_with_the_viewer_that_the_server_found():
    viewer = Viewer(account_id=7)
    assert CHOOSE.check((), {"invoice_ids": [1, 2]}, viewer) == {"invoice_ids": [1, 2], "viewer": viewer}


def test_a_default_is_left_to_the_handler():
    assert "label" not in CHOOSE.check((), {"invoice_ids": []}, NOBODY)


def test_a_handler_that_takes_no_viewer_is_given_none():
    assert TELL.check((), {"words": "a"}, NOBODY) == {"words": "a"}
    assert LOAD.check((), {}, NOBODY) == {}


def test_what_one_handler_gives_to_another_goes_by_its_place():
    assert TELL.check(("a", 3.5), {}, NOBODY) == {"words": "a", "number": 3.5}


def test_the_browser_is_never_asked_who_it_is():
    assert "viewer" not in CHOOSE.signature.parameters
    assert list(CHOOSE.signature.parameters) == ["self", "invoice_ids", "label"]
    assert isinstance(CHOOSE.signature, inspect.Signature)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"invoice_ids": [1], "viewer": {"account_id": 1}},
        {"invoice_ids": [1], "self": {}},
        {"invoice_ids": [1], "amount": 3},
        {"invoice_ids": "1"},
        {"invoice_ids": ["1"]},
        {"invoice_ids": [1.0]},
        {"invoice_ids": [True]},
        {"invoice_ids": None},
        {"invoice_ids": [1], "label": None},
        {"invoice_ids": [1], "label": 3},
        {"invoice_ids": {"0": 1}},
    ],
    ids=str,
)
def test_what_is_missing_extra_or_of_another_type_is_refused(sent):
    with pytest.raises(Invalid):
        CHOOSE.check((), sent, NOBODY)


@pytest.mark.parametrize("number", [LARGEST_NUMBER, -LARGEST_NUMBER, 0, 1.5])
def test_a_number_that_postgresql_can_hold_is_taken(number):
    assert TELL.check((), {"words": "", "number": number}, NOBODY)["number"] == number


@pytest.mark.parametrize("number", [LARGEST_NUMBER + 1, -LARGEST_NUMBER - 1, 1e300, float("inf"), float("-inf")])
def test_a_number_that_no_column_holds_is_refused(number):
    with pytest.raises(Invalid):
        TELL.check((), {"words": "", "number": number}, NOBODY)


def test_what_is_no_number_at_all_is_refused():
    with pytest.raises(Invalid):
        TELL.check((), {"words": "", "number": float("nan")}, NOBODY)


@pytest.mark.parametrize("words", ["a\0b", "\ud800", "fin\udfff"])
def test_a_text_that_cannot_be_stored_is_refused_wherever_it_hides(words):
    with pytest.raises(Invalid):
        TELL.check((), {"words": words}, NOBODY)
    with pytest.raises(Invalid):
        FILL.check((), {"form_data": {"a": [words]}}, NOBODY)
    with pytest.raises(Invalid):
        FILL.check((), {"form_data": {words: "a"}}, NOBODY)


@pytest.mark.parametrize("words", ["", "é", "💧", "a\nb\tc", "\u202f", "x" * 100_000])
def test_any_text_that_people_write_is_taken(words):
    assert TELL.check((), {"words": words}, NOBODY) == {"words": words}


def test_a_form_may_hold_what_forms_hold():
    form = {"email": "a@b.fr", "boxes": ["1", "2"], "count": 3, "sure": True, "nothing": None}
    assert FILL.check((), {"form_data": form}, NOBODY) == {"form_data": form}


def test_what_is_nested_without_end_is_refused():
    assert FILL.check((), {"form_data": nested(DEEPEST - 1)}, NOBODY)
    with pytest.raises(Invalid):
        FILL.check((), {"form_data": nested(DEEPEST)}, NOBODY)
    with pytest.raises(Invalid):
        FILL.check((), {"form_data": nested(500)}, NOBODY)


def test_a_list_in_a_list_counts_too():
    deep: Any = "end"
    for _ in range(DEEPEST + 1):
        deep = [deep]
    with pytest.raises(Invalid):
        FILL.check((), {"form_data": {"a": deep}}, NOBODY)
