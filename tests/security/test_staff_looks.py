"""Whatever page or file of one subscriber staff open, the subscriber reads it in their history: a new one that is not
named here fails, and one that is named and writes nothing fails too."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import select
from starlette.routing import Route

import pages
from models import AccessRecord, Account, FolderKind, LeakCertificate, PartyRole
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.gateways.storage import storage
from portail_app.http import http_app
from portail_app.services.accesses import list_accesses
from portail_app.services.data_changes import ask_for_changes
from portail_app.services.deposits import deposit
from portail_app.services.files import Upload
from portail_app.services.reading_checks import SentDraft
from portail_app.services.reading_sending import send_reading
from portail_app.services.sent_readings import attach_photo
from portail_app.states.access import Access
from portail_app.states.clock import now, today
from portail_app.states.deposits import DepositsState
from portail_app.states.folder_desk import FolderDeskState
from portail_app.states.leaks import LeaksState
from portail_app.states.looks import looking
from portail_app.states.payment_review import PaymentReviewState
from portail_app.states.reading_review import ReadingReviewState
from portail_app.states.site import SiteState
from portail_app.states.staff_requests import StaffRequestsState
from portail_app.viewer import Viewer
from tests import factories, files
from tests.cast import Cast
from tests.documents import folder_of
from tests.http.client import open_browser
from tests.http.test_request_attachments import add, form_of
from tests.leaks import leak_at_alices
from tests.receipts import create_receipt
from tests.security.handlers import Handler, ours
from tests.supplies import create_supply, read
from tests.tabs import open_tab


@dataclass(frozen=True)
class Things:
    """What there is of Alice's to look at, by the last part of its address."""

    invoice: str
    receipt: str
    contract: str
    alert: int
    certificate: int
    sent: int
    piece: int
    request: str
    change: str
    document: int
    subscriber: int


FILES: dict[str, Callable[[Things], object]] = {
    "/telecharger/contrats/{number}/consommations.csv": lambda things: things.contract,
    "/telecharger/contrats/{number}/consommations.json": lambda things: things.contract,
    "/telecharger/factures/{number}.pdf": lambda things: things.invoice,
    "/telecharger/attestations/{id:int}": lambda things: things.certificate,
    "/telecharger/fuites/{id:int}.pdf": lambda things: things.alert,
    "/telecharger/pieces-jointes/{attachment_id:int}": lambda things: things.piece,
    "/telecharger/documents/{id:int}": lambda things: things.document,
    "/releves/{id:int}/photo": lambda things: things.sent,
    "/recus/{reference:str}.pdf": lambda things: things.receipt,
}
OTHER_FILES = {
    "/agent/papier.csv": "of many, unless searched: its own test",
    "/agent/rapprochement.csv": "of a whole utility",
    "/deconnexion": "no file",
    "/demo/courrier": "the demonstration's own",
    "/paiement/notification": "PayFiP's",
    "/paiement/retour/{reference:str}": "whoever pays, on their way back",
    "/session": "no file",
    "/telecharger/mes-donnees/{export_id:int}.zip": "only of its own account",
}
PAGES: dict[str, Callable[[Things], object]] = {
    "/agent/demandes/[numero]": lambda things: things.change,
    "/agent/documents/[abonne]": lambda things: things.subscriber,
    "/agent/fuites/[dossier]": lambda things: things.alert,
}
SHOWN_BY_ANOTHER = (SiteState, FolderDeskState, DepositsState)
"""What a page of one thing loads beside the state that shows it."""
OF_MANY = {
    "audit_state": "what staff did",
    "campaigns_state": "of whole utilities",
    "desk_state": "counts",
    "folder_desk_state": "does things to what staff_tree_state shows",
    "notices_state": "written to everybody",
    "publications_state": "of whole utilities",
    "publishing_state": "of whole utilities",
    "reconciliation_state": "sums of a day",
    "request_types_state": "forms that nobody has filled in",
    "statement_state": "sums of a day",
    "suspensions_state": "of whole utilities",
    "welcome_state": "written to everybody",
}
"""The states of staff's pages that show no subscriber's things by themselves."""
LOOKING = ("judging", "looking")


