"""Trees, contracts and deposits of the cast, for the tests of documents."""

import hashlib

from sqlmodel import select

from models import (
    Contract,
    ContractParty,
    DeliveryPoint,
    Document,
    Folder,
    FolderKind,
    PartyRole,
)
from portail_app.reading import reader_of
from portail_app.services.deposits import deposit
from portail_app.services.files import Upload
from portail_app.services.folders import list_branches, plant_folders
from portail_app.services.papers import list_papers
from portail_app.viewer import Viewer
from tests.factories import NOW, TODAY, save


def upload(name: str = "bail.pdf", size: int = 1000) -> Upload:
    return Upload(hashlib.sha256(name.encode()).hexdigest(), name, "application/pdf", size)


async def plant(session, viewer: Viewer) -> list:
    await plant_folders(session, viewer.subscriber_ids)
    return await branches(session, viewer)


async def branches(session, viewer: Viewer) -> list:
    return await list_branches(await reader_of(session), viewer.subscriber_ids)


async def papers(session, viewer: Viewer, folder_id: int, page: int = 1):
    return await list_papers(await reader_of(session), viewer, folder_id, page)


async def folder_of(session, viewer: Viewer, kind: FolderKind) -> Folder:
    await plant_folders(session, viewer.subscriber_ids)
    (subscriber_id,) = viewer.subscriber_ids
    wanted = select(Folder).where(Folder.subscriber_id == subscriber_id, Folder.kind == kind).order_by(Folder.id)
    return (await session.exec(wanted)).first()


async def sent(session, viewer: Viewer, name: str = "bail.pdf", **values) -> Document:
    folder = await folder_of(session, viewer, FolderKind.SENT)
    return await deposit(session, viewer, folder.id, upload(name, **values), NOW)


async def sign_contract(session, viewer: Viewer, number: str, role: PartyRole = PartyRole.PAYER) -> Contract:
    (utility_id,), (subscriber_id,) = viewer.subscribed_utility_ids, viewer.subscriber_ids
    point = await save(session, DeliveryPoint(utility_id=utility_id, number=number, address="12 rue du Moulin"))
    contract = Contract(utility_id=utility_id, delivery_point_id=point.id, number=number, started_on=TODAY)
    await save(session, contract)
    await save(session, ContractParty(contract_id=contract.id, subscriber_id=subscriber_id, role=role))
    return contract
