"""Mes documents: the tree as far as it is open, and one folder of it."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models import Folder, FolderKind
from portail_app.database import transaction
from portail_app.errors import Forbidden, NotFound, NotSignedIn
from portail_app.services.files import Owner, record_file
from portail_app.services.publishing import publish
from portail_app.services.readers import Readers
from portail_app.states.deposits import DepositsState
from portail_app.states.documents import DocumentsState
from portail_app.states.home import HomeState
from portail_app.states.publishing import PublishingState
from portail_app.viewer import Viewer
from tests.documents import folder_of, sent, upload
from tests.factories import create_invoice
from tests.tabs import open_tab

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


async def opened(person, **query):
    tab = await open_tab(DocumentsState, person, "/documents", **{name: str(value) for name, value in query.items()})
    await tab.load()
    return tab


async def deposit_of(person, name="bail.pdf"):
    async with transaction(person.viewer) as session:
        return await sent(session, person.viewer, name)


async def test_the_first_visit_plants_the_tree_and_opens_what_is_full(town):
    async with transaction(town.alice.viewer) as session:
        await create_invoice(session, town.alice.viewer, number="2026-1")
    tab = await opened(town.alice)

    assert [branch.level for branch in tab.branches] == [1, 2, 2, 2]
    assert tab.place["label"] == "Factures"
    assert [paper.number for paper in tab.papers] == ["2026-1"]
    assert tab.place["url"] == ""


async def test_the_url_names_the_folder(town):
    document = await deposit_of(town.alice)
    tab = await opened(town.alice, dossier=document.folder_id)

    assert tab.place["label"] == "Pièces transmises"
    assert tab.place["url"] == f"/documents/dossiers/{document.folder_id}/fichiers"
    assert [paper.name for paper in tab.papers] == ["bail.pdf"]


@pytest.mark.parametrize("folder", ["x", "-1", "999999", "99999999999999999999"])
async def test_a_folder_that_is_none_of_ones_own_shows_ones_own(town, folder):
    tab = await opened(town.alice, dossier=folder)

    assert tab.place["label"].startswith("Abonnement")


async def test_a_neighbours_folder_shows_nothing_of_theirs(town):
    document = await deposit_of(town.alice)
    tab = await opened(town.bruno, dossier=document.folder_id)

    assert tab.place["id"] != str(document.folder_id)
    assert tab.papers == ()


async def test_what_is_below_a_folder_is_sent_once_it_is_open(town):
    async with transaction(town.alice.viewer) as session:
        above = await folder_of(session, town.alice.viewer, FolderKind.SENT)
        shared = {"utility_id": above.utility_id, "subscriber_id": above.subscriber_id}
        session.add(Folder(**shared, parent_id=above.id, name="2026"))
    tab = await opened(town.alice)
    assert "2026" not in [branch.label for branch in tab.branches]

    await tab.toggle(folder_id=above.id)
    assert "2026" in [branch.label for branch in tab.branches]
    await tab.toggle(folder_id=above.id)
    assert "2026" not in [branch.label for branch in tab.branches]


async def test_what_was_sent_is_taken_back(town):
    document = await deposit_of(town.alice)
    tab = await opened(town.alice, dossier=document.folder_id)
    await tab.withdraw(document_id=document.id)

    assert tab.papers == ()


async def test_a_neighbour_takes_nothing_back(town):
    document = await deposit_of(town.alice)
    tab = await opened(town.bruno)
    with pytest.raises(NotFound):
        await tab.withdraw(document_id=document.id)


async def test_nobody_and_staff_have_no_documents(town):
    with pytest.raises(NotSignedIn):
        await opened(None)
    with pytest.raises(Forbidden):
        await opened(town.chloe)


class TestStaff:
    async def test_a_deposit_is_filed_elsewhere(self, town):
        document = await deposit_of(town.alice)
        tab = await open_tab(DepositsState, town.chloe, "/agent/documents")
        await tab.load()
        await tab.choose(document_id=document.id)
        contract = next(folder for folder in tab.folders if folder.label == "Contrat")
        assert contract.path.endswith(" › Contrat")
        await tab.file(form_data={"document_id": str(document.id), "folder_id": str(contract.id)})

        assert (tab.deposits, tab.chosen, tab.done) == ((), None, "Le document est classé.")
        assert [paper.name for paper in (await opened(town.alice, dossier=contract.id)).papers] == ["bail.pdf"]

    async def test_a_deposit_that_is_none_is_said(self, town):
        tab = await open_tab(DepositsState, town.chloe, "/agent/documents")
        await tab.choose(document_id=999_999)

        assert tab.error == "Document introuvable."

    async def test_whom_it_reaches_is_said_before_it_is_published(self, town):
        file_id = await published_file(town)
        tab = await open_tab(PublishingState, town.chloe, "/agent/documents")
        await tab.load()
        form = {"utility_id": str(town.utility.id), "file_id": str(file_id), "kind": "contrat", "city": "", "words": ""}
        await tab.prepare(form_data={**form, "number": ""})
        assert tab.asked == "2 abonnés recevront ce document."
        assert await latest(town.alice) == []

        await tab.publish()
        assert (tab.done, tab.asked) == ("2 abonnés ont reçu le document.", "")
        assert await latest(town.alice) == await latest(town.bruno) == ["reglement.pdf"]

    @pytest.mark.parametrize(("change", "field"), [({"file_id": ""}, "file_id"), ({"number": "0"}, "number")])
    async def test_what_is_missing_is_said_at_its_field(self, town, change, field):
        tab = await open_tab(PublishingState, town.chloe, "/agent/documents")
        await tab.prepare(form_data={"utility_id": str(town.utility.id), "file_id": "1", "kind": "contrat"} | change)

        assert (tab.error_field, tab.asked) == (field, "")


async def latest(person):
    tab = await open_tab(HomeState, person, "/")
    await tab.load()
    return [paper.name for paper in tab.home.latest]


async def published_file(town):
    async with transaction(town.chloe.viewer) as session:
        file = await record_file(session, town.chloe.viewer, upload("reglement.pdf"), Owner(town.utility.id), NOW)
    return file.id


async def publish_to_all(town) -> None:
    file_id = await published_file(town)
    async with transaction(town.chloe.viewer) as session:
        await publish(session, town.chloe.viewer, file_id, Readers(town.utility.id), FolderKind.CONTRACT, NOW)


async def test_documents_are_nobodys_business_without_a_session(town):
    async with transaction(Viewer.system()) as session:
        assert (await session.exec(select(Folder))).all() == []
