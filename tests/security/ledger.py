"""What the database holds of everybody but one: the same before and after, or somebody wrote what they must not."""

from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlmodel import SQLModel

# Asking for a link, trying a password: whoever comes by writes these, and that is what they are for.
WRITTEN_BY_ANYBODY = {"attempt_counter", "mail", "mail_body", "access_link", "sign_in_ticket"}


@dataclass(frozen=True)
class Own:
    """Whose own affairs are left out: an account, its subscriber, and the utility that it works for."""

    account_id: int = -1
    utility_id: int = -1
    subscriber_id: int = -1


def ledger(database: str, own: Own) -> dict[str, tuple[int, str]]:
    """By table, how many rows others have, and a checksum of them."""
    with psycopg.connect(database, autocommit=True) as connection:
        return {
            table.name: connection.execute(_statement(table.name, set(table.columns.keys())), vars(own)).fetchone()
            for table in SQLModel.metadata.sorted_tables
            if table.name not in WRITTEN_BY_ANYBODY
        }


def _statement(table: str, columns: set[str]) -> sql.Composed:
    owners = {"account_id", "utility_id", "subscriber_id"} & columns
    if table == "account":
        owners = set()
    conditions = [sql.SQL("true")] + [
        sql.SQL("{} IS DISTINCT FROM {}").format(sql.Identifier(name), sql.Placeholder(name)) for name in sorted(owners)
    ]
    return sql.SQL(
        "SELECT count(*), coalesce(md5(string_agg(md5(t::text), '' ORDER BY t::text)), '') FROM {} t WHERE {}"
    ).format(sql.Identifier(table), sql.SQL(" AND ").join(conditions))
