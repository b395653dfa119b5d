"""Whom to write to about a contract: who pays it or lives there, by every address that is known of them."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from sqlalchemy import text

from portail_app.reading import Prepared, Reader


class Addressee(NamedTuple):
    email: str
    name: str


async def find_addressees(reader: Reader, contract_ids: Collection[int], today: date) -> dict[int, list[Addressee]]:
    """By contract. An owner who is neither payer nor occupant is not told (models/contract.py)."""
    found: dict[int, list[Addressee]] = {}
    for contract_id, email, name in await reader.rows(_ADDRESSEES, contract_ids=list(contract_ids), today=today):
        found.setdefault(contract_id, []).append(Addressee(email, name))
    return found


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
