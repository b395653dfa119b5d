"""Documents: each in its tree, read by whose they are and by nobody else."""

from datetime import timedelta

import pytest
from sqlmodel import select

from models import (
    Document,
    Folder,
    FolderKind,
    InvoiceContract,
    PartyRole,
    StoredFile,
)
from portail_app.errors import NotFound
from portail_app.reading import reader_of
from portail_app.services.deposits import deposit
from portail_app.services.documents import find_document
from portail_app.services.files import Owner, record_file
from portail_app.services.folders import find_folder, lacks_folders
from portail_app.services.papers import PAGE_SIZE
from tests.documents import branches, folder_of, papers, plant, sent, sign_contract, upload
from tests.factories import NOW, TODAY, create_invoice, save


class TestTrees:
    async def test_a_subscriber_without_a_contract_has_one_tree(self, session, alice):
        assert [branch.label.split()[0] for branch in await plant(session, alice)] == [
            "Abonnement",
            "Factures",
            "Contrat",
            "Pièces",
        ]

    async def test_each_contract_has_its_tree_named_by_its_place(self, session, alice):
        await sign_contract(session, alice, "C-1")
        await sign_contract(session, alice, "C-2", PartyRole.OCCUPANT)
        planted = await plant(session, alice)

        assert [branch.label for branch in planted if branch.level == 1] == ["Eau · 12 rue du Moulin"] * 2
        assert len(planted) == 8

    async def test_the_tree_of_an_open_contract_comes_first(self, session, alice):
        ended = await sign_contract(session, alice, "C-1")
        await plant(session, alice)
        ended.ended_on = TODAY
        await save(session, ended)
        current = await sign_contract(session, alice, "C-2")
        roots = [branch.id for branch in await plant(session, alice) if branch.level == 1]
        folders = {folder.id: folder.contract_id for folder in (await session.exec(select(Folder))).all()}

        assert [folders[root] for root in roots] == [current.id, ended.id]

    async def test_an_owner_who_neither_pays_nor_lives_there_has_no_tree_of_it(self, session, alice):
        await sign_contract(session, alice, "C-1", PartyRole.OWNER)

        assert [branch.label.split()[0] for branch in await plant(session, alice) if branch.level == 1] == [
            "Abonnement"
        ]

    async def test_planting_twice_changes_nothing(self, session, alice):
        await sign_contract(session, alice, "C-1")

        assert await plant(session, alice) == await plant(session, alice)

    async def test_a_tree_is_lacking_until_it_is_planted_and_again_when_a_contract_comes(self, session, alice):
        reader = await reader_of(session)
        assert await lacks_folders(reader, alice.subscriber_ids)
        await plant(session, alice)
        assert not await lacks_folders(reader, alice.subscriber_ids)
        await sign_contract(session, alice, "C-9")
        assert await lacks_folders(reader, alice.subscriber_ids)

    async def test_the_triangle_says_that_a_document_is_somewhere_below(self, session, alice):
        await plant(session, alice)
        assert [branch.has_documents for branch in await branches(session, alice)] == [False] * 4
        await sent(session, alice)

        assert {branch.label.split()[0]: branch.has_documents for branch in await branches(session, alice)} == {
            "Abonnement": True,
            "Factures": False,
            "Contrat": False,
            "Pièces": True,
        }

    async def test_a_folder_deep_down_makes_those_above_full(self, session, alice):
        upper = await folder_of(session, alice, FolderKind.SENT)
        shared = {"utility_id": upper.utility_id, "subscriber_id": upper.subscriber_id}
        lower = await save(session, Folder(**shared, parent_id=upper.id, name="2026"))
        lowest = await save(session, Folder(**shared, parent_id=lower.id, name="Janvier"))
        await deposit(session, alice, lowest.id, upload(), NOW)
        found = {branch.label: branch for branch in await branches(session, alice)}

        assert [found[name].level for name in ("Pièces transmises", "2026", "Janvier")] == [2, 3, 4]
        assert all(found[name].has_documents for name in ("Pièces transmises", "2026", "Janvier"))

    async def test_somebody_elses_folder_and_a_missing_one_are_the_same_refusal(self, session, alice, bruno):
        folder = await folder_of(session, bruno, FolderKind.SENT)
        for unreadable in (folder.id, 999_999):
            with pytest.raises(NotFound, match=r"Dossier introuvable\."):
                await find_folder(session, alice, unreadable)


