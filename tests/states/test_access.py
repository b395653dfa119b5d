"""What a guard lets through: who asks, and what is sent with it."""

import asyncio
import math
from datetime import date
from typing import Any

import pytest
import reflex as rx

from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotSignedIn
from portail_app.states.access import (
    Access,
    access_of,
    public_event,
    signed_in_event,
    staff_event,
    subscriber_event,
)
from portail_app.viewer import Scope, Viewer
from tests.factories import appoint, create_account, sign_in
from tests.tabs import open_tab


class GuardedState(rx.State):
    """Handlers that keep what they were given, out of the browser's sight."""

    _given: Any = None

    @public_event
    async def open_to_all(self, viewer: Viewer) -> None:
        self._given = viewer

    @signed_in_event
    async def for_the_signed_in(self, viewer: Viewer) -> None:
        self._given = viewer

    @subscriber_event
    async def for_subscribers(self, viewer: Viewer) -> None:
        self._given = viewer

    @staff_event
    async def for_staff(self, viewer: Viewer) -> None:
        self._given = viewer

    @public_event
    async def take(self, number: int, words: str = "", form: dict[str, str] | None = None) -> None:
        self._given = (number, words, form)

    @public_event
    async def take_rows(self, ids: list[int]) -> None:
        self._given = ids

    @public_event
    async def tell(self, times: int) -> Any:
        for turn in range(times):
            self._given = turn
            yield


async def given_to(person: Any, handler: str, **sent: Any) -> Any:
    tab = await open_tab(GuardedState, person)
    await GuardedState.event_handlers[handler].fn(tab, **sent)
    return tab._given


@pytest.mark.parametrize(
    ("handler", "access"),
    [
        ("open_to_all", Access.PUBLIC),
        ("for_the_signed_in", Access.SIGNED_IN),
        ("for_subscribers", Access.SUBSCRIBER),
        ("for_staff", Access.STAFF),
    ],
)
def test_a_handler_tells_what_it_declared(handler, access):
    assert access_of(GuardedState.event_handlers[handler].fn) is access


async def test_nobody_is_let_in_where_anybody_is_and_nowhere_else(town):
    assert await given_to(None, "open_to_all") == Viewer.nobody()
    for handler in ("for_the_signed_in", "for_subscribers", "for_staff"):
        with pytest.raises(NotSignedIn):
            await given_to(None, handler)


async def test_a_subscriber_is_not_staff(town):
    assert (await given_to(town.alice, "for_subscribers")).email == "alice@example.fr"
    with pytest.raises(Forbidden):
        await given_to(town.alice, "for_staff")


async def test_staff_are_not_subscribers(town):
    assert (await given_to(town.chloe, "for_staff")).scope is Scope.STAFF
    with pytest.raises(Forbidden):
        await given_to(town.chloe, "for_subscribers")


async def test_who_is_both_is_each_in_its_place(town):
    async with transaction(Viewer.system()) as session:
        account = await create_account(session, "deux@example.fr")
        await appoint(session, account, town.utility)
        from models import AccountSubscriber

        (subscriber_id,) = town.alice.viewer.subscriber_ids
        session.add(AccountSubscriber(account_id=account.id, subscriber_id=subscriber_id))
        await session.flush()
        _, token = await sign_in(session, account)
    person = type(town.alice)(viewer=None, token=token)

    assert (await given_to(person, "for_staff")).scope is Scope.STAFF
    assert (await given_to(person, "for_subscribers")).scope is Scope.SUBSCRIBER


async def test_an_invented_cookie_is_nobody(town):
    person = type(town.alice)(viewer=None, token="x" * 43)
    with pytest.raises(NotSignedIn):
        await given_to(person, "for_the_signed_in")


async def test_the_browser_cannot_say_who_it_is(town):
    for forged in ({"viewer": {"is_system": True}}, {"viewer": None}, {"self": None}, {"access": "public"}):
        with pytest.raises(Invalid):
            await given_to(town.alice, "open_to_all", **forged)


async def test_what_was_asked_for_is_given(town):
    assert await given_to(None, "take", number=3) == (3, "", None)
    assert await given_to(None, "take", number=3, words="é", form={"a": "b"}) == (3, "é", {"a": "b"})
    assert await given_to(None, "take_rows", ids=[1, 2]) == [1, 2]


MISTYPED = (
    {},
    {"number": "3"},
    {"number": None},
    {"number": True},
    {"number": 3.5},
    {"number": math.nan},
    {"number": 10**30},
    {"number": [3]},
    {"number": {"a": 3}},
    {"number": 3, "words": 3},
    {"number": 3, "words": ["a"]},
    {"number": 3, "words": "a\0b"},
    {"number": 3, "form": {"a": 3}},
    {"number": 3, "form": {"a": {"b": "c"}}},
    {"number": 3, "form": {"a\0": "b"}},
    {"number": 3, "form": "a=b"},
    {"number": 3, "more": 1},
    {"number": date(2026, 11, 22)},
)


@pytest.mark.parametrize("sent", MISTYPED, ids=str)
async def test_what_was_not_asked_for_is_refused_in_words(town, sent):
    with pytest.raises(Invalid) as refused:
        await given_to(None, "take", **sent)
    assert refused.value.sentence == "Les informations envoyées ne sont pas valides."


@pytest.mark.parametrize("ids", [[1, "2"], [None], "12", {"0": 1}, [[1]], [1.5]])
async def test_the_inside_of_a_list_is_checked_too(town, ids):
    with pytest.raises(Invalid):
        await given_to(None, "take_rows", ids=ids)


async def test_a_nul_in_the_url_is_asked_of_nobody(town):
    tab = await open_tab(GuardedState, town.alice, "/factures/%00")
    with pytest.raises(Invalid):
        await tab.open_to_all()


async def test_a_handler_that_yields_is_guarded_too(town):
    tab = await open_tab(GuardedState, None)
    turns = [event async for event in tab.tell(3)]
    assert (len(turns), tab._given) == (3, 2)
    with pytest.raises(Invalid):
        await anext(GuardedState.event_handlers["tell"].fn(tab, times="3"))


async def test_who_is_refused_is_sent_back_to_the_page_that_was_asked_for(town):
    tab = await open_tab(GuardedState, None, "/factures", annee="2017")
    with pytest.raises(NotSignedIn) as refused:
        await tab.for_subscribers()
    assert refused.value.return_to == "/factures?annee=2017"


async def test_a_session_that_ends_is_refused_at_the_next_event(town):
    from tests.jobs.outbox import run_sql

    assert await given_to(town.alice, "for_subscribers")
    await asyncio.to_thread(run_sql, "UPDATE access_session SET revoked_at = now()")
    with pytest.raises(NotSignedIn):
        await given_to(town.alice, "for_subscribers")
