"""Which mails are wanted: one list of events, one place that respects it."""

import ast
from pathlib import Path

import pytest
from sqlmodel import select

from models import Mail, MailEvent, NotificationChoice
from portail_app.errors import Invalid
from portail_app.services.mails import write_mail
from portail_app.services.notifications import NOTIFICATIONS, REFUSABLE, choose_notification, list_choices
from tests.factories import NOW

SOURCES = Path(__file__).parents[2] / "portail_app"


async def write(session, event, recipient="alice@example.fr", key="essai"):
    return await write_mail(session, event_key=key, event=event, recipient=recipient, subject="x", text="x")


async def refuse(session, viewer, event=MailEvent.INVOICE):
    await choose_notification(session, viewer, event, False, NOW)


async def test_every_mail_is_wanted_until_it_is_refused(session, alice):
    assert all(one.is_wanted for one in await list_choices(session, alice))
    assert await write(session, MailEvent.INVOICE) is not None


async def test_a_refused_mail_is_not_written(session, alice):
    await refuse(session, alice)
    assert await write(session, MailEvent.INVOICE) is None
    assert (await session.exec(select(Mail))).all() == []


async def test_other_events_and_other_people_still_get_theirs(session, alice, bruno):
    await refuse(session, alice)
    assert await write(session, MailEvent.REMINDER, key="a") is not None
    assert await write(session, MailEvent.INVOICE, bruno.email, key="b") is not None
    assert await write(session, MailEvent.INVOICE, "inconnu@example.fr", key="c") is not None


async def test_a_choice_can_be_taken_back_and_is_one_row(session, alice):
    for is_wanted in (False, False, True):
        await choose_notification(session, alice, MailEvent.INVOICE, is_wanted, NOW)
    assert await write(session, MailEvent.INVOICE) is not None
    assert len((await session.exec(select(NotificationChoice))).all()) == 1


@pytest.mark.parametrize("event", sorted(set(MailEvent) - REFUSABLE))
async def test_what_must_be_said_is_always_said(session, alice, event):
    with pytest.raises(Invalid):
        await refuse(session, alice, event)
    session.add(NotificationChoice(account_id=alice.account_id, event=event, is_wanted=False, chosen_at=NOW))
    await session.flush()
    assert await write(session, event) is not None


@pytest.mark.parametrize("event", ["", "inconnu", "<b>facture</b>", "facture'; --"])
async def test_what_is_no_event_is_refused_in_words(session, alice, event):
    with pytest.raises(Invalid, match="ne peut pas être refusé"):
        await choose_notification(session, alice, event, False, NOW)


def test_every_event_but_the_services_own_is_told_to_people_once():
    told = [one.event for one in NOTIFICATIONS]
    assert sorted(told) == sorted(set(MailEvent) - {MailEvent.SERVICE})
    assert all(one.label and one.explanation for one in NOTIFICATIONS)


def test_every_mail_names_its_event():
    """Or a refusal could not be respected."""
    nameless = [
        f"{path.relative_to(SOURCES)}:{call.lineno}"
        for path in SOURCES.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name | ast.Attribute)
        and getattr(call.func, "attr", getattr(call.func, "id", "")) == "write_mail"
        and "event" not in {keyword.arg for keyword in call.keywords}
    ]
    assert nameless == []
