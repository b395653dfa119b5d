"""Who pays a contract or lives there, and whom to write to about it: by every address that is known of them."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import col, or_, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models import ContractParty, PartyRole
from portail_app.reading import Prepared, Reader


class Addressee(NamedTuple):
    email: str
    name: str


async def find_addressees(reader: Reader, contract_ids: Collection[int], today: date) -> dict[int, list[Addressee]]:
    """By contract. An owner who is neither payer nor occupant is not told (models/water/contract.py)."""
    found: dict[int, list[Addressee]] = {}
    for contract_id, email, name in await reader.rows(_ADDRESSEES, contract_ids=list(contract_ids), today=today):
        found.setdefault(contract_id, []).append(Addressee(email, name))
    return found


async def list_followers(
    session: AsyncSession, contract_id: int, first: date | None, last: date | None
) -> tuple[int, ...]:
    """The subscribers who follow that contract at some time from `first` to `last` (always, where None)."""
    since, until = col(ContractParty.since), col(ContractParty.until)
    following = select(ContractParty.subscriber_id).where(
        ContractParty.contract_id == contract_id, ContractParty.role != PartyRole.OWNER
    )
    if last is not None:
        following = following.where(or_(since.is_(None), since <= last))
    if first is not None:
        following = following.where(or_(until.is_(None), until >= first))
    return tuple(sorted(set((await session.exec(following)).all())))


_ADDRESSEES = Prepared(
    text("""
    WITH party AS (
        SELECT DISTINCT contract_id, subscriber_id FROM contract_party
        WHERE contract_id = ANY(:contract_ids) AND role <> 'proprietaire'
        AND coalesce(since, '-infinity') <= :today AND coalesce(until, 'infinity') >= :today
    ), address AS (
        SELECT contract_id, lower(subscriber.email) AS email, subscriber.name
        FROM party JOIN subscriber ON subscriber.id = subscriber_id WHERE subscriber.email <> ''
        UNION ALL
        SELECT contract_id, lower(account.email), account.name
        FROM party JOIN account_subscriber AS held USING (subscriber_id) JOIN account ON account.id = held.account_id
        WHERE held.hold = 'titulaire' AND account.activated_at IS NOT NULL
    )
    SELECT contract_id, email, min(name) FROM address GROUP BY contract_id, email ORDER BY contract_id, email
    """)
)
