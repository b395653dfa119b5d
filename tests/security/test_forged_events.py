"""Forged events over every handler there is, on a real websocket: no word of Alice's, no change of hers, no fall."""

import json
import re
from collections.abc import Iterable
from uuid import uuid4

import pytest

from models import Utility
from portail_app.database import transaction
from portail_app.viewer import Viewer
from tests import factories
from tests.cast import Person
from tests.live_tabs import Tab, tab
from tests.security.conftest import UNTOLD, Village, sign_in_again
from tests.security.forgeries import Payload, malformed, stolen
from tests.security.handlers import Handler, named, ours, registered
from tests.security.ledger import Own, ledger

TECHNICAL = re.compile(r"Traceback|\.py\b|Exception|Error\b|sqlalchemy|psycopg|pydantic|object at 0x")
INCIDENT = "Une erreur est survenue"


async def test_nobody_reads_or_changes_anything(server, village, database, written):
    before = ledger(database, Own())
    for handler in ours():
        async with tab(server) as opened:
            await forge(opened, handler, both(handler, village), village)
    assert ledger(database, Own()) == before
    assert "Traceback" not in written.text()


async def test_the_neighbour_reads_or_changes_nothing_of_hers(server, village, database, written):
    bruno = village.cast.bruno
    visits = [(handler, await sign_in_again(bruno)) for handler in ours()]
    (his,) = bruno.viewer.subscriber_ids
    own = Own(account_id=bruno.viewer.account_id, subscriber_id=his)
    before = ledger(database, own)
    for handler, person in visits:
        async with tab(server, person.cookie, "/factures") as opened:
            await forge(opened, handler, both(handler, village), village)
    assert ledger(database, own) == before
    assert "Traceback" not in written.text()


async def test_the_staff_of_another_town_reads_or_changes_nothing_here(server, village, database):
    stranger, utility = await staff_of_another_town()
    visits = [(handler, await sign_in_again(stranger)) for handler in ours()]
    own = Own(stranger.viewer.account_id, utility.id)
    before = ledger(database, own)
    for handler, person in visits:
        async with tab(server, person.cookie) as opened:
            await forge(opened, handler, stolen(handler.parameters, village.spoils), village)
    assert ledger(database, own) == before


async def test_her_urls_open_nothing_to_the_neighbour(server, village):
    """What a page loads is read from its URL: each loader, on each page, with her number in every place of it."""
    loaders = [handler for handler in ours() if not handler.parameters]
    async with tab(server, village.cast.bruno.cookie) as opened:
        for handler in loaders:
            for path in urls_of(village):
                await opened.send(handler.name, path)
            await assert_still_serving(opened, village, handler)


async def test_what_names_no_handler_of_ours_is_not_answered(server, village, written):
    async with tab(server, village.cast.bruno.cookie) as opened:
        for name in names_of_nothing():
            await opened.send(name, viewer="x", value="x", vars={"a.b": 1}, var_name="is_hydrated", info="x")
        await assert_still_serving(opened, village, ours()[0])
    assert "Traceback" not in written.text()


async def test_no_var_is_set_from_outside(server, village):
    """`setvar`, `update_vars_internal` and the first event's `vars`: none writes, whatever the var."""
    async with tab(server, village.cast.bruno.cookie) as opened:
        await opened.wait_for("owner", lambda owner: owner["name"])
        former = opened.var("owner")
        for handler in registered():
            state = handler.name.rpartition(".")[0]
            for var in ("owner", "is_hydrated", "invoices", "_secret", "router_data", "selected"):
                await opened.send(f"{state}.setvar", var_name=var, value="forged")
                await opened.send(handler.name, vars={f"{state}.{var}": "forged", f"{state}.{var}_rx_state_": "forged"})
        await assert_still_serving(opened, village, ours()[0])
        assert opened.var("owner") == former
        assert not [frame for frame in opened.frames if "forged" in frame]


@pytest.mark.parametrize(
    "message",
    [
        '42/_event,["event"]',
        '42/_event,["event",null]',
        '42/_event,["event","{}"]',
        '42/_event,["event",[]]',
        '42/_event,["event",{}]',
        '42/_event,["event",{"name":5,"payload":{},"router_data":{}}]',
        '42/_event,["event",{"name":"a.b","payload":[],"router_data":{}}]',
        '42/_event,["event",{"name":"a.b","payload":{},"router_data":{"pathname":{},"asPath":5,"query":7}}]',
        '42/_event,["event",{"name":"__class__.__init__","payload":{},"router_data":{"pathname":"/"}}]',
        '42/_event,["event",{},{},{}]',
        '42/_event,["connect"]',
        '42/_event,["connect",{"QUERY_STRING":"token=x","asgi.scope":{"client":["1.2.3.4",1],"headers":[]}}]',
        '42/_event,["link_token_to_sid","x","y"]',
        '42/_event,["client_error",{"error_type":"x","message":"' + "y" * 100_000 + '"}]',
        '42/_event,["ping","x","y"]',
        '42/_event,["event",' + "[" * 100_000 + "]" * 100_000 + "]",
        '42/elsewhere,["event",{}]',
        "42/_event,[]",
        "42/_event,{",
        "47/_event,",
        "4",
        "9",
        b"\x00\x01",
    ],
)
async def test_a_broken_message_is_survived_by_its_own_socket(server, village, message):
    async with tab(server, village.cast.bruno.cookie) as opened:
        await opened.send_raw(message)
        await assert_still_serving(opened, village, ours()[0])


