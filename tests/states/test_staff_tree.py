"""One subscriber's documents under the hands of staff, and what of it is written in her history of accesses."""

import pytest
from sqlmodel import select

from models import AccessRecord, Document, FolderKind, StoredFile
from portail_app.database import transaction
from portail_app.errors import Forbidden, Invalid, NotSignedIn
from portail_app.services.paging import PAGE_SIZE
from portail_app.states.clock import now
from portail_app.states.deposits import DepositsState
from portail_app.states.folder_desk import FolderDeskState
from portail_app.states.publications import PublicationsState
from portail_app.states.staff_tree import StaffTreeState
from portail_app.states.subscriber_search import SubscriberSearchState
from portail_app.viewer import Viewer
from tests.documents import folder_of, sent
from tests.states.test_documents import latest, opened, publish_to_all
from tests.tabs import move_tab, open_tab


async def tree_of(owner, viewer, **query):
    (subscriber_id,) = owner.viewer.subscriber_ids
    tab = await open_tab(StaffTreeState, viewer, f"/agent/documents/{subscriber_id}", **query)
    await tab.load()
    return tab


async def folder_id_of(person, kind=FolderKind.CONTRACT) -> int:
    async with transaction(person.viewer) as session:
        return (await folder_of(session, person.viewer, kind)).id


async def looks() -> list[str]:
    async with transaction(Viewer.system()) as session:
        return [record.subject for record in (await session.exec(select(AccessRecord))).all()]


async def act(person, **form):
    desk = await open_tab(FolderDeskState, person, "/agent/documents/1")
    asked = await desk.carry_out(form_data={name: str(value) for name, value in form.items()})
    return desk, asked


async def test_staff_see_her_tree_with_their_own_addresses_and_she_knows(town):
    contract = await folder_id_of(town.alice)
    tab = await tree_of(town.alice, town.chloe, dossier=str(contract))
    (subscriber_id,) = town.alice.viewer.subscriber_ids

    assert (tab.subscriber.name, tab.place["label"]) == ("Alice Martin", "Contrat")
    assert tab.place["url"] == f"/agent/dossiers/{contract}/fichiers"
    assert tab.subscriber.id == subscriber_id
    await tab.toggle(folder_id=contract)
    assert await looks() == ["Vos documents"]


async def test_a_tree_that_nobody_has_opened_yet_is_planted(town):
    tab = await tree_of(town.bruno, town.chloe)

    assert [branch.level for branch in tab.branches] == [1, 2, 2, 2]


@pytest.mark.parametrize("path", ["999999", "x", "0", "99999999999999999999", ""])
async def test_nobody_of_that_number_is_said_and_shows_nothing(town, path):
    tab = await open_tab(StaffTreeState, town.chloe, f"/agent/documents/{path}")
    await tab.load()

    assert (tab.missing, tab.subscriber, tab.papers) == ("Abonné introuvable.", None, ())
    assert await looks() == []


async def test_subscribers_and_nobody_look_at_no_tree_in_that_way(town):
    for person, refusal in ((town.bruno, Forbidden), (None, NotSignedIn)):
        with pytest.raises(refusal):
            await tree_of(town.alice, person)


async def test_another_subscribers_tree_is_opened_afresh(town):
    tab = await tree_of(town.alice, town.chloe)
    hers = {branch.id for branch in tab.branches}
    (bruno_id,) = town.bruno.viewer.subscriber_ids
    move_tab(tab, town.chloe, f"/agent/documents/{bruno_id}")
    await tab.load()

    assert not hers & {branch.id for branch in tab.branches}
    assert not hers & set(tab.open_ids)


class TestFolders:
    async def test_one_is_made_renamed_and_removed(self, town):
        contract = await folder_id_of(town.alice)
        desk, asked = await act(town.chloe, does="make", subject_id=contract, name="Travaux")
        assert (desk.done, desk.error) == ("Le dossier est créé.", "")
        assert asked is not None
        made = next(branch.id for branch in await folders(town) if branch.label == "Travaux")

        await act(town.chloe, does="rename", subject_id=made, name="Chantier")
        assert "Chantier" in [branch.label for branch in await folders(town)]
        desk, _ = await act(town.chloe, does="remove", subject_id=made, name="")
        assert desk.done == "Le dossier est supprimé."
        assert "Chantier" not in [branch.label for branch in await folders(town)]

    async def test_a_wrong_name_stays_in_its_dialog(self, town):
        contract = await folder_id_of(town.alice)
        desk = await open_tab(FolderDeskState, town.chloe, "/agent/documents/1")
        await desk.begin(does="make", subject_id=contract, name="Contrat")
        await desk.carry_out(form_data={"does": "make", "subject_id": str(contract), "name": " "})

        assert (desk.task["does"], desk.error_field, desk.done) == ("make", "name", "")
        await desk.leave()
        assert (desk.task["does"], desk.error) == ("", "")

    @pytest.mark.parametrize("does", ["", "destroy", "__class__"])
    async def test_what_is_none_of_the_tasks_is_refused(self, town, does):
        desk = await open_tab(FolderDeskState, town.chloe, "/agent/documents/1")
        await desk.begin(does=does, subject_id=1, name="x")
        await desk.carry_out(form_data={"does": does, "subject_id": "1"})

        assert (desk.task["does"], desk.error) == ("", Invalid.sentence)


