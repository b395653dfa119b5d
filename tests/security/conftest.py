"""A real server whose log is kept, and a town where Alice has what nobody else may see."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from models import Account, Invoice, LeakAlert, LeakCertificate, Request, SentReading
from portail_app.database import transaction
from portail_app.services.folders import plant_folders
from portail_app.services.reading_checks import SentDraft
from portail_app.services.reading_sending import send_reading
from portail_app.services.request_notes import add_note
from portail_app.services.sent_readings import attach_photo
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer
from tests import factories
from tests.backend import backend
from tests.cast import Cast, Person
from tests.security.forgeries import Spoils
from tests.security.water import CAMPAIGN, PLACE, PLUMBER, ask_to_read, certify, keep_photo, leak_at
from tests.supplies import Supply, create_supply

SUBJECT = "Fuite chez la voisine"
AMOUNT_CENTS = 91827364
NOTE = "Note interne sur la voisine"
METER = "I19ZZ777001"
UNTOLD = ("Alice Martin", SUBJECT, str(AMOUNT_CENTS), "2026-777-", METER, NOTE, PLACE, PLUMBER, CAMPAIGN)


@pytest.fixture(scope="package")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="package")
async def server(database: str, log: Path) -> AsyncIterator[str]:
    with log.open("wb") as written:
        async with backend(database, written) as address:
            yield address


@pytest.fixture
def written(log: Path) -> "Written":
    return Written(log, log.stat().st_size if log.exists() else 0)


@dataclass(frozen=True)
class Written:
    """What the server has written into its log since the test began."""

    path: Path
    start: int

    def text(self) -> str:
        return self.path.read_bytes()[self.start :].decode(errors="replace")


@dataclass(frozen=True)
class Village:
    """The cast; Alice's two invoices, the number of one of which has become known; her contract, with the reading and
    the photo that she sent for it, a campaign that asked for it, and a leak with its certificate; her request, with a
    note of staff; and what else is known of her."""

    cast: Cast
    known: Invoice
    untold: Invoice
    asked: Request
    supply: Supply
    sent: SentReading
    leak: LeakAlert
    certificate: LeakCertificate
    spoils: Spoils


@pytest.fixture
async def village(town: Cast) -> Village:
    alice = town.alice.viewer
    async with transaction(Viewer.system()) as session:
        known = await factories.create_invoice(session, alice, subject=SUBJECT, amount_cents=AMOUNT_CENTS)
        untold = await factories.create_invoice(
            session, alice, number="2026-777-000001", subject=SUBJECT, amount_cents=AMOUNT_CENTS
        )
        await plant_folders(session, (*alice.subscriber_ids, *town.bruno.viewer.subscriber_ids))
        supply = await create_supply(session, alice, meter={"serial": METER})
        draft = SentDraft(509_000, today(), confirmed="")
        sent = await send_reading(session, alice, supply.contract.number, draft, now(), today())
        await attach_photo(session, alice, sent.id, keep_photo())
        leak = await leak_at(session, supply)
        certificate = await certify(session, leak, alice)
        campaign = await ask_to_read(session, supply, town.chloe.viewer)
    ids = (known.id, untold.id, town.utility.id, alice.account_id, *alice.subscriber_ids, alice.session_id, 1)
    async with transaction(town.chloe.viewer) as session:
        asked = await factories.send_request(session, alice, typed={**factories.LEAK, "description": SUBJECT})
        await add_note(session, town.chloe.viewer, asked.number, NOTE, "cle-de-la-note", factories.NOW)
    words = (
        known.number,
        asked.number,
        "alice@example.fr",
        "100001",
        str(known.id),
        str(alice.account_id),
        "2017-020-002059",
    )
    ids = (*ids, sent.id, supply.contract.id, leak.id, certificate.id, campaign.id)
    spoils = Spoils(ids, (*words, supply.contract.number, supply.point.number))
    return Village(town, known, untold, asked, supply, sent, leak, certificate, spoils)


async def sign_in_again(person: Person) -> Person:
    """Another browser of the same person: what ends one session leaves the other."""
    async with transaction(Viewer.system()) as session:
        account = await session.get(Account, person.viewer.account_id)
        return Person(*await factories.sign_in(session, account))
