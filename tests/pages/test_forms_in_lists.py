"""A form in a list says by a hidden field which row it is of: what it sends is made outside the list, where the
browser knows nothing of the list's rows."""

from collections.abc import Iterator
from typing import Any

import pytest
from reflex_base.registry import RegistrationContext
from reflex_components_core.core.foreach import Foreach

import pages  # noqa: F401  registers them
from portail_app.components import form
from portail_app.states.reading_review import ReadingReviewState

DRAWN = RegistrationContext.get().decorated_pages


@pytest.mark.parametrize(("page", "arguments"), DRAWN, ids=[arguments["route"] for _, arguments in DRAWN])
def test_no_form_of_a_list_sends_a_row_of_it(page, arguments):
    assert [named for listed in lists_in(page()) for named in rows_sent(listed)] == []


def test_such_a_form_would_be_found():
    import reflex as rx

    listed = rx.foreach(ReadingReviewState.waiting, lambda row: form(on_submit=ReadingReviewState.accept(row.id)))

    assert rows_sent(listed) != []


def lists_in(component: Any) -> Iterator[Foreach]:
    for part in walk(component):
        if isinstance(part, Foreach):
            yield part
            yield from lists_in(part._render().render_component())


def rows_sent(listed: Foreach) -> list[str]:
    """The names of the list's row and of its place that one of its forms sends."""
    tag = listed._render()
    names = [str(name) for name in (tag.arg_var_name, tag.index_var_name) if name]
    sent = [str(part.event_triggers["on_submit"]) for part in walk(tag.render_component()) if sends(part)]
    return [name for name in names if any(name in event for event in sent)]


def sends(component: Any) -> bool:
    return "on_submit" in getattr(component, "event_triggers", {})


def walk(component: Any) -> Iterator[Any]:
    yield component
    for child in (*getattr(component, "children", ()), *component._get_components_in_props()):
        yield from walk(child)
