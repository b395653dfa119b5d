"""`portail demo-documents`: what the demonstration's utility has published and Alice has sent, placed once."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import NoResultFound

from portail_app.cli.demo_documents import place_papers
from portail_app.database import transaction
from portail_app.demo_data.papers import BANK, CONTRACT, HOUSE, RULES
from portail_app.gateways.storage import storage
from portail_app.viewer import Viewer
from tests.factories import NOW
from tests.jobs.outbox import run_sql

PLACED = """
    SELECT DISTINCT f.name, s.email FROM document d JOIN stored_file f ON f.id = d.file_id
    JOIN subscriber s ON s.id = d.subscriber_id ORDER BY 1, 2
"""


async def test_the_rules_are_everybodys_and_alices_papers_are_hers(town):
    await place_papers(NOW)

    assert set(run_sql(PLACED)) == {
        (RULES.name, "alice@example.fr"),
        (RULES.name, "bruno@example.fr"),
        *((sheet.name, "alice@example.fr") for sheet in (CONTRACT, HOUSE, BANK)),
    }


async def test_what_is_placed_can_be_opened(town):
    await place_papers(NOW)

    for (key,) in run_sql("SELECT key FROM stored_file"):
        content = b"".join([part async for part in storage().read(key, 0, await storage().find_size(key))])
        assert content.startswith(b"%PDF-")


async def test_a_town_that_has_documents_keeps_them_as_they_are(town):
    await place_papers(NOW)
    before = run_sql(PLACED)
    await place_papers(NOW + timedelta(days=1))

    assert run_sql(PLACED) == before


async def test_without_its_cast_nothing_is_placed(database):
    with pytest.raises(NoResultFound):
        await place_papers(NOW)
    async with transaction(Viewer.system()):
        assert run_sql("SELECT count(*) FROM document") == [(0,)]