class TestInvoices:
    async def test_invoices_are_in_their_folder_without_being_copied(self, session, alice):
        await create_invoice(session, alice, number="2026-1")
        folder = await folder_of(session, alice, FolderKind.INVOICES)
        (paper,), total = await papers(session, alice, folder.id)

        assert (paper.name, paper.number, total) == ("facture-2026-1.pdf", "2026-1", 1)
        assert (await session.exec(select(StoredFile))).all() == []
        assert next(branch for branch in await branches(session, alice) if branch.kind == "factures").has_documents

    async def test_an_invoice_is_in_the_folder_of_the_contract_that_it_bills(self, session, alice):
        first, second = [await sign_contract(session, alice, number) for number in ("C-1", "C-2")]
        lone = await create_invoice(session, alice, number="lone")
        billed = await create_invoice(session, alice, number="billed")
        await save(session, InvoiceContract(invoice_id=billed.id, contract_id=second.id))
        await plant(session, alice)
        wanted = select(Folder).where(Folder.kind == FolderKind.INVOICES)
        by_contract = {folder.contract_id: folder.id for folder in (await session.exec(wanted)).all()}

        assert [paper.number for paper in (await papers(session, alice, by_contract[first.id]))[0]] == [lone.number]
        assert [paper.number for paper in (await papers(session, alice, by_contract[second.id]))[0]] == ["billed"]
        await session.delete(lone)
        await session.flush()
        full = {branch.id: branch.has_documents for branch in await branches(session, alice)}
        assert (full[by_contract[first.id]], full[by_contract[second.id]]) == (False, True)

    async def test_a_neighbours_invoices_are_in_no_folder_of_mine(self, session, alice, bruno):
        await create_invoice(session, bruno)
        mine = await folder_of(session, alice, FolderKind.INVOICES)
        theirs = await folder_of(session, bruno, FolderKind.INVOICES)

        assert await papers(session, alice, mine.id) == ([], 0)
        assert await papers(session, alice, theirs.id) == ([], 0)


class TestReading:
    async def test_a_document_is_read_by_whose_it_is_and_by_their_utility(self, session, alice, chloe):
        document = await sent(session, alice)

        assert (await find_document(session, alice, document.id))[1].name == "bail.pdf"
        assert (await find_document(session, chloe, document.id))[0].id == document.id

    async def test_a_neighbour_reads_nothing_of_it(self, session, alice, bruno):
        document = await sent(session, alice)

        with pytest.raises(NotFound, match=r"Document introuvable\."):
            await find_document(session, bruno, document.id)
        assert await papers(session, bruno, document.folder_id) == ([], 0)

    async def test_a_folder_of_many_documents_is_read_by_pages_newest_first(self, session, alice):
        folder = await folder_of(session, alice, FolderKind.SENT)
        owner = Owner(folder.utility_id, folder.subscriber_id)
        for number in range(PAGE_SIZE + 2):
            file = await record_file(session, alice, upload(f"{number}.pdf"), owner, NOW)
            placed = {"placed_at": NOW + timedelta(minutes=number), "file_id": file.id, "folder_id": folder.id}
            session.add(Document(utility_id=owner.utility_id, subscriber_id=owner.subscriber_id, **placed))
        await session.flush()
        first, total = await papers(session, alice, folder.id)
        second, _ = await papers(session, alice, folder.id, page=2)

        assert total == PAGE_SIZE + 2
        assert (first[0].name, len(first)) == (f"{PAGE_SIZE + 1}.pdf", PAGE_SIZE)
        assert [paper.name for paper in second] == ["1.pdf", "0.pdf"]