@pytest.fixture
async def things(town: Cast) -> Things:
    alice = town.alice.viewer
    alert, dwelling = await leak_at_alices(town)
    added = (await add(town.alice, form_of(town), "compteur.png")).json()
    async with transaction(Viewer.system()) as session:
        invoice = await factories.create_invoice(session, alice)
        await create_receipt(session, alice, "000777")
        await read(session, dwelling.meter)
        key = storage().add(files.png())
        certificate = LeakCertificate(
            alert_id=alert.id, leak_place="Jardin", repaired_on=today(), plumber="SARL Lys", file_key=key,
            media_type="image/png", size_bytes=9, sent_at=now(), sent_by=alice.account_id,
        )  # fmt: skip
        session.add(certificate)
    async with transaction(alice) as session:
        sent = await send_reading(
            session, alice, dwelling.contract.number, SentDraft(470_000, today(), confirmed=""), now(), today()
        )
        await attach_photo(session, alice, sent.id, storage().add(files.png()))
        request = await factories.send_request(session, alice)
        change = await ask_for_changes(session, alice, *_change(alice), now())
        file = await storing(session, alice)
    return Things(
        invoice.number, "PORTAIL000777", dwelling.contract.number, alert.id, certificate.id, sent.id, added["id"],
        request.number, change.number, file, min(alice.subscriber_ids),
    )  # fmt: skip


async def storing(session, alice: Viewer) -> int:
    content = files.pdf(b"% a deposit of hers")
    folder = await folder_of(session, alice, FolderKind.SENT)
    upload = Upload(storage().add(content), "bail.pdf", "application/pdf", len(content))
    return (await deposit(session, alice, folder.id, upload, now())).id


def _change(alice: Viewer):
    (subscriber_id,) = alice.subscriber_ids
    return subscriber_id, {"address": "3 rue Haute"}, "cle-du-changement"


async def looks(cast: Cast) -> list[tuple[str, str, str]]:
    async with transaction(cast.alice.viewer) as session:
        found = await list_accesses(session, cast.alice.viewer)
    return [(one.who, one.role, one.subject) for one in found if one.kind == "consultation"]


def downloads() -> set[str]:
    return {route.path for route in http_app.routes if isinstance(route, Route) and "GET" in (route.methods or ())}


def test_every_route_of_a_file_is_known_here():
    assert downloads() - {"/demo/payfip"} == FILES.keys() | OTHER_FILES.keys()


@pytest.mark.parametrize("path", FILES)
async def test_a_file_that_staff_download_is_in_its_subscribers_history(town, things, path):
    address = _filled(path, FILES[path](things))
    async with open_browser(http_app) as browser:
        for person, status in ((town.alice, 200), (town.bruno, 404)):
            assert (await browser.get(address, headers={"cookie": person.cookie})).status_code == status
        assert await looks(town) == []

        assert (await browser.get(address, headers={"cookie": town.chloe.cookie})).status_code == 200
    ((who, role, subject),) = await looks(town)
    assert (who, role) == ("Chloé Durand", "Administrateur")
    assert subject


def _filled(path: str, value: object) -> str:
    start, _, rest = path.partition("{")
    return f"{start}{value}{rest.partition('}')[2]}"


def details() -> dict[str, list]:
    """The states that each page of one thing loads, by its route."""
    assert pages.modules
    drawn = [arguments for _, arguments in RegistrationContext.get().decorated_pages]
    of_one = [one for one in drawn if one["route"].startswith("/agent/") and "[" in one["route"]]
    return {one["route"]: [h.state for h in one["on_load"] if h.state not in SHOWN_BY_ANOTHER] for one in of_one}


def test_every_page_of_one_thing_is_known_here():
    assert details().keys() == PAGES.keys()


@pytest.mark.parametrize("route", PAGES)
async def test_a_page_that_staff_open_is_in_its_subscribers_history(town, things, route):
    path = f"{route.partition('[')[0]}{PAGES[route](things)}"
    for state in details()[route]:
        await (await open_tab(state, town.chloe, path)).load()
        (look,) = await looks(town)
        assert look[:2] == ("Chloé Durand", "Administrateur")
        await forget(town)


async def forget(town: Cast) -> None:
    async with transaction(Viewer.system()) as session:
        for record in await session.exec(select(AccessRecord)):
            await session.delete(record)


def is_of_the_portal(handler: Handler) -> bool:
    """Other tests make states of theirs."""
    return handler.fn.__module__.startswith("portail_app")


def test_every_state_of_staff_looks_or_is_known_to_show_nobodys_things():
    staffed = {
        one.name.rpartition(".")[0]: one.fn for one in ours() if one.access is Access.STAFF and is_of_the_portal(one)
    }
    wide = {name for name, fn in staffed.items() if not set(LOOKING) & set(vars(inspect.getmodule(fn)))}
    assert {name.rpartition("____")[2] for name in wide} == OF_MANY.keys()


