"""PDFs of the billing software, matched with their invoice by the number in the file's name."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from psycopg import Connection

from portail_app.errors import Refusal
from portail_app.gateways.storage import Shelf
from portail_app.imports.reports import FileReport

BATCH_FILES = 200
LARGEST_PDF = 10 * 1024 * 1024
LEADING_WORD = re.compile(r"(?:facture|avoir)[ _-]+", re.IGNORECASE)

MATCHES = """
    SELECT named.place, invoice.id, invoice.number = named.whole, invoice.pdf_key
    FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[]) AS named(place, utility, whole, first)
    JOIN utility ON named.utility IS NULL OR utility.code = named.utility
    JOIN invoice ON invoice.utility_id = utility.id AND invoice.number = ANY (ARRAY[named.whole, named.first])
"""
ATTACHMENT = """
    UPDATE invoice SET pdf_key = attached.key FROM unnest(%s::int[], %s::text[]) AS attached(id, key)
    WHERE invoice.id = attached.id
"""


class InvoiceName(NamedTuple):
    """What a file's name says: `demo_2017-020-002059_MARTIN` has a utility, a number, and a rest to ignore."""

    utility: str | None
    whole: str
    first: str


class Match(NamedTuple):
    invoice_id: int
    is_whole: bool
    pdf_key: str | None


def import_pdfs(connection: Connection, paths: Sequence[Path], store: Shelf, report: FileReport) -> None:
    """Every batch is one transaction: the files are stored before, so that a row never names a missing file."""
    attached: set[int] = set()
    for start in range(0, len(paths), BATCH_FILES):
        batch = paths[start : start + BATCH_FILES]
        with connection.transaction():
            _import_batch(connection, batch, store, report, attached)
        report.on_progress(start + len(batch), len(paths))


def _import_batch(
    connection: Connection, paths: Sequence[Path], store: Shelf, report: FileReport, attached: set[int]
) -> None:
    changes: dict[int, str] = {}
    for path, found in zip(paths, _matches(connection, paths), strict=True):
        report.read += 1
        try:
            match = _single(found, attached)
            key = store.add(_pdf_content(path))
        except Refusal as refusal:
            report.refused += 1
            report.explain(0, path.name, "", refusal.sentence)
            continue
        attached.add(match.invoice_id)
        _count(report, match.pdf_key, key)
        if key != match.pdf_key:
            changes[match.invoice_id] = key
    connection.execute(ATTACHMENT, (list(changes), list(changes.values())))


def _matches(connection: Connection, paths: Sequence[Path]) -> list[list[Match]]:
    """For each file, the invoices that its name may mean."""
    codes = {code for (code,) in connection.execute("SELECT code FROM utility")}
    names = [read_name(path, codes) for path in paths]
    found: list[list[Match]] = [[] for _ in paths]
    columns = [list(column) for column in zip(*names, strict=True)]
    for place, *match in connection.execute(MATCHES, (list(range(len(paths))), *columns)):
        found[place].append(Match(*match))
    return found


def read_name(path: Path, codes: set[str]) -> InvoiceName:
    """`NUMBER`, `CODE_NUMBER` or `CODE/NUMBER`, perhaps after « facture_ » and before « _anything »."""
    stem = LEADING_WORD.sub("", path.stem, count=1) if LEADING_WORD.match(path.stem) else path.stem
    code, _, rest = stem.partition("_")
    if code in codes and rest:
        return InvoiceName(code, rest, re.split("[ _]", rest)[0])
    folder = path.parent.name
    return InvoiceName(folder if folder in codes else None, stem, re.split("[ _]", stem)[0])


def _single(found: Sequence[Match], attached: set[int]) -> Match:
    candidates = [match for match in found if match.is_whole] or list(found)
    if not candidates:
        raise Refusal("aucune facture ne porte ce numéro")
    if len(candidates) > 1:
        raise Refusal("plusieurs collectivités ont une facture de ce numéro : nommez le fichier CODE_NUMERO.pdf")
    if candidates[0].invoice_id in attached:
        raise Refusal("un autre fichier de cet import porte déjà ce numéro")
    return candidates[0]


def _pdf_content(path: Path) -> bytes:
    if path.stat().st_size > LARGEST_PDF:
        raise Refusal(f"plus de {LARGEST_PDF // 1024 // 1024} Mo")
    content = path.read_bytes()
    if not content.startswith(b"%PDF-"):
        raise Refusal("ce fichier n’est pas un PDF")
    return content


def _count(report: FileReport, before: str | None, key: str) -> None:
    if before is None:
        report.new += 1
    elif before == key:
        report.unchanged += 1
    else:
        report.changed += 1
