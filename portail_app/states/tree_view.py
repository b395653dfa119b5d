"""A tree as a page shows it: as far as it is open, and one page of the folder that its URL names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portail_app.database import transaction
from portail_app.reading import Reader, reading
from portail_app.services.folders import Branch, lacks_folders, list_branches, plant_folders
from portail_app.services.papers import PAGE_SIZE, Paper, list_papers
from portail_app.states.urls import LARGEST_ID, LAST_PAGE, read_number
from portail_app.viewer import Viewer

NO_PLACE = dict.fromkeys(("id", "kind", "label", "url", "seen", "adds", "range", "previous", "next"), "")


@dataclass(frozen=True)
class Site:
    """Whose trees, the page's own path, where a file for a folder is posted to (`{}` is its number), and into whose
    folders the viewer may (None: all)."""

    subscriber_ids: frozenset[int]
    path: str
    upload: str
    given_by: frozenset[int] | None = None


@dataclass(frozen=True)
class Wanted:
    """Which folder and which page of it, and what is open. `shut` is one that was just closed."""

    folder_id: int | None
    page: int
    open_ids: tuple[int, ...] = ()
    shut: int = 0
    is_first: bool = False


def read_wanted(parameters: Mapping[str, str], open_ids: tuple[int, ...], *, shut: int = 0, is_first: bool) -> Wanted:
    folder_id = read_number(parameters.get("dossier", ""), at_most=LARGEST_ID)
    page = read_number(parameters.get("page", ""), at_most=LAST_PAGE) or 1
    return Wanted(folder_id, page, open_ids, shut, is_first)


async def plant_what_lacks(viewer: Viewer, subscriber_ids: frozenset[int]) -> None:
    async with reading(viewer) as reader:
        is_lacking = await lacks_folders(reader, subscriber_ids)
    if is_lacking:
        async with transaction(viewer) as session:
            await plant_folders(session, subscriber_ids)


async def read_tree(viewer: Viewer, site: Site, wanted: Wanted) -> dict[str, Any]:
    """The values of the vars of `ShowsTree`. A folder that is none of theirs shows the first that holds something."""
    async with reading(viewer) as reader:
        tree = await list_branches(reader, site.subscriber_ids, site.given_by)
        chosen = _chosen(tree, wanted.folder_id)
        papers, total, page = await _papers(reader, viewer, chosen, wanted.page)
    opened = _opened(tree, chosen, wanted)
    return {
        "open_ids": opened,
        "branches": _visible(tree, opened),
        "papers": tuple(papers),
        "place": {**_place(site, chosen, page, total), "adds": "oui" if _may_add(tree) else ""},
        "is_loaded": True,
    }


async def _papers(reader: Reader, viewer: Viewer, chosen: Branch | None, page: int) -> tuple[list[Paper], int, int]:
    """A page, how many there are on all, and which page it is: the first where the one asked for has become empty."""
    if chosen is None:
        return [], 0, page
    papers, total = await list_papers(reader, viewer, chosen.id, page)
    return (papers, total, page) if papers or page == 1 else await _papers(reader, viewer, chosen, 1)


def _chosen(tree: Sequence[Branch], wanted: int | None) -> Branch | None:
    named = next((branch for branch in tree if branch.id == wanted), None)
    full = next((branch for branch in tree if branch.level > 1 and branch.has_documents), None)
    return named or full or next(iter(tree), None)


def _opened(tree: Sequence[Branch], chosen: Branch | None, wanted: Wanted) -> tuple[int, ...]:
    """What was open; at first the roots; and what is above the folder that is looked at."""
    opened = {*wanted.open_ids, *(branch.id for branch in tree if wanted.is_first and branch.level == 1)}
    by_id = {branch.id: branch for branch in tree}
    above = by_id.get(chosen.parent_id or 0) if chosen else None
    while above is not None:
        opened.add(above.id)
        above = by_id.get(above.parent_id or 0)
    return tuple(sorted((opened & by_id.keys()) - {wanted.shut}))


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


def _may_add(tree: Sequence[Branch]) -> bool:
    """To one folder at least."""
    return any(branch.takes_deposits for branch in tree)


def _place(site: Site, chosen: Branch | None, page: int, total: int) -> dict[str, str]:
    if chosen is None:
        return NO_PLACE
    here = f"{site.path}?dossier={chosen.id}"
    first, last = (page - 1) * PAGE_SIZE + 1, min(total, page * PAGE_SIZE)
    return {
        "id": str(chosen.id),
        "kind": chosen.kind,
        "label": chosen.label,
        "url": site.upload.format(chosen.id) if chosen.takes_deposits else "",
        "seen": "oui" if chosen.is_only_seen else "",
        "range": f"Documents {first} à {last} sur {total}" if total > PAGE_SIZE else "",
        "previous": f"{here}&page={page - 1}" if page > 1 else "",
        "next": f"{here}&page={page + 1}" if last < total else "",
    }