async def test_an_empty_frame_ends_its_own_socket_and_no_other(server, village):
    async with tab(server, village.cast.bruno.cookie) as broken, tab(server, village.cast.bruno.cookie) as opened:
        await broken.send_raw("")
        await assert_still_serving(opened, village, ours()[0])


async def test_a_message_that_says_connect_cannot_choose_its_address_nor_another_tab(server, village):
    token = str(uuid4())
    async with tab(server, village.cast.alice.cookie, "/factures", token=token):
        pass
    forged = {"QUERY_STRING": f"token={token}", "asgi.scope": {"client": ["203.0.113.9", 1], "headers": []}}
    async with tab(server, village.cast.bruno.cookie) as opened:
        await opened.send_raw("42/_event," + json.dumps(["connect", forged, {}]))
        await opened.navigate("/factures")
        await assert_still_serving(opened, village, ours()[0])
        assert not [frame for frame in opened.frames if "203.0.113.9" in frame]


async def forge(opened: Tab, handler: Handler, payloads: Iterable[Payload], village: Village) -> None:
    for payload in payloads:
        await opened.send(handler.name, f"/factures/{village.known.number}", **payload)
    await assert_still_serving(opened, village, handler)


async def assert_still_serving(opened: Tab, village: Village, handler: Handler) -> None:
    """A legitimate event on the same socket is answered, and nothing that was sent tells what it must not."""
    marker = uuid4().hex
    await opened.send(named("InvoicesState.look_for"), "/factures", form={"recherche": marker})
    await opened.wait_for_frame(marker, 60)
    for frame in opened.frames:
        told = [word for word in UNTOLD if word in frame]
        assert not told, f"{handler.name} tells {told}: {frame[:500]}"
        assert not TECHNICAL.search(frame), (
            f"{handler.name} speaks of the code: {TECHNICAL.search(frame)} {frame[:500]}"
        )
        assert INCIDENT not in frame, f"{handler.name} takes a forged event for a bug of ours: {frame[:300]}"


def both(handler: Handler, village: Village) -> Iterable[Payload]:
    yield from stolen(handler.parameters, village.spoils)
    yield from malformed(handler.parameters, village.spoils)


def urls_of(village: Village) -> list[str]:
    """Where her numbers may be read: each noun's in its own places, and the mistaken ones."""
    bills = ["/factures/{}", "/factures?recherche={}", "/factures?facture={}", "/paiement/{}", "/{}", "/a/b/{}"]
    requests = ["/demandes/{}", "/agent/demandes/{}", "/demandes/nouvelle?type={}"]
    contracts = ["/contrats/{}", "/contrats/{}?vue=jours&au=2026-01", "/contrats/{}/fuite"]
    numbered = [(place, number) for place in bills for number in (village.known.number, village.known.id)]
    numbered += [(place, village.asked.number) for place in requests]
    numbered += [(place, village.supply.contract.number) for place in contracts]
    numbered += [("/agent/fuites/{}", village.leak.id), ("/factures/{}", village.untold.id)]
    odd = ["/factures/%00", "/factures?annee=-1&page=0&tri=%27&onglet=x", "/factures/" + "x" * 7_000, "//", "?", ""]
    return [place.format(number) for place, number in numbered] + odd


def names_of_nothing() -> list[str]:
    """Handlers of parent states under our names, private methods, methods of every state, frontend events."""
    methods = ("_admit", "__init__", "reset", "dict", "get_state", "get_value", "set_is_hydrated", "_clean", "setvar")
    states = {handler.name.rpartition(".")[0] for handler in registered()}
    refused = [handler.name for handler in registered() if not handler.is_ours and handler.name.endswith("hydrate")]
    return [f"{state}.{method}" for state in states for method in methods] + ["_redirect", "_call_function", *refused]


async def staff_of_another_town() -> tuple[Person, Utility]:
    async with transaction(Viewer.system()) as session:
        utility = await factories.create_utility(session, name="Régie d’à côté")
        account = await factories.create_account(session, "denis@example.fr", name="Denis Roux")
        await factories.appoint(session, account, utility)
        return Person(*await factories.sign_in(session, account)), utility
