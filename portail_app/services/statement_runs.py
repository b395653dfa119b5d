"""One run of a statement that was sent: for good, or to see what it would change."""

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portail_app.database import database_url
from portail_app.gateways.storage import read_whole
from portail_app.imports.treasury import StatementReport, read_statement
from portail_app.troubles import unavailable_in_trouble


@dataclass(frozen=True, slots=True)
class SentStatement:
    """A file that has come, and the codes of the utilities whose payments its sender reconciles."""

    key: str
    name: str
    codes: frozenset[str]


async def run_statement(statement: SentStatement, *, is_rehearsal: bool) -> StatementReport:
    """Outside any transaction: the import has its own, and its own lock. Raises Refusal, having written nothing."""
    with tempfile.TemporaryDirectory() as folder, unavailable_in_trouble():
        path = Path(folder) / statement.name
        path.write_bytes(await read_whole(statement.key))
        return await asyncio.to_thread(read_statement, database_url(), path, statement.codes, is_rehearsal=is_rehearsal)
