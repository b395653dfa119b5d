"""The database restarted, or away for a while, while people use the portal: words, then everything as before."""

import asyncio
import time
from collections import Counter
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

import pytest

from portail_app.errors import Unavailable
from portail_app.services.mails import write_mail
from portail_app.services.suspensions import resume_payments, suspend_payments
from tests.luck.conftest import NUMBER
from tests.luck.visitors import NORMAL, Diary, Downloader, visitor

PAPER = f"/telecharger/factures/{NUMBER}.pdf"
SECONDS_AWAY = 10
SECONDS_TO_RECOVER = 4


@pytest.mark.parametrize(
    ("misfortune", "told"),
    [
        (lambda postgres: (postgres.restart,), {NORMAL}),  # a second or two: some wait, and are told nothing
        (lambda postgres: (stop_for_a_while, postgres), {NORMAL, Unavailable.sentence}),
    ],
    ids=["restarted", "away for ten seconds"],
)
async def test_people_read_a_sentence_and_then_everything_works_as_before(portal, people, postgres, misfortune, told):
    async with everybody_busy(portal, people) as diary:
        await asyncio.sleep(0.5)
        before = diary.said()
        await asyncio.to_thread(*misfortune(postgres))
        await asyncio.sleep(SECONDS_TO_RECOVER)
        recovered = time.monotonic()
        await asyncio.sleep(1)

    assert before == {NORMAL}
    assert told <= diary.said() <= {NORMAL, Unavailable.sentence}
    assert diary.said(since=recovered) == {NORMAL}


async def test_staff_still_reach_every_open_page_after_a_restart(portal, people, postgres, desk):
    chloe = people.chloe.viewer
    async with visitor(portal, people.alice) as alices:
        await asyncio.to_thread(postgres.restart)
        async with desk() as session:
            await suspend_payments(session, chloe, people.utility.id, "Maintenance", None, datetime.now(UTC))
        await alices.page.wait_for("suspension", lambda words: "Maintenance" in words, 10)
        async with desk() as session:
            await resume_payments(session, chloe, people.utility.id, datetime.now(UTC))
        await alices.page.wait_for("suspension", "", 10)


async def test_a_page_opened_while_the_database_is_away_loads_by_itself_once_it_is_back(portal, people, postgres):
    """The page of a person whom nobody could recognise, and one that was followed to by a link."""
    async with AsyncExitStack() as stack:
        moved = await stack.enter_async_context(visitor(portal, people.alice, "/"))
        with postgres.stopped():
            opened = await stack.enter_async_context(visitor(portal, people.alice, "/factures"))
            await opened.page.wait_for_frame("momentanément indisponible", 20)
            await moved.page.visit("/factures", 20, lambda frames: "momentanément indisponible" in "".join(frames))
            assert not opened.page.var("invoices")
        for page in (opened.page, moved.page):
            await page.wait_for("invoices", lambda rows: NUMBER in str(rows), 20)
            await page.wait_for("viewer", lambda viewer: viewer["name"] == "Alice Martin", 20)


async def test_each_mail_leaves_once_whatever_happens_to_the_database(portal, postgres, desk, mailbox):
    mailbox.mails.clear()
    await write(desk, "avant")
    await until(lambda: len(mailbox.mails) == 1)
    await asyncio.to_thread(postgres.restart)
    await asyncio.gather(*(write(desk, f"après {number}") for number in range(5)))
    await until(lambda: len(mailbox.mails) >= 6)
    await asyncio.sleep(0.5)

    assert set(Counter(mail["Subject"] for mail in mailbox.mails).values()) == {1}


def stop_for_a_while(postgres):
    with postgres.stopped():
        time.sleep(SECONDS_AWAY)


async def write(desk, subject):
    async with desk() as session:
        await write_mail(
            session, event_key=subject, recipient="alice@example.fr", subject=subject, text="Bonjour,\n\nMerci.\n"
        )


async def until(is_so, seconds=30):
    async with asyncio.timeout(seconds):
        while not is_so():
            await asyncio.sleep(0.1)


@asynccontextmanager
async def everybody_busy(portal, people):
    """Pages that are opened again and again, and a download, until the block ends; every answer is in the diary."""
    diary = Diary()
    places = ((people.alice, "/factures"), (people.alice, "/paiement"), (people.bruno, "/"), (people.chloe, "/agent"))
    async with AsyncExitStack() as stack:
        pages = [await stack.enter_async_context(visitor(portal, person, path)) for person, path in places]
        acts = [page.visit for page in pages] + [Downloader(portal, people.alice, PAPER).download]
        async with asyncio.TaskGroup() as busy:
            for act in acts:
                busy.create_task(diary.keep(act))
            yield diary
            diary.is_over = True
