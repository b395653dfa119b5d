"""Staff make, rename and remove the subfolders of a subscriber's tree."""

import unicodedata

from sqlmodel import col, exists, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Document, Folder, FolderKind, StaffRank
from portail_app.errors import Invalid
from portail_app.reading import reader_of
from portail_app.services import audit
from portail_app.services.folders import list_branches, lock_folder
from portail_app.services.permissions import require_rank
from portail_app.viewer import Viewer

DEEPEST = 6
MOST_FOLDERS = 300
LONGEST_NAME = 80
NAME = "name"
UNNAMED = f"Donnez un nom au dossier, de {LONGEST_NAME} caractères au plus."
TAKEN = "Un dossier porte déjà ce nom à cet endroit."
NOT_EMPTY = "Ce dossier n’est pas vide. Déplacez ou retirez d’abord ce qu’il contient."
STANDARD = "Ce dossier fait partie de tous les espaces : il ne se renomme pas et ne se supprime pas."
FILLED = "Le dossier des factures se remplit tout seul : il n’a pas de sous-dossier."


async def make_folder(session: AsyncSession, viewer: Viewer, parent_id: int, name: str) -> Folder:
    parent = await _lock(session, viewer, parent_id)
    if parent.kind is FolderKind.INVOICES:
        raise Invalid(FILLED)
    name = clean_folder_name(name)
    await _check_room(session, parent)
    await _check_free(session, parent_id, name)
    made = Folder(
        utility_id=parent.utility_id,
        subscriber_id=parent.subscriber_id,
        contract_id=parent.contract_id,
        parent_id=parent_id,
        name=name,
    )
    session.add(made)
    await session.flush()
    audit.record(session, viewer, "Dossier créé", name, utility_id=parent.utility_id)
    return made


async def rename_folder(session: AsyncSession, viewer: Viewer, folder_id: int, name: str) -> None:
    folder = await _lock_own(session, viewer, folder_id)
    former, name = folder.name, clean_folder_name(name)
    if name == former:
        return
    await _check_free(session, folder.parent_id, name)
    folder.name = name
    session.add(folder)
    await session.flush()
    details = {"ancien nom": former}
    audit.record(session, viewer, "Dossier renommé", name, utility_id=folder.utility_id, details=details)


async def remove_folder(session: AsyncSession, viewer: Viewer, folder_id: int) -> int | None:
    """The folder above. Only what is empty goes: nothing is lost by it."""
    folder = await _lock_own(session, viewer, folder_id)
    full = select(
        exists().where(col(Document.folder_id) == folder_id) | exists().where(col(Folder.parent_id) == folder_id)
    )
    if (await session.exec(full)).one():
        raise Invalid(NOT_EMPTY)
    await session.delete(folder)
    await session.flush()
    audit.record(session, viewer, "Dossier supprimé", folder.name, utility_id=folder.utility_id)
    return folder.parent_id


def clean_folder_name(typed: str) -> str:
    """Without what cannot be seen (controls, marks that turn the text round). Raises Invalid."""
    seen = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in typed)
    name = " ".join(unicodedata.normalize("NFC", seen).split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(UNNAMED, field=NAME)
    return name


async def _lock(session: AsyncSession, viewer: Viewer, folder_id: int) -> Folder:
    folder = await lock_folder(session, viewer, folder_id)
    require_rank(viewer, folder.utility_id, StaffRank.AGENT)
    return folder


async def _lock_own(session: AsyncSession, viewer: Viewer, folder_id: int) -> Folder:
    """One that staff have made."""
    folder = await _lock(session, viewer, folder_id)
    if folder.kind is not FolderKind.OTHER:
        raise Invalid(STANDARD)
    return folder


async def _check_room(session: AsyncSession, parent: Folder) -> None:
    tree = await list_branches(await reader_of(session), [parent.subscriber_id])
    level = next((branch.level for branch in tree if branch.id == parent.id), DEEPEST)
    if level >= DEEPEST:
        raise Invalid(f"Les dossiers ont au plus {DEEPEST} niveaux.")
    if len(tree) >= MOST_FOLDERS:
        raise Invalid(f"Un abonné a au plus {MOST_FOLDERS} dossiers.")


async def _check_free(session: AsyncSession, parent_id: int | None, name: str) -> None:
    taken = select(Folder.id).where(Folder.parent_id == parent_id, Folder.name == name)
    if (await session.exec(taken)).first() is not None:
        raise Invalid(TAKEN, field=NAME)
