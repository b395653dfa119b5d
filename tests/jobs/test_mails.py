"""The outbox: a mail leaves once what it tells has happened, once, and in the end."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from portail_app.database import transaction
from portail_app.jobs.mails import send_mail
from portail_app.jobs.worker import work
from portail_app.services.mails import WAITS, write_mail
from portail_app.settings import settings
from portail_app.viewer import Viewer
from tests.factories import create_utility
from tests.jobs.outbox import SECRET, find_body, find_mail, make_retries_due, run_sql, write
from tests.mail_server import mail_server

pytestmark = pytest.mark.usefixtures("town")


async def test_a_mail_is_sent_once_what_it_tells_has_committed(server):
    await write()
    await work(wait=False)

    (sent,) = server.mails
    assert sent["To"] == "alice@example.fr"
    assert sent["Subject"] == "Accès au portail des factures"
    assert SECRET in sent.get_body(("plain",)).get_content()
    mail = await find_mail()
    assert (mail.attempts, mail.last_error, mail.next_attempt_at) == (1, "", None)
    assert datetime.now(UTC) - mail.sent_at < timedelta(minutes=1)


async def test_what_was_rolled_back_is_never_told(server):
    async def write_then_fail():
        async with transaction(Viewer.system()) as session:
            await write_mail(session, event_key="essai-1", recipient="alice@example.fr", subject="Reçu", text="Payé")
            raise PowerCut

    with pytest.raises(PowerCut):
        await write_then_fail()
    await work(wait=False)

    assert server.mails == []
    assert run_sql("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'mails.send'") == [(0,)]


async def test_one_event_has_one_mail(server):
    first, again = await write(), await write()
    await work(wait=False)
    assert (first is not None, again) == (True, None)
    assert len(server.mails) == 1


async def test_a_mail_comes_from_its_utility(server):
    async with transaction(Viewer.system()) as session:
        utility = await create_utility(session, name="Régie des eaux, Clermont")
    await write(utility_id=utility.id)
    await work(wait=False)
    assert server.mails[0]["From"] == '"Régie des eaux, Clermont" <ne-pas-repondre@localhost>'


async def test_a_mail_that_the_server_puts_off_is_tried_again_later_each_time(server):
    server.answers = ["451 Plus tard", "451 Plus tard"]
    await write()

    waits = []
    for _ in range(3):
        make_retries_due()
        await work(wait=False)
        mail = await find_mail()
        waits.append(mail.next_attempt_at - datetime.now(UTC) if mail.next_attempt_at else None)

    assert waits[0] == pytest.approx(WAITS[0], abs=timedelta(seconds=10))
    assert waits[1] == pytest.approx(WAITS[1], abs=timedelta(seconds=10))
    assert (waits[2], mail.attempts, len(server.mails)) == (None, 3, 1)


async def test_a_mail_waits_for_a_server_that_is_down(nowhere):
    await write(has_secret=True)
    await work(wait=False)

    mail = await find_mail()
    assert mail.sent_at is None
    assert mail.next_attempt_at > datetime.now(UTC)
    assert "SMTPConnectError" in mail.last_error
    assert SECRET in await find_body(mail.id)


async def test_a_mail_waits_whole_where_the_password_would_be_sent_in_clear(monkeypatch):
    """For the operator to put it right: 0.0.0.0 is this machine, and not by a name that says so."""
    with mail_server(logins={"portail": "bon"}) as server:
        monkeypatch.setenv("SMTP_URL", server.url.replace("127.0.0.1", "portail:bon@0.0.0.0"))
        settings.cache_clear()
        await write(has_secret=True)
        await work(wait=False)
        mail = await find_mail()
        assert (server.passwords, mail.sent_at, mail.attempts) == ([], None, 1)
        assert "n’offre pas de chiffrement (STARTTLS)" in mail.last_error
        assert mail.next_attempt_at > datetime.now(UTC)
        assert SECRET in await find_body(mail.id)

        monkeypatch.setenv("SMTP_URL", server.url.replace("127.0.0.1", "portail:bon@127.0.0.1"))
        settings.cache_clear()
        make_retries_due()
        await work(wait=False)
        assert ((await find_mail()).last_error, len(server.mails)) == ("", 1)
    monkeypatch.undo()
    settings.cache_clear()


async def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(server):
    server.answers = ["550 Adresse inconnue"]
    await write(has_secret=True)
    await work(wait=False)
    make_retries_due()
    await work(wait=False)

    mail = await find_mail()
    assert (mail.attempts, mail.sent_at, mail.next_attempt_at) == (1, None, None)
    assert "550" in mail.last_error
    assert await find_body(mail.id) is None


async def test_an_address_that_no_header_can_hold_is_not_tried_again(server):
    await write(recipient="alice example.fr")
    await work(wait=False)
    assert (await find_mail()).next_attempt_at is None


async def test_after_the_last_retry_a_mail_is_given_up(server):
    mail_id = await write(has_secret=True)
    run_sql("UPDATE mail SET attempts = %s", len(WAITS))
    server.answers = ["451 Plus tard"]
    await work(wait=False)
    assert (await find_mail()).next_attempt_at is None
    assert await find_body(mail_id) is None


async def test_a_secret_is_erased_once_sent_and_anything_else_is_kept(server):
    secret = await write("secret", has_secret=True)
    receipt = await write("recu")
    await work(wait=False)
    assert await find_body(secret) is None
    assert await find_body(receipt) is not None


async def test_two_workers_send_a_mail_once(server):
    mail_id = await write()
    server.hold.clear()
    both = asyncio.gather(send_mail(mail_id), send_mail(mail_id))
    await asyncio.to_thread(server.received.wait, 10)
    server.hold.set()
    await both
    assert len(server.mails) == 1


async def test_a_mail_done_twice_is_sent_once(server):
    mail_id = await write()
    await send_mail(mail_id)
    await send_mail(mail_id)
    assert len(server.mails) == 1


class PowerCut(Exception):
    pass
