"""Which messages of the websocket are let in, and what is left of them."""

import pytest

from portail_app.states.messages import BOOT, LOAD, REPORT, read_message
from tests.security.handlers import named

PLACE = {"pathname": "/factures", "asPath": "/factures?page=2", "query": {"page": "2"}}


@pytest.fixture(scope="module")
def handlers():
    from portail_app.portail_app import app

    return app._registration_context.event_handlers


@pytest.mark.parametrize("sent", [{"name": LOAD}, {"name": LOAD, "payload": {}}, {"name": LOAD, "router_data": PLACE}])
def test_a_navigation_may_leave_out_what_has_not_changed(handlers, sent):
    assert read_message(sent, handlers) == {"payload": {}, "router_data": {}} | sent


def test_of_where_a_tab_is_only_what_we_know_is_kept(handlers):
    sent = {"name": LOAD, "router_data": {**PLACE, "headers": {"cookie": "x"}, "ip": "1.2.3.4", "more": "x" * 1000}}
    assert read_message(sent, handlers)["router_data"] == PLACE


def test_the_first_event_brings_no_var(handlers):
    sent = {"name": BOOT, "payload": {"vars": {"a.b": 1}, "hashes": ["x"]}}
    assert read_message(sent, handlers)["payload"] == {"hashes": ["x"]}


@pytest.mark.parametrize("ending", ["InvoicesState.setvar", "UpdateVarsInternalState.update_vars_internal"])
def test_a_handler_that_declares_no_access_is_not_named(handlers, ending):
    assert read_message({"name": named(ending), "payload": {}}, handlers) is None


@pytest.mark.parametrize(
    "sent", [None, "x", [], {}, {"name": 1}, {"name": LOAD, "payload": []}, {"name": REPORT + "x"}]
)
def test_what_is_no_message_is_none(handlers, sent):
    assert read_message(sent, handlers) is None


@pytest.mark.parametrize("entries", [5, [["email"]], [[1, 2, 3]], {"a": 1}])
def test_a_form_whose_entries_are_not_pairs_is_none(handlers, entries):
    sent = {"name": named("SignInState.sign_in"), "payload": {"form_data": {"__reflex_form_data__": entries}}}
    assert read_message(sent, handlers) is None
