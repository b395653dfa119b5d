"""Folders: the tree of each subscriber, one for each contract, and where a document lies somewhere below."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ARRAY, ColumnElement, Integer, and_, any_, bindparam, exists, func, or_, select, text, true
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as select_entity
from sqlmodel.ext.asyncio.session import AsyncSession

from models import (
    Contract,
    ContractParty,
    DeliveryPoint,
    Document,
    Folder,
    FolderKind,
    Invoice,
    InvoiceContract,
    PartyRole,
    Subscriber,
)
from portail_app.errors import NotFound
from portail_app.reading import Prepared, Reader
from portail_app.services.files import lock_subscriber
from portail_app.viewer import Scope, Viewer

READABLE: dict[Scope, ColumnElement[bool]] = {
    Scope.SYSTEM: true(),
    Scope.STAFF: col(Folder.utility_id) == any_(bindparam("utility_ids", type_=ARRAY(Integer))),
    Scope.SUBSCRIBER: col(Folder.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer))),
}
"""The one rule of who reads which folder: every read of one starts here."""

STANDARD = {
    FolderKind.INVOICES: "Factures",
    FolderKind.CONTRACT: "Contrat",
    FolderKind.SENT: "Pièces transmises",
}
FILLED_BY_ITSELF = (FolderKind.ROOT, FolderKind.INVOICES)
MOST_SHOWN = 1_000

_BILLED = select(col(InvoiceContract.id)).where(col(InvoiceContract.invoice_id) == col(Invoice.id))
_FIRST_ROOT = aliased(Folder)
HOLDS_INVOICE = and_(
    col(Folder.kind) == FolderKind.INVOICES,
    col(Invoice.subscriber_id) == col(Folder.subscriber_id),
    or_(
        _BILLED.where(col(InvoiceContract.contract_id) == col(Folder.contract_id)).correlate(Invoice, Folder).exists(),
        and_(
            ~_BILLED.correlate(Invoice).exists(),
            col(Folder.parent_id)
            == select(func.min(col(_FIRST_ROOT.id)))
            .where(col(_FIRST_ROOT.subscriber_id) == col(Folder.subscriber_id), col(_FIRST_ROOT.parent_id).is_(None))
            .correlate(Folder)
            .scalar_subquery(),
        ),
    ),
)
"""Which invoices appear in which folder: those of its contract; those of no contract in the subscriber's first tree."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A folder in its tree. `has_documents` is the triangle: something lies in it, or somewhere below."""

    id: int
    parent_id: int | None
    kind: str
    label: str
    level: int
    has_documents: bool
    has_folders: bool
    takes_deposits: bool
    path: str
    is_only_seen: bool = False


async def find_folder(session: AsyncSession, viewer: Viewer, folder_id: int) -> Folder:
    wanted = select_entity(Folder).where(READABLE[viewer.scope], col(Folder.id) == folder_id).params(**viewer.bounds)
    folder = (await session.exec(wanted)).one_or_none()
    if folder is None:
        raise NotFound("Dossier")
    return folder


async def lock_folder(session: AsyncSession, viewer: Viewer, folder_id: int) -> Folder:
    """One after the other with whatever else changes that subscriber's tree, until this commits."""
    await lock_subscriber(session, (await find_folder(session, viewer, folder_id)).subscriber_id)
    again = select_entity(Folder).where(col(Folder.id) == folder_id).execution_options(populate_existing=True)
    folder = (await session.exec(again)).one_or_none()
    if folder is None:
        raise NotFound("Dossier")
    return folder


async def list_branches(
    reader: Reader, subscriber_ids: Iterable[int], given_by: Iterable[int] | None = None
) -> list[Branch]:
    """The trees of these subscribers, open contracts first, the oldest first, each parent before its children.

    Whose they may be is the caller's to say, and into whose (all where None) the viewer may put what is theirs.
    """
    asked = list(subscriber_ids)
    found = await reader.rows(_TREE, subscriber_ids=asked, given_by=asked if given_by is None else list(given_by))
    return _arranged([_Found(*row) for row in found])


async def lacks_folders(reader: Reader, subscriber_ids: Iterable[int]) -> bool:
    """Whether a subscriber has no tree yet, or a contract that has come since has none."""
    ((lacks,),) = await reader.rows(_LACKING, subscriber_ids=list(subscriber_ids))
    return bool(lacks)


async def plant_folders(session: AsyncSession, subscriber_ids: Iterable[int]) -> None:
    """Give each subscriber the tree of each contract that they pay or live under, or one tree without a contract.

    Planting twice changes nothing, at the same moment neither.
    """
    ids = {"ids": list(subscriber_ids)}
    connection = await session.connection()
    for statement in (_PLANT_CONTRACTS, _PLANT_SUBSCRIBERS, _PLANT_STANDARD):
        await connection.execute(statement, ids)


