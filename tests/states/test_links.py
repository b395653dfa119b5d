"""What a link of a mail, or a proven password, leads to: the rules below the pages."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from models import LinkKind
from portail_app.database import transaction
from portail_app.errors import Invalid, LinkRefused, TooManyTries
from portail_app.services.access_links import write_link
from portail_app.services.attempt_limits import ACCOUNT_MAIL
from portail_app.services.credentials import find_credentials
from portail_app.services.email_changes import ask_for_email
from portail_app.services.password_policy import LEAST_LENGTH, NOBODY
from portail_app.services.tickets import use_ticket
from portail_app.states import email_links, password_links
from portail_app.states.clock import now, today
from portail_app.states.sign_in import SignInState
from portail_app.states.tickets import write_address
from portail_app.viewer import Viewer
from tests.jobs.outbox import run_sql
from tests.passwords import PASSWORD, give_password
from tests.tabs import open_tab

HOME_ADDRESS = "192.0.2.17"
BROWSER = "the-cookie-of-her-browser"


async def link_to(person, *, kind=LinkKind.RENEWAL, hours: float = 1) -> str:
    async with transaction(Viewer.system()) as session:
        ends_at = now() + timedelta(hours=hours)
        return (await write_link(session, person.viewer.account_id, kind, now(), ends_at)).token


class TestAPassword:
    async def test_a_good_link_says_whose_it_is_and_what_may_not_be_in_it(self, town):
        opened = await password_links.look_at(await link_to(town.alice))

        assert (opened.email, opened.refused, opened.may_send_again) == ("alice@example.fr", "", False)
        assert "alice" in {word.lower() for word in opened.owner.words}
        assert opened.owner.least_length >= LEAST_LENGTH

    async def test_one_that_is_over_can_be_sent_again_and_says_nothing_of_whose_it_was(self, town):
        opened = await password_links.look_at(await link_to(town.alice, hours=-1))

        assert opened.refused
        assert (opened.may_send_again, opened.email, opened.owner) == (True, "", NOBODY)

    @pytest.mark.parametrize("link", ["", "invented", "x" * 5000, "é\U0001f4a7", "' OR 1=1 --"])
    async def test_one_that_was_never_sent_is_refused_and_cannot_be_sent_again(self, town, link):
        opened = await password_links.look_at(link)

        assert opened.refused
        assert not opened.may_send_again
        with pytest.raises(LinkRefused):
            await password_links.give_password(link, PASSWORD)
        with pytest.raises(LinkRefused):
            await password_links.send_again(link, HOME_ADDRESS)

    async def test_looking_does_not_use_it_up_and_giving_does(self, town):
        link = await link_to(town.alice)
        for _ in range(3):
            assert (await password_links.look_at(link)).email

        await password_links.give_password(link, PASSWORD)
        assert (await password_links.look_at(link)).refused
        with pytest.raises(LinkRefused):
            await password_links.give_password(link, PASSWORD + "-2")

    async def test_a_bad_password_is_refused_before_its_hash_and_leaves_the_link_good(self, town, monkeypatch):
        async def never(password: str) -> str:
            raise AssertionError("a hash was computed")

        link = await link_to(town.alice)
        monkeypatch.setattr(password_links.passwords, "hash_password", never)
        with pytest.raises(Invalid):
            await password_links.give_password(link, "alice")
        with pytest.raises(LinkRefused):
            await password_links.give_password("invented", PASSWORD)
        assert (await password_links.look_at(link)).email == "alice@example.fr"

    async def test_the_neighbours_password_stays_as_it_was(self, town):
        async with transaction(Viewer.system()) as session:
            await give_password(session, town.bruno.viewer.account_id, now())
            before = await find_credentials(session, "bruno@example.fr")
        await password_links.give_password(await link_to(town.alice), PASSWORD + "-2")
        async with transaction(Viewer.system()) as session:
            assert await find_credentials(session, "bruno@example.fr") == before

    async def test_it_is_sent_again_to_its_own_address_so_often_and_no_more(self, town):
        link = await link_to(town.alice, hours=-1)
        for _ in range(ACCOUNT_MAIL.tries):
            await password_links.send_again(link, HOME_ADDRESS)
        with pytest.raises(TooManyTries):
            await password_links.send_again(link, HOME_ADDRESS)

        assert {to for (to,) in run_sql("SELECT recipient FROM mail")} == {"alice@example.fr"}


class TestATicket:
    @pytest.fixture
    async def proven(self, town):
        async with transaction(Viewer.system()) as session:
            await give_password(session, town.alice.viewer.account_id, now())
            return await find_credentials(session, "alice@example.fr")

    async def tab(self, cookie: str = f"portail_browser={BROWSER}") -> SignInState:
        return await open_tab(SignInState, type("Browser", (), {"cookie": cookie})())

    async def use(self, address: str, browser: str = BROWSER):
        ticket = parse_qs(urlsplit(address).query)["ticket"][0]
        async with transaction(Viewer.system()) as session:
            return await use_ticket(session, ticket, browser, now())

    async def test_it_is_good_once_for_the_browser_that_asked(self, town, proven):
        address = await write_address(await self.tab(), proven, "alice@example.fr", "/factures", remember=True)

        admission = await self.use(address)
        assert (admission.account_id, admission.remember) == (town.alice.viewer.account_id, True)
        assert await self.use(address) is None

    async def test_another_browser_cannot_use_it(self, proven):
        address = await write_address(await self.tab(), proven, "alice@example.fr", "", remember=False)
        assert await self.use(address, "another-browser") is None

    @pytest.mark.parametrize("back", ["/factures?annee=2026&page=2", "//evil.example", "a&ticket=x", "é"])
    async def test_the_page_to_come_back_to_is_carried_as_it_is(self, proven, back):
        address = await write_address(await self.tab(), proven, "alice@example.fr", back, remember=False)

        asked = parse_qs(urlsplit(address).query)
        assert urlsplit(address).path == "/session"
        assert asked["retour"] == [back]
        assert len(asked["ticket"]) == 1

    @pytest.mark.parametrize("cookie", ["", "portail_browser=", "portail_session=x"])
    async def test_a_browser_that_keeps_no_cookie_is_told_what_to_do_and_no_ticket_is_written(self, proven, cookie):
        with pytest.raises(Invalid, match="cookie"):
            await write_address(await self.tab(cookie), proven, "alice@example.fr", "", remember=False)
        assert run_sql("SELECT count(*) FROM sign_in_ticket") == [(0,)]


class TestAnAddress:
    @pytest.fixture
    async def link(self, town, monkeypatch) -> str:
        """The link that Alice was sent to her new address."""
        async with transaction(town.alice.viewer) as session:
            await ask_for_email(session, town.alice.viewer, "alice@example.com", now())
        (text,) = run_sql(
            "SELECT text FROM mail_body JOIN mail ON mail.id = mail_id WHERE recipient = 'alice@example.com'"
        )[0]
        return text.partition("lien=")[2].split()[0]

    async def test_it_knows_its_owners_open_session_from_a_strangers(self, town, link):
        hers = await email_links.look_at(link, town.alice.viewer)
        his = await email_links.look_at(link, town.bruno.viewer)
        nobodys = await email_links.look_at(link, Viewer.nobody())

        assert (hers.chosen, hers.email) == ("alice@example.com", "alice@example.fr")
        assert [one.is_own for one in (hers, his, nobodys)] == [True, False, False]

    async def test_it_is_taken_once(self, link):
        assert await email_links.take(link) == "alice@example.com"
        with pytest.raises(LinkRefused):
            await email_links.take(link)

    async def test_a_link_for_a_password_changes_no_address(self, town):
        with pytest.raises(LinkRefused):
            await email_links.take(await link_to(town.alice))

    async def test_a_link_for_an_address_gives_no_password(self, link):
        with pytest.raises(LinkRefused):
            await password_links.give_password(link, PASSWORD)


def test_the_clock_is_aware_and_its_day_is_that_of_paris():
    assert now().tzinfo is UTC
    assert abs((datetime.now(UTC) - now()).total_seconds()) < 5
    assert abs((today() - now().date()).days) <= 1
