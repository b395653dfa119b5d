"""A real server whose log is kept, and a town where Alice has what nobody else may see."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from models import Account, Invoice, Request
from portail_app.database import transaction
from portail_app.services.request_desk import add_note
from portail_app.viewer import Viewer
from tests import factories
from tests.backend import backend
from tests.cast import Cast, Person
from tests.security.forgeries import Spoils

SUBJECT = "Fuite chez la voisine"
AMOUNT_CENTS = 91827364
NOTE = "Note interne sur la voisine"
UNTOLD = ("Alice Martin", SUBJECT, str(AMOUNT_CENTS), "2026-777-", NOTE)


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
    """The cast; Alice's two invoices and her request, with the numbers that have become known of each; and what else
    is known of her."""

    cast: Cast
    known: Invoice
    untold: Invoice
    asked: Request
    spoils: Spoils


@pytest.fixture
async def village(town: Cast) -> Village:
    alice = town.alice.viewer
    async with transaction(Viewer.system()) as session:
        known = await factories.create_invoice(session, alice, subject=SUBJECT, amount_cents=AMOUNT_CENTS)
        untold = await factories.create_invoice(
            session, alice, number="2026-777-000001", subject=SUBJECT, amount_cents=AMOUNT_CENTS
        )
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
    return Village(town, known, untold, asked, Spoils(ids, words))


async def sign_in_again(person: Person) -> Person:
    """Another browser of the same person: what ends one session leaves the other."""
    async with transaction(Viewer.system()) as session:
        account = await session.get(Account, person.viewer.account_id)
        return Person(*await factories.sign_in(session, account))
