"""What a tab is sent of the session that opened it: never its cookie; and nothing more once it has ended."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from models import AccessSession, Account, PaymentAttempt, PaymentMode
from models.billing.payment import AttemptState
from portail_app.database import transaction
from portail_app.services.sessions import hash_token
from portail_app.services.tickets import BROWSER_COOKIE
from portail_app.viewer import Viewer
from tests import factories
from tests.cast import Person
from tests.live_tabs import tab
from tests.passwords import PASSWORD, give_password
from tests.security.handlers import named
from tests.tabs import open_tab

BROWSER = "the-name-of-her-browser-of-43-characters-long"
IDOP = "a1b2c3d4-e5f6-4711-8822-0123456789ab"
PAGES = ("/", "/factures", "/paiement", "/connexion", "/factures/2026-020-000001", "/mot-de-passe?lien=abc")


@dataclass(frozen=True)
class Keyring:
    """A person whose browser sends all that a browser can send."""

    person: Person

    @property
    def cookie(self) -> str:
        return f"{self.person.cookie}; {BROWSER_COOKIE}={BROWSER}; other=another-site-s-secret"


async def test_the_cookie_never_reaches_the_page(server, town):
    keys = Keyring(town.alice)
    await give_her_secrets(town)
    async with tab(server, keys.cookie, Authorization="Bearer her-proxys-secret") as opened:
        for path in PAGES:
            await opened.visit(path)
        form = {"email": "alice@example.fr", "password": PASSWORD}
        await opened.send(named("SignInState.sign_in"), "/connexion", form_data=form)
        await opened.wait_for_frame("leaveFor")
    frames = "".join(opened.frames)
    for secret in (town.alice.token, BROWSER, "another-site-s-secret", "her-proxys-secret", PASSWORD, "$argon2", IDOP):
        assert secret not in frames, secret


async def test_the_handlers_themselves_can_read_the_cookie(town):
    """Else the test above would prove that there is none."""
    from portail_app.states.site import SiteState

    opened = await open_tab(SiteState, Keyring(town.alice))
    assert town.alice.token in opened.router.headers.cookie


async def test_the_key_of_a_tabs_state_tells_nothing_of_the_session(server, town):
    token = str(uuid4())
    async with tab(server, town.alice.cookie, token=token) as hers, tab(server, token=token) as others:
        keys = [opened.var("rx_router_session")["client_token"] for opened in (hers, others)]
    assert len({*keys, token}) == 3
    assert all(town.alice.token not in key for key in keys)


@pytest.mark.parametrize(
    "origin", ["https://ailleurs.example", "null", "http://localhost:1", "http://127.0.0.1.x.example"]
)
async def test_a_websocket_from_another_site_is_refused(server, town, origin):
    address = f"ws://{server}/_event/?EIO=4&transport=websocket&token={uuid4()}"
    with pytest.raises(InvalidStatus):
        await connect(address, additional_headers={"Cookie": town.alice.cookie, "Origin": origin})


async def test_a_program_without_an_origin_brings_no_cookie_but_its_own(server, town):
    """Browsers always say where a websocket comes from; who does not say it has no victim whose cookie goes along."""
    async with tab(server) as opened:
        await opened.navigate("/factures")
        await opened.wait_for_frame("/connexion")
        assert not opened.var("invoices")


async def test_a_session_that_expires_while_its_tab_is_open_is_refused(server, town):
    passing = await sign_in_for(town.alice, timedelta(seconds=3))
    async with tab(server, passing.cookie, "/factures") as opened:
        await asyncio.sleep(3)
        async with transaction(Viewer.system()) as session:
            await factories.create_invoice(session, town.alice.viewer, number="2026-020-APRES")
        await opened.navigate("/factures")
        await opened.wait_for_frame("/connexion")
        assert not [frame for frame in opened.frames if "2026-020-APRES" in frame]


async def test_a_tab_that_follows_a_payment_is_told_no_more_once_its_session_has_ended(server, town):
    attempt = await prepare(town)
    async with tab(server, town.alice.cookie, f"/paiement/{attempt.reference}") as opened:
        await opened.wait_for("attempt", lambda shown: shown["reference"] == attempt.reference)
        async with transaction(Viewer.system()) as session:
            (await session.get(AccessSession, town.alice.viewer.session_id)).revoked_at = datetime.now(UTC)
        await asyncio.sleep(1)
        async with transaction(Viewer.system()) as session:
            (await session.get(PaymentAttempt, attempt.id)).state = AttemptState.REFUSED
        await asyncio.sleep(2.5)
        assert opened.var("attempt")["state"] == AttemptState.PREPARED


async def give_her_secrets(town) -> None:
    await prepare(town)
    async with transaction(Viewer.system()) as session:
        await give_password(session, town.alice.viewer.account_id, datetime.now(UTC))


async def prepare(town) -> PaymentAttempt:
    """A payment of Alice's that PayFiP has not been asked about."""
    async with transaction(Viewer.system()) as session:
        attempt = PaymentAttempt(
            reference=uuid4().hex,
            utility_id=town.utility.id,
            account_id=town.alice.viewer.account_id,
            amount_cents=24311,
            refdet="2026020000001",
            client="004200",
            mode=PaymentMode.TEST,
            fiscal_year=2026,
            subject="Eau",
            payer_email="alice@example.fr",
            idop=IDOP,
        )
        return await factories.save(session, attempt)


async def sign_in_for(person: Person, length: timedelta) -> Person:
    async with transaction(Viewer.system()) as session:
        account = await session.get(Account, person.viewer.account_id)
        viewer, token = await factories.sign_in(session, account)
        row = await session.get(AccessSession, viewer.session_id)
        assert row.token_hash == hash_token(token)
        row.expires_at = datetime.now(UTC) + length
        return Person(viewer, token)