@pytest.mark.parametrize(
    ("state", "path"),
    [
        (StaffRequestsState, "/agent/demandes"),
        (PaymentReviewState, "/agent/paiements"),
        (LeaksState, "/agent/fuites?onglet=attendues"),
    ],
)
async def test_a_list_is_a_look_once_its_search_leaves_one_subscriber(town, things, state, path):
    searched = {"/agent/demandes": "martin", "/agent/paiements": "000777"}.get(path, things.contract)
    await (await open_tab(state, town.chloe, path)).load()
    assert await looks(town) == []
    await (await open_tab(state, town.chloe, f"{path}{'&' if '?' in path else '?'}recherche={searched}")).load()
    assert len(await looks(town)) == 1


async def test_a_search_that_finds_several_subscribers_is_a_look_at_none(town, things):
    async with transaction(town.bruno.viewer) as session:
        await factories.send_request(session, town.bruno.viewer)
    await (await open_tab(StaffRequestsState, town.chloe, "/agent/demandes", recherche="D20")).load()
    assert await looks(town) == []


async def test_an_agent_who_judges_a_reading_has_looked_at_it(town, things):
    tab = await open_tab(ReadingReviewState, town.chloe, "/agent/releves")
    await tab.load()
    assert await looks(town) == []
    await tab.refuse(form_data={"sent_id": str(things.sent), f"reason-{things.sent}": "Illisible."})
    assert [look[2] for look in await looks(town)] == [f"Relève du {today():%d/%m/%Y}"]


async def test_staff_of_elsewhere_see_nothing_and_leave_nothing(town, things):
    async with transaction(Viewer.system()) as session:
        other = await factories.create_utility(session, name="Syndicat d’ailleurs")
        account = await factories.create_account(session, "ines@example.fr", name="Inès")
        await factories.appoint(session, account, other)
        _, token = await factories.sign_in(session, account)
    async with open_browser(http_app) as browser:
        for path, of in FILES.items():
            answer = await browser.get(_filled(path, of(things)), headers={"cookie": f"portail_session={token}"})
            assert answer.status_code == 404, path
    assert await looks(town) == []


async def test_an_agent_of_her_own_utility_leaves_no_look_at_her_own_things(town, things):
    async with transaction(Viewer.system()) as session:
        account = await session.get_one(Account, town.alice.viewer.account_id)
        await factories.appoint(session, account, town.utility)
    async with open_browser(http_app) as browser:
        address = _filled("/telecharger/factures/{number}.pdf", things.invoice)
        assert (await browser.get(address, headers={"cookie": town.alice.cookie})).status_code == 200
    assert await looks(town) == []


async def test_a_read_that_says_nothing_of_whom_shows_nothing(town):
    with pytest.raises(RuntimeError, match="whose it is"):
        async with looking(town.chloe.viewer):
            pass
    async with looking(town.alice.viewer):
        pass


async def test_a_look_at_what_is_missing_is_not_written(town):
    with pytest.raises(NotFound):
        await _look_in_vain(town)
    assert await looks(town) == []


async def _look_in_vain(town: Cast) -> None:
    async with looking(town.chloe.viewer) as look:
        await look.at(town.alice.viewer.subscriber_ids, "Facture 2026-000")
        raise NotFound("Facture")


async def test_only_who_was_there_during_that_time_is_told(town):
    async with transaction(Viewer.system()) as session:
        supply = await create_supply(session, town.alice.viewer, since=date(2024, 1, 1), until=date(2025, 6, 30))
    for subject, first, last in (
        ("Avant", None, date(2023, 12, 31)),
        ("Le premier jour", date(2023, 1, 1), date(2024, 1, 1)),
        ("Le dernier", date(2025, 6, 30), None),
        ("Après", date(2025, 7, 1), None),
    ):
        async with looking(town.chloe.viewer) as look:
            await look.at_contract(supply.contract.id, subject, first, last)
    assert [look[2] for look in await looks(town)] == ["Le dernier", "Le premier jour"]


async def test_an_owner_who_does_not_follow_the_contract_is_not_told(town):
    async with transaction(Viewer.system()) as session:
        supply = await create_supply(session, town.alice.viewer, role=PartyRole.OWNER)
    async with looking(town.chloe.viewer) as look:
        await look.at_contract(supply.contract.id, "Contrat", None, None)
    assert await looks(town) == []
