"""What the build changes in Reflex's own script fits the Reflex that is installed."""

from pathlib import Path

import pytest
import reflex_base

from portail_app.serving import plugins
from portail_app.states.browser import EVENT, ask_browser, focus_field


@pytest.fixture(scope="module")
def state_js() -> str:
    (found,) = Path(reflex_base.__file__).parent.rglob("utils/state.js")
    return found.read_text()


def test_the_websocket_goes_back_to_the_port_that_the_page_came_from(state_js):
    assert "endpoint.port = window.location.port;" in plugins._ask_the_same_port(state_js)


def test_the_page_calls_a_function_of_its_own_when_asked(state_js):
    changed = plugins._call_own_functions(state_js)
    call = changed.index("globalThis[event.payload.function](...event.payload.arguments);")
    assert call < changed.index('if (event.name == "_redirect")')
    assert plugins._call_own_functions(changed) == changed
    assert f'event.name == "{EVENT}"' in changed


def test_another_reflex_is_refused_aloud():
    with pytest.raises(RuntimeError, match="has changed"):
        plugins._call_own_functions("export const applyEvent = () => {};")


def test_what_is_asked_of_the_page_is_data():
    asked = focus_field('"); alert("')
    assert asked.handler.fn.__qualname__ == EVENT
    assert {str(name): str(value) for name, value in asked.args}["function"] == '"focusControl"'
    assert ask_browser("showToast", "a", 1).handler.fn.__qualname__ == EVENT
