"""Who is told of a published document: each account that reads it, once."""

import pytest
from sqlmodel import select

from models import FolderKind, Mail
from portail_app.database import transaction
from portail_app.jobs.documents import announce_document
from portail_app.services import announcements
from portail_app.services.files import Owner, record_file
from portail_app.services.publishing import publish
from portail_app.services.readers import Readers
from portail_app.viewer import Viewer
from tests.documents import upload
from tests.factories import NOW


async def published(town, **readers) -> int:
    async with transaction(town.chloe.viewer) as session:
        file = await record_file(session, town.chloe.viewer, upload("reglement.pdf"), Owner(town.utility.id), NOW)
        everybody = Readers(town.utility.id, **readers)
        await publish(session, town.chloe.viewer, file.id, everybody, FolderKind.CONTRACT, NOW)
    return file.id


async def mails() -> list[Mail]:
    async with transaction(Viewer.system()) as session:
        return list((await session.exec(select(Mail).order_by(Mail.recipient))).all())


async def test_each_reader_is_told_once_however_often_the_job_runs(town, monkeypatch):
    monkeypatch.setattr(announcements, "AT_ONCE", 1)
    file_id = await published(town)
    await announce_document(file_id)
    await announce_document(file_id)

    assert [mail.recipient for mail in await mails()] == ["alice@example.fr", "bruno@example.fr"]
    assert {mail.subject for mail in await mails()} == {"Un nouveau document est disponible"}


async def test_a_job_that_dies_in_between_is_taken_up_and_tells_nobody_twice(town, monkeypatch):
    monkeypatch.setattr(announcements, "AT_ONCE", 1)
    file_id = await published(town)
    whole, written = announcements.write_mail, []

    async def dies_at_the_second(*arguments, **values):
        written.append(values["recipient"])
        if len(written) == 2:
            raise ConnectionError
        await whole(*arguments, **values)

    with monkeypatch.context() as broken:
        broken.setattr(announcements, "write_mail", dies_at_the_second)
        with pytest.raises(ConnectionError):
            await announce_document(file_id)
    assert len(await mails()) == 1
    await announce_document(file_id)

    assert [mail.recipient for mail in await mails()] == ["alice@example.fr", "bruno@example.fr"]


async def test_who_does_not_read_it_is_not_told(town):
    await announce_document(await published(town, words="Alice"))

    assert [mail.recipient for mail in await mails()] == ["alice@example.fr"]


async def test_publishing_leaves_the_job_to_do(town, database):
    import psycopg

    file_id = await published(town)
    with psycopg.connect(database) as connection:
        jobs = connection.execute("SELECT task_name, args FROM procrastinate_jobs").fetchall()

    assert ("documents.announce", {"file_id": file_id}) in jobs
