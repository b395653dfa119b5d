"""« Ne pas recevoir les factures au format papier »."""

import asyncio

import pytest
from sqlmodel import select

from models import AccountSubscriber, AuditEntry, Hold, Mail, PaperChoice
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services.paper_choices import choose_paper, list_by_subscriber, list_choices
from tests.factories import NOW
from tests.jobs.outbox import run_sql


def subscriber_of(viewer):
    (subscriber_id,) = viewer.subscriber_ids
    return subscriber_id


async def test_who_has_never_chosen_gets_paper(session, alice):
    assert await list_by_subscriber(session, alice.subscriber_ids) == {}


async def test_the_choice_is_a_dated_row_with_what_was_read(session, alice):
    await choose_paper(session, alice, subscriber_of(alice), False, NOW)
    (choice,) = await list_choices(session, alice, subscriber_of(alice))
    assert (choice.wants_paper, choice.chosen_at, choice.email) == (False, NOW, "alice@example.fr")
    assert choice.words.startswith("Vous avez demandé à ne plus recevoir les factures au format papier. Si vous")


async def test_the_way_back_is_another_row_and_the_last_one_holds(session, alice):
    for wants_paper in (False, True):
        await choose_paper(session, alice, subscriber_of(alice), wants_paper, NOW)
    assert [one.wants_paper for one in await list_choices(session, alice, subscriber_of(alice))] == [True, False]
    assert (await list_by_subscriber(session, alice.subscriber_ids))[subscriber_of(alice)][0].wants_paper


async def test_choosing_what_holds_already_changes_nothing(session, alice):
    await choose_paper(session, alice, subscriber_of(alice), True, NOW)
    assert await list_choices(session, alice, subscriber_of(alice)) == []
    for _ in range(2):
        await choose_paper(session, alice, subscriber_of(alice), False, NOW)
    assert len(await list_choices(session, alice, subscriber_of(alice))) == 1


async def test_a_double_click_writes_one_choice_and_one_mail(town):
    town.utility.email = "service@example.fr"
    run_sql("UPDATE utility SET email = 'service@example.fr'")

    async def confirm():
        async with transaction(town.alice.viewer) as session:
            await choose_paper(session, town.alice.viewer, subscriber_of(town.alice.viewer), False, NOW)

    await asyncio.gather(confirm(), confirm(), confirm())

    assert run_sql("SELECT count(*) FROM paper_choice") == [(1,)]
    assert run_sql("SELECT recipient FROM mail ORDER BY 1") == [("alice@example.fr",), ("service@example.fr",)]


async def test_the_service_is_told_who_asked_for_what(session, cast, alice):
    cast.utility.email = "service@example.fr"
    session.add(cast.utility)
    await choose_paper(session, alice, subscriber_of(alice), False, NOW)
    subjects = dict((await session.exec(select(Mail.recipient, Mail.subject))).all())
    assert subjects["service@example.fr"].startswith("Ne pas recevoir les factures au format papier (abonné ")
    assert subjects["alice@example.fr"] == "Vos factures au format papier"


async def test_a_service_without_an_address_does_not_stop_the_choice(session, alice):
    await choose_paper(session, alice, subscriber_of(alice), False, NOW)
    assert (await session.exec(select(Mail.recipient))).all() == ["alice@example.fr"]


async def test_it_is_written_in_the_journal(session, cast, alice):
    await choose_paper(session, alice, subscriber_of(alice), False, NOW)
    (entry,) = (await session.exec(select(AuditEntry))).all()
    assert (entry.account_id, entry.utility_id) == (alice.account_id, cast.utility.id)
    assert entry.action == "Factures au format papier arrêtées"


@pytest.mark.parametrize("who", ["bruno", "chloe"])
async def test_nobody_else_chooses_or_reads_it(session, cast, alice, who):
    other = getattr(cast, who).viewer
    with pytest.raises(NotFound):
        await choose_paper(session, other, subscriber_of(alice), False, NOW)
    with pytest.raises(NotFound):
        await list_choices(session, other, subscriber_of(alice))
    assert (await session.exec(select(PaperChoice))).all() == []


async def test_a_delegate_does_not_choose_for_the_holder(session, cast, alice, bruno):
    held = AccountSubscriber(account_id=bruno.account_id, subscriber_id=subscriber_of(alice), hold=Hold.MAY_PAY)
    session.add(held)
    await session.flush()
    with pytest.raises(NotFound):
        await choose_paper(session, bruno, subscriber_of(alice), False, NOW)
