"""The demonstration's cast: one password that is known, and Alice's own affairs, written once."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from models import (
    AccessRecord,
    Account,
    DelegateInvitation,
    Mail,
    NotificationChoice,
    PaperChoice,
    PasswordHash,
    ProposedChange,
)
from portail_app.demo_data.passwords import CAST, PASSWORD, give_passwords
from portail_app.demo_data.personal_affairs import DAUGHTER, write_affairs
from portail_app.services.credentials import find_credentials
from portail_app.services.passwords import hash_password, verify_password
from tests.factories import NOW

TABLES = (AccessRecord, DelegateInvitation, NotificationChoice, PaperChoice, ProposedChange)


async def people(session) -> list[Account]:
    return [(await session.exec(select(Account).where(Account.email == email))).one() for email in CAST]


async def counted(session) -> list[int]:
    return [len((await session.exec(select(table))).all()) for table in TABLES]


@pytest.mark.usefixtures("cast")
async def test_everybody_signs_in_with_the_password_that_is_printed_and_who_has_it_already_keeps_it(session):
    await give_passwords(session, NOW)
    alices, brunos = [(await find_credentials(session, email)).argon2 for email in CAST[:2]]
    bruno = (await session.exec(select(Account).where(Account.email == CAST[1]))).one()
    (await session.get_one(PasswordHash, bruno.id)).argon2 = await hash_password("Autre-chose-2026")
    await session.flush()

    await give_passwords(session, NOW + timedelta(days=1))

    kept = [(await find_credentials(session, email)).argon2 for email in CAST]
    assert (kept[0] == alices, kept[1] == brunos) == (True, False)
    assert [await verify_password(argon2, PASSWORD) for argon2 in kept] == [True] * 3


@pytest.mark.usefixtures("cast")
async def test_alices_affairs_are_written_once_and_bruno_receives_no_paper(session, alice, bruno):
    accounts = await people(session)
    await write_affairs(session, *accounts, NOW)
    first = await counted(session)
    await write_affairs(session, *accounts, NOW + timedelta(days=1))

    assert await counted(session) == first
    assert all(first)
    invited = (await session.exec(select(DelegateInvitation.email))).all()
    assert invited == [DAUGHTER]
    chosen = select(PaperChoice.subscriber_id, PaperChoice.wants_paper).order_by(PaperChoice.chosen_at)
    (hers,), (his,) = alice.subscriber_ids, bruno.subscriber_ids
    assert (await session.exec(chosen)).all() == [(hers, False), (hers, True), (his, False)]


@pytest.mark.usefixtures("cast")
async def test_nothing_of_the_demonstrations_history_is_dated_after_it(session):
    await write_affairs(session, *await people(session), NOW)

    records = (await session.exec(select(AccessRecord))).all()
    assert {record.at <= NOW for record in records} == {True}
    written = (await session.exec(select(Mail.recipient).where(col(Mail.recipient).not_like("%example.fr")))).all()
    assert written == []
