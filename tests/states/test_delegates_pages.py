"""What a delegate finds on a subscriber's pages: no form that would be refused to them, and each that would not."""

import pytest

from models import Account, ContractParty, FolderKind, Hold, PartyRole, Subscriber
from portail_app.database import transaction
from portail_app.services.asks import AskKind
from portail_app.states.contract import ContractState
from portail_app.states.documents import DocumentsState
from portail_app.states.home import HomeState
from portail_app.states.leak import LeakState
from portail_app.states.new_request import NewRequestState
from portail_app.states.request import RequestState
from portail_app.states.requests import RequestsState
from portail_app.viewer import Viewer
from tests import factories
from tests.cast import Person
from tests.documents import folder_of
from tests.leaks import leak_at_alices
from tests.security.water import ask_to_read
from tests.supplies import create_supply
from tests.tabs import open_tab

EITHER_HOLD = pytest.mark.parametrize(("hold", "may"), [(Hold.MAY_SEE, False), (Hold.MAY_PAY, True)])


@EITHER_HOLD
async def test_a_reading_is_asked_of_who_may_send_it(town, hold, may):
    supply = await supply_of(town.alice)
    delegate = await let_in(town.alice, hold)

    assert (await contract_of(delegate, supply)).words["reads"] == ("par vous" if may else "par son titulaire")
    assert (await contract_of(town.alice, supply)).words["reads"] == "par vous"


async def test_a_meter_that_is_read_from_afar_is_said_to_be_so_to_who_may_only_see(town):
    supply = await supply_of(town.alice, meter={"is_telemetered": True})

    assert (await contract_of(await let_in(town.alice, Hold.MAY_SEE), supply)).words["reads"] == "de loin"


async def test_of_two_holders_contracts_only_that_of_the_one_acted_for_takes_a_reading(town):
    hers, his = await supply_of(town.alice), await supply_of(town.bruno)
    delegate = await let_in(town.alice, Hold.MAY_SEE)
    await let_in(town.bruno, Hold.MAY_PAY, delegate)

    assert (await contract_of(delegate, hers)).words["reads"] == "par son titulaire"
    assert (await contract_of(delegate, his)).words["reads"] == "par vous"


async def test_an_owner_acted_for_gives_no_right_to_read_the_tenants_meter(town):
    hers = await supply_of(town.alice)
    async with transaction(Viewer.system()) as session:
        (owner_id,) = town.bruno.viewer.subscriber_ids
        party = {"contract_id": hers.contract.id, "subscriber_id": owner_id, "role": PartyRole.OWNER}
        await factories.save(session, ContractParty(**party))
    delegate = await let_in(town.alice, Hold.MAY_SEE)
    await let_in(town.bruno, Hold.MAY_PAY, delegate)

    assert (await contract_of(delegate, hers)).words["reads"] == "par son titulaire"


@EITHER_HOLD
async def test_a_leaks_certificate_is_asked_of_who_may_send_it(town, hold, may):
    _, dwelling = await leak_at_alices(town)
    tab = await open_tab(LeakState, await let_in(town.alice, hold), f"/contrats/{dwelling.contract.number}/fuite")
    await tab.load()

    assert tab.file is not None
    assert tab.may_act is may


@EITHER_HOLD
async def test_the_home_page_asks_a_reading_of_who_may_send_it_and_tells_everybody_of_a_leak(town, hold, may):
    await leak_at_alices(town)
    supply = await supply_of(town.alice)
    async with transaction(Viewer.system()) as session:
        await ask_to_read(session, supply, town.chloe.viewer)
    tab = await open_tab(HomeState, await let_in(town.alice, hold))
    await tab.load()

    assert {ask.kind for ask in tab.home.asks} == {AskKind.VOLUME, *([AskKind.READING] if may else [])}


@EITHER_HOLD
async def test_a_thread_is_answered_by_who_may_write_and_read_by_everybody(town, hold, may):
    async with transaction(town.alice.viewer) as session:
        sent = await factories.send_request(session, town.alice.viewer)
    tab = await open_tab(RequestState, await let_in(town.alice, hold), f"/demandes/{sent.number}")
    await tab.load()

    assert (tab.request.number, tab.may_write) == (sent.number, may)


@EITHER_HOLD
@pytest.mark.parametrize("page", ["/demandes/nouvelle?type=fuite", "/contact"])
async def test_a_request_is_written_by_who_may_send_it_and_the_service_is_told_of_to_everybody(town, hold, may, page):
    path, _, kind = page.partition("?type=")
    tab = await open_tab(NewRequestState, await let_in(town.alice, hold), path, **({"type": kind} if kind else {}))
    await tab.load()

    assert (tab.may_ask, tab.form is not None, tab.missing) == (may, may, "")
    assert tab.service.name == town.utility.name


@EITHER_HOLD
async def test_the_list_of_requests_offers_a_new_one_to_who_may_send_it(town, hold, may):
    tab = await open_tab(RequestsState, await let_in(town.alice, hold), "/demandes")
    await tab.load()

    assert (tab.may_ask, tab.is_loaded) == (may, True)


@EITHER_HOLD
async def test_a_folder_takes_the_documents_of_who_may_send_them(town, hold, may):
    tab = await tree_of(await let_in(town.alice, hold), town.alice, FolderKind.SENT)

    assert (tab.place["url"] != "", tab.place["seen"]) == (may, "" if may else "oui")
    assert (tab.place["adds"] != "") is may
    assert any(branch.takes_deposits for branch in tab.branches) is may


async def test_of_a_folder_that_fills_itself_nobody_is_said_to_be_kept_out(town):
    tab = await tree_of(await let_in(town.alice, Hold.MAY_SEE), town.alice, FolderKind.INVOICES)

    assert (tab.place["url"], tab.place["seen"]) == ("", "")


async def test_who_acts_for_one_and_sees_another_adds_documents_to_the_ones_folders_only(town):
    delegate = await let_in(town.alice, Hold.MAY_SEE)
    await let_in(town.bruno, Hold.MAY_PAY, delegate)

    hers = await tree_of(delegate, town.alice, FolderKind.SENT)
    assert (hers.place["url"], hers.place["adds"]) == ("", "oui")
    assert (await tree_of(delegate, town.bruno, FolderKind.SENT)).place["url"] != ""


async def let_in(holder: Person, hold: Hold, who: Person | None = None) -> Person:
    """A delegate of the holder's only subscriber: a new one, or one that is a delegate already."""
    (subscriber_id,) = holder.viewer.subscriber_ids
    async with transaction(Viewer.system()) as session:
        subscriber = await session.get_one(Subscriber, subscriber_id)
        if who is None:
            account = await factories.create_account(session, "delegue@example.fr")
        else:
            account = await session.get_one(Account, who.viewer.account_id)
        await factories.link(session, account, subscriber, hold)
        return who or Person(*await factories.sign_in(session, account))


async def supply_of(owner: Person, **values: object):
    async with transaction(Viewer.system()) as session:
        return await create_supply(session, owner.viewer, **values)


async def contract_of(person: Person, supply) -> ContractState:
    tab = await open_tab(ContractState, person, f"/contrats/{supply.contract.number}")
    await tab.load()
    return tab


async def tree_of(person: Person, owner: Person, kind: FolderKind) -> DocumentsState:
    async with transaction(Viewer.system()) as session:
        folder = await folder_of(session, owner.viewer, kind)
    tab = await open_tab(DocumentsState, person, "/documents", dossier=str(folder.id))
    await tab.load()
    return tab