@dataclass(frozen=True, slots=True)
class _Found:
    id: int
    parent_id: int | None
    kind: str
    name: str
    contract: str | None
    service: str | None
    place: str | None
    subscriber: str
    has_own: bool
    is_given: bool

    @property
    def label(self) -> str:
        if self.kind != FolderKind.ROOT:
            return self.name
        if self.contract is None:
            return f"Abonnement {self.subscriber}"
        return " · ".join(part for part in (self.service, self.place or f"contrat {self.contract}") if part)


def _arranged(found: list[_Found]) -> list[Branch]:
    """In the order of a tree; a folder under a full one is full."""
    children: dict[int | None, list[_Found]] = {}
    for folder in found:
        children.setdefault(folder.parent_id, []).append(folder)
    branches: list[Branch] = []
    for root in children.get(None, []):
        branches += _below(root, children, level=1, above="")
    return branches


def _below(folder: _Found, children: dict[int | None, list[_Found]], level: int, above: str) -> list[Branch]:
    path = f"{above} › {folder.label}" if above else folder.label
    lower = [branch for child in children.get(folder.id, []) for branch in _below(child, children, level + 1, path)]
    has_documents = folder.has_own or any(branch.has_documents for branch in lower)
    own = Branch(
        folder.id,
        folder.parent_id,
        folder.kind,
        folder.label,
        level,
        has_documents,
        has_folders=bool(lower),
        takes_deposits=folder.is_given and folder.kind not in FILLED_BY_ITSELF,
        path=path,
        is_only_seen=not folder.is_given and folder.kind not in FILLED_BY_ITSELF,
    )
    return [own, *lower]


_OWN = col(Folder.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer)))
_TREE = Prepared(
    select(
        col(Folder.id),
        col(Folder.parent_id),
        col(Folder.kind),
        col(Folder.name),
        col(Contract.number),
        col(Contract.service),
        col(DeliveryPoint.address),
        col(Subscriber.number),
        exists().where(col(Document.folder_id) == col(Folder.id)) | exists().where(HOLDS_INVOICE),
        col(Folder.subscriber_id) == any_(bindparam("given_by", type_=ARRAY(Integer))),
    )
    .join_from(Folder, Subscriber, col(Subscriber.id) == col(Folder.subscriber_id))
    .outerjoin(Contract, col(Contract.id) == col(Folder.contract_id))
    .outerjoin(DeliveryPoint, col(DeliveryPoint.id) == col(Contract.delivery_point_id))
    .where(_OWN)
    .order_by(col(Contract.ended_on).is_not(None), col(Contract.started_on), col(Folder.id))
    .limit(MOST_SHOWN)
)
_FOLLOWS = or_(col(ContractParty.role) == PartyRole.PAYER, col(ContractParty.role) == PartyRole.OCCUPANT)
_LACKING = Prepared(
    select(
        exists().where(
            col(Subscriber.id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer))),
            ~exists().where(col(Folder.subscriber_id) == col(Subscriber.id)),
        )
        | exists().where(
            col(ContractParty.subscriber_id) == any_(bindparam("subscriber_ids", type_=ARRAY(Integer))),
            _FOLLOWS,
            ~exists().where(
                col(Folder.subscriber_id) == col(ContractParty.subscriber_id),
                col(Folder.contract_id) == col(ContractParty.contract_id),
            ),
        )
    )
)
_PLANT_CONTRACTS = text(
    """INSERT INTO folder (utility_id, subscriber_id, contract_id, kind, name)
    SELECT contract.utility_id, party.subscriber_id, contract.id, 'racine', ''
    FROM contract_party party JOIN contract ON contract.id = party.contract_id
    WHERE party.subscriber_id = ANY(:ids) AND party.role IN ('redevable', 'occupant')
    ORDER BY contract.ended_on IS NOT NULL, contract.started_on, contract.id
    ON CONFLICT DO NOTHING"""
)
_PLANT_SUBSCRIBERS = text(
    """INSERT INTO folder (utility_id, subscriber_id, kind, name)
    SELECT subscriber.utility_id, subscriber.id, 'racine', '' FROM subscriber
    WHERE subscriber.id = ANY(:ids) AND NOT EXISTS (SELECT FROM folder WHERE folder.subscriber_id = subscriber.id)
    ON CONFLICT DO NOTHING"""
)
_PLANT_STANDARD = text(
    """INSERT INTO folder (utility_id, subscriber_id, contract_id, parent_id, kind, name)
    SELECT root.utility_id, root.subscriber_id, root.contract_id, root.id, standard.kind, standard.name
    FROM folder root CROSS JOIN (VALUES (1, 'factures', 'Factures'), (2, 'contrat', 'Contrat'),
        (3, 'transmises', 'Pièces transmises')) AS standard (place, kind, name)
    WHERE root.subscriber_id = ANY(:ids) AND root.kind = 'racine'
    ORDER BY root.id, standard.place
    ON CONFLICT DO NOTHING"""
)
