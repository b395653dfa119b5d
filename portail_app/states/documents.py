"""Mes documents: the tree as far as it is open, and a page of the folder that is looked at."""

from collections.abc import Mapping, Sequence

import reflex as rx

from portail_app.database import transaction
from portail_app.reading import Reader, reading
from portail_app.services.documents import PAGE_SIZE, Paper, list_papers
from portail_app.services.filing import withdraw_document
from portail_app.services.folders import Branch, lacks_folders, list_branches, plant_folders
from portail_app.states.access import subscriber_event
from portail_app.states.urls import LAST_PAGE, read_number
from portail_app.viewer import Viewer

PATH = "/documents"
NO_PLACE = {"id": "", "label": "", "url": "", "range": "", "previous": "", "next": ""}


class DocumentsState(rx.State):
    branches: tuple[Branch, ...] = ()
    open_ids: tuple[int, ...] = ()
    papers: tuple[Paper, ...] = ()
    place: dict[str, str] = NO_PLACE
    is_loaded: bool = False

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        """The folder that the URL names, else the first that holds something."""
        await self._plant(viewer)
        await self._read(viewer, self.open_ids)

    @subscriber_event
    async def toggle(self, viewer: Viewer, folder_id: int) -> None:
        """Show what is below a folder, or hide it."""
        was_open = folder_id in self.open_ids
        rest = tuple(open_id for open_id in self.open_ids if open_id != folder_id)
        await self._read(viewer, rest if was_open else (*rest, folder_id), shut=folder_id if was_open else 0)

    @subscriber_event
    async def withdraw(self, viewer: Viewer, document_id: int) -> None:
        """Take back what was sent and that nobody has filed yet."""
        async with transaction(viewer) as session:
            await withdraw_document(session, viewer, document_id)
        await self._read(viewer, self.open_ids)

    async def _plant(self, viewer: Viewer) -> None:
        async with reading(viewer) as reader:
            is_lacking = await lacks_folders(reader, viewer.subscriber_ids)
        if is_lacking:
            async with transaction(viewer) as session:
                await plant_folders(session, viewer.subscriber_ids)

    async def _read(self, viewer: Viewer, open_ids: tuple[int, ...], *, shut: int = 0) -> None:
        parameters = self.router.url.query_parameters
        page = read_number(parameters.get("page", ""), at_most=LAST_PAGE) or 1
        async with reading(viewer) as reader:
            tree = await list_branches(reader, viewer.subscriber_ids)
            chosen = _chosen(tree, parameters)
            papers, total = await _papers(reader, viewer, chosen, page)
        opened = _opened(tree, chosen, open_ids, shut, is_first=not self.is_loaded)
        self.open_ids, self.branches = opened, _visible(tree, opened)
        self.papers, self.place, self.is_loaded = tuple(papers), _place(chosen, page, total), True


async def _papers(reader: Reader, viewer: Viewer, chosen: Branch | None, page: int) -> tuple[list[Paper], int]:
    return await list_papers(reader, viewer, chosen.id, page) if chosen else ([], 0)


def _chosen(tree: Sequence[Branch], parameters: Mapping[str, str]) -> Branch | None:
    wanted = read_number(parameters.get("dossier", ""), at_most=2**31 - 1)
    named = next((branch for branch in tree if branch.id == wanted), None)
    full = next((branch for branch in tree if branch.level > 1 and branch.has_documents), None)
    return named or full or next(iter(tree), None)


def _opened(
    tree: Sequence[Branch], chosen: Branch | None, open_ids: tuple[int, ...], shut: int, *, is_first: bool
) -> tuple[int, ...]:
    """What was open; at first the roots; and what is above the folder that is looked at."""
    opened = {*open_ids, *(branch.id for branch in tree if is_first and branch.level == 1)}
    by_id = {branch.id: branch for branch in tree}
    above = by_id.get(chosen.parent_id or 0) if chosen else None
    while above is not None:
        opened.add(above.id)
        above = by_id.get(above.parent_id or 0)
    return tuple(sorted((opened & by_id.keys()) - {shut}))


def _visible(tree: Sequence[Branch], opened: tuple[int, ...]) -> tuple[Branch, ...]:
    """A branch is sent once all that is above it is open."""
    shown: set[int | None] = {None}
    visible = []
    for branch in tree:
        if branch.parent_id in shown:
            visible.append(branch)
            if branch.id in opened:
                shown.add(branch.id)
    return tuple(visible)


def _place(chosen: Branch | None, page: int, total: int) -> dict[str, str]:
    if chosen is None:
        return NO_PLACE
    here = f"{PATH}?dossier={chosen.id}"
    first, last = (page - 1) * PAGE_SIZE + 1, min(total, page * PAGE_SIZE)
    return {
        "id": str(chosen.id),
        "label": chosen.label,
        "url": f"{PATH}/dossiers/{chosen.id}/fichiers" if chosen.takes_deposits else "",
        "range": f"Documents {first} à {last} sur {total}" if total > PAGE_SIZE else "",
        "previous": f"{here}&page={page - 1}" if page > 1 else "",
        "next": f"{here}&page={page + 1}" if last < total else "",
    }