async def folders(town):
    tab = await tree_of(town.alice, town.chloe)
    for branch in tab.branches:
        if branch.id not in tab.open_ids:
            await tab.toggle(folder_id=branch.id)
    return tab.branches


class TestWithdrawing:
    async def test_one_document_leaves_one_subscriber(self, town):
        await publish_to_all(town)
        mine = (await opened(town.alice, dossier=str(await folder_id_of(town.alice)))).papers[0]
        desk, _ = await act(town.chloe, does="withdraw", subject_id=mine.id, reason="Erreur")

        assert desk.done == "Le document est retiré : l’abonné ne le voit plus."
        assert (await latest(town.alice), await latest(town.bruno)) == ([], ["reglement.pdf"])

    async def test_a_publication_leaves_everybody(self, town):
        await publish_to_all(town)
        tab = await open_tab(PublicationsState, town.chloe, "/agent/documents")
        await tab.load()
        (publication,) = tab.publications
        await tab.choose(file_id=publication.file_id)
        await tab.withdraw(form_data={"file_id": str(publication.file_id), "reason": ""})
        assert (tab.error_field, tab.chosen) == ("reason", publication)

        await tab.withdraw(form_data={"file_id": str(publication.file_id), "reason": "Erreur"})
        assert (tab.done, tab.chosen, tab.publications) == ("Le document est retiré à 2 abonnés.", None, ())
        assert await latest(town.alice) == await latest(town.bruno) == []

    async def test_the_fifty_first_publication_is_on_the_second_page_and_is_withdrawn_there(self, town):
        await publish_plans(town, PAGE_SIZE + 1)
        first = await publications_of(town.chloe)
        second = await publications_of(town.chloe, publications="2", recherche="mart & co")
        assert first.place["next"] == "/agent/documents?publications=2"
        assert first.place["range"] == "Documents publiés 1 à 50 sur 51"
        assert "plan-00.pdf" not in [one.name for one in first.publications]
        assert second.place["previous"] == "/agent/documents?recherche=mart+%26+co"
        (oldest,) = second.publications
        assert oldest.name == "plan-00.pdf"

        await second.withdraw(form_data={"file_id": str(oldest.file_id), "reason": "Erreur"})
        assert (second.publications, second.place["range"], second.place["next"]) == ((), "", "")
        assert second.place["previous"]

    @pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999"])
    async def test_what_is_no_page_is_the_first(self, town, page):
        await publish_to_all(town)
        tab = await publications_of(town.chloe, publications=page)
        assert [one.name for one in tab.publications] == ["reglement.pdf"]

    async def test_one_that_is_not_in_the_list_opens_nothing(self, town):
        tab = await open_tab(PublicationsState, town.chloe, "/agent/documents")
        await tab.load()
        await tab.choose(file_id=999)
        assert tab.chosen is None


async def test_to_file_a_deposit_is_a_look_that_she_is_told_of(town):
    async with transaction(town.alice.viewer) as session:
        document = await sent(session, town.alice.viewer)
    tab = await open_tab(DepositsState, town.chloe, "/agent/documents")
    await tab.choose(document_id=document.id)
    assert await looks() == ["Vos documents"]

    await tab.forget()
    assert (tab.chosen, tab.done) == (None, "")


async def test_a_subscriber_is_found_by_words_of_the_url(town):
    tab = await open_tab(SubscriberSearchState, town.chloe, "/agent/documents", recherche="mart ali")
    await tab.load()
    assert [one.name for one in tab.found] == ["Alice Martin"]

    asked = await tab.look_for(form={"recherche": " élise & co "})
    assert "/agent/documents?recherche=%C3%A9lise+%26+co" in str(asked.args)


async def publish_plans(town, count: int) -> None:
    async with transaction(Viewer.system()) as session:
        folder = await folder_of(session, town.alice.viewer, FolderKind.CONTRACT)
        owner, a_pdf = {"utility_id": town.utility.id}, {"media_type": "application/pdf", "size_bytes": 9}
        names = [f"plan-{number:02}.pdf" for number in range(count)]
        stored = [StoredFile(**owner, **a_pdf, key=name, name=name, stored_at=now()) for name in names]
        session.add_all(stored)
        await session.flush()
        place = {**owner, "subscriber_id": folder.subscriber_id, "folder_id": folder.id, "placed_at": now()}
        session.add_all(Document(**place, file_id=file.id) for file in stored)


async def publications_of(person, **query: str) -> PublicationsState:
    tab = await open_tab(PublicationsState, person, "/agent/documents", **query)
    await tab.load()
    return tab
