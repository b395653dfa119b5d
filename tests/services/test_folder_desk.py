"""Staff's folders in a subscriber's tree: made, renamed, removed, and never lost with what is in them."""

import pytest
from sqlmodel import select

from models import AuditEntry, Folder, FolderKind
from portail_app.errors import Forbidden, Invalid, NotFound
from portail_app.services import folder_desk
from portail_app.services.deposits import deposit
from portail_app.services.filing import file_deposit
from portail_app.services.folder_desk import clean_folder_name, make_folder, remove_folder, rename_folder
from tests.documents import branches, folder_of, sent, upload
from tests.factories import NOW
from tests.services.staff import damien_of_elsewhere


@pytest.fixture
async def contract(session, alice) -> Folder:
    return await folder_of(session, alice, FolderKind.CONTRACT)


async def actions(session, viewer) -> list[tuple[str, str]]:
    entries = (await session.exec(select(AuditEntry).where(AuditEntry.account_id == viewer.account_id))).all()
    return [(entry.action, entry.subject) for entry in entries]


class TestMaking:
    async def test_a_folder_is_made_where_the_subscriber_sees_it(self, session, alice, chloe, contract):
        made = await make_folder(session, chloe, contract.id, "  Sinistre   2026 ")
        (branch,) = [branch for branch in await branches(session, alice) if branch.id == made.id]

        assert (branch.label, branch.level, branch.parent_id) == ("Sinistre 2026", 3, contract.id)
        assert branch.takes_deposits
        assert await actions(session, chloe) == [("Dossier créé", "Sinistre 2026")]

    async def test_a_name_is_taken_once_in_a_folder_and_free_in_another(self, session, alice, chloe, contract):
        sent_papers = await folder_of(session, alice, FolderKind.SENT)
        await make_folder(session, chloe, contract.id, "2026")
        with pytest.raises(Invalid, match="déjà ce nom"):
            await make_folder(session, chloe, contract.id, "2026")

        assert (await make_folder(session, chloe, sent_papers.id, "2026")).parent_id == sent_papers.id

    async def test_the_folder_of_invoices_has_none_below(self, session, alice, chloe):
        invoices = await folder_of(session, alice, FolderKind.INVOICES)
        with pytest.raises(Invalid, match="se remplit tout seul"):
            await make_folder(session, chloe, invoices.id, "2026")

    async def test_a_tree_is_only_so_deep(self, session, chloe, contract):
        above = contract
        for level in range(3, folder_desk.DEEPEST + 1):
            above = await make_folder(session, chloe, above.id, f"Niveau {level}")
        with pytest.raises(Invalid, match="au plus 6 niveaux"):
            await make_folder(session, chloe, above.id, "Encore")

    async def test_a_tree_is_only_so_large(self, session, chloe, contract, monkeypatch):
        monkeypatch.setattr(folder_desk, "MOST_FOLDERS", 5)
        await make_folder(session, chloe, contract.id, "Cinquième")
        with pytest.raises(Invalid, match="au plus 5 dossiers"):
            await make_folder(session, chloe, contract.id, "Sixième")

    async def test_only_their_own_staff_make_one(self, session, alice, bruno, contract):
        damien = await damien_of_elsewhere(session)
        for viewer, refusal in ((alice, Forbidden), (bruno, NotFound), (damien, NotFound)):
            with pytest.raises(refusal):
                await make_folder(session, viewer, contract.id, "Intrus")


class TestRenaming:
    async def test_a_folder_of_staffs_is_renamed(self, session, alice, chloe, contract):
        made = await make_folder(session, chloe, contract.id, "2025")
        await rename_folder(session, chloe, made.id, "2026")
        await rename_folder(session, chloe, made.id, "2026")

        assert "2026" in [branch.label for branch in await branches(session, alice)]
        assert await actions(session, chloe) == [("Dossier créé", "2025"), ("Dossier renommé", "2026")]

    async def test_not_to_the_name_of_its_neighbour(self, session, chloe, contract):
        made = await make_folder(session, chloe, contract.id, "2025")
        await make_folder(session, chloe, contract.id, "2026")
        with pytest.raises(Invalid) as refused:
            await rename_folder(session, chloe, made.id, "2026")
        assert refused.value.field == "name"

    @pytest.mark.parametrize("kind", [FolderKind.ROOT, FolderKind.INVOICES, FolderKind.CONTRACT, FolderKind.SENT])
    async def test_what_every_tree_has_keeps_its_name_and_stays(self, session, alice, chloe, kind):
        folder = await folder_of(session, alice, kind)
        with pytest.raises(Invalid, match="tous les espaces"):
            await rename_folder(session, chloe, folder.id, "Autre")
        with pytest.raises(Invalid, match="tous les espaces"):
            await remove_folder(session, chloe, folder.id)


class TestRemoving:
    async def test_an_empty_one_goes(self, session, alice, chloe, contract):
        made = await make_folder(session, chloe, contract.id, "2026")

        assert await remove_folder(session, chloe, made.id) == contract.id
        assert "2026" not in [branch.label for branch in await branches(session, alice)]
        with pytest.raises(NotFound):
            await remove_folder(session, chloe, made.id)

    async def test_one_with_a_document_or_a_folder_in_it_stays(self, session, alice, chloe, contract):
        upper = await make_folder(session, chloe, contract.id, "2026")
        lower = await make_folder(session, chloe, upper.id, "Janvier")
        document = await deposit(session, alice, lower.id, upload(), NOW)
        for folder in (upper, lower):
            with pytest.raises(Invalid, match="n’est pas vide"):
                await remove_folder(session, chloe, folder.id)

        await file_deposit(session, chloe, document.id, contract.id, NOW)
        await remove_folder(session, chloe, lower.id)
        await remove_folder(session, chloe, upper.id)

    async def test_a_document_is_not_sent_into_a_folder_that_has_just_gone(self, session, alice, chloe, contract):
        made = await make_folder(session, chloe, contract.id, "2026")
        document = await sent(session, alice)
        await remove_folder(session, chloe, made.id)
        with pytest.raises(NotFound, match="Dossier"):
            await deposit(session, alice, made.id, upload("autre.pdf"), NOW)
        with pytest.raises(NotFound, match="Dossier"):
            await file_deposit(session, chloe, document.id, made.id, NOW)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Étude de sol", "Étude de sol"),
        ("../../etc/passwd", "../../etc/passwd"),  # a name is shown, and is never a path
        ("facture\u202efdp.exe", "facture fdp.exe"),
        ("un\0deux\ttrois\nquatre", "un deux trois quatre"),
        ("E\u0301te\u0301", "Été"),
        ("é" * 80, "é" * 80),
    ],
)
def test_a_name_keeps_what_can_be_seen(typed, kept):
    assert clean_folder_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u202e\0", "x" * 81, "y" * 300])
def test_a_name_that_is_none_is_said_at_its_field(typed):
    with pytest.raises(Invalid, match="80 caractères") as refused:
        clean_folder_name(typed)
    assert refused.value.field == "name"
