"""The portal's receipts beside the treasury's statement, payment by payment: what fits, and what somebody must explain.

A line and a receipt are one payment where the reference is the same (and the authorisation, where both have one); those
of one authorisation are put together first, and of the others with the same reference the first goes with the first. A
day is that of the payment here, else of the line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, String, and_, column, func, or_, select, text
from sqlmodel.ext.asyncio.session import AsyncSession

from models import Agreement
from portail_app.database import execute_sql
from portail_app.errors import Forbidden
from portail_app.viewer import Viewer

PAGE_SIZE = 50
EXPORTED_AT_MOST = 20_000
LOOKED_BACK = timedelta(days=400)
BOOKED_WITHIN = timedelta(days=31)  # a line may be that much later than its payment


class Fold(StrEnum):
    """Where a payment is filed, by the names that the URL gives."""

    OPEN = "ecarts"
    EXPLAINED = "expliques"
    MATCHED = "rapproches"
    WAITING = "en-attente"
    ALL = "tous"


@dataclass(frozen=True, slots=True)
class ReconciliationQuery:
    fold: Fold = Fold.OPEN
    day: date | None = None
    search: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class ReconciledPayment:
    """One payment as both sides tell it. A side that does not know it has no amount; `reason` is staff's own."""

    utility_id: int
    line_id: int | None
    receipt_id: int | None
    day: date
    booked_on: date | None
    reference: str
    numbers: str
    authorisation: str
    here_cents: int | None
    there_cents: int | None
    agreement: Agreement
    reason: str
    fold: Fold

    @property
    def difference_cents(self) -> int:
        return (self.here_cents or 0) - (self.there_cents or 0)


@dataclass(frozen=True, slots=True)
class ReconciliationPage:
    payments: tuple[ReconciledPayment, ...] = ()
    total: int = 0
    here_cents: int = 0
    there_cents: int = 0


async def list_reconciled(
    session: AsyncSession, viewer: Viewer, query: ReconciliationQuery, today: date, *, size: int = PAGE_SIZE
) -> ReconciliationPage:
    """The newest day first, with the sums of all pages. Raises Forbidden for who is not staff."""
    sums = (func.count().over(), _sum(_ALL.c.here_cents), _sum(_ALL.c.there_cents))
    wanted = select(*_ALL.c, *sums).where(*_conditions(query)).order_by(*_NEWEST)
    paged = wanted.limit(size).offset((query.page - 1) * size)
    found: list[Any] = list(await execute_sql(session, paged, **_bounds(viewer, today)))
    if not found:
        return ReconciliationPage()
    *_, total, here_cents, there_cents = found[0]
    return ReconciliationPage(tuple(_payment(*row[:-3]) for row in found), total, here_cents, there_cents)


async def count_unexplained(session: AsyncSession, viewer: Viewer, today: date) -> int:
    open_ones = select(func.count()).select_from(_ALL).where(_ALL.c.fold == Fold.OPEN)
    count: int = (await execute_sql(session, open_ones, **_bounds(viewer, today))).scalar_one()
    return count


async def find_reconciled(
    session: AsyncSession, viewer: Viewer, line_id: int | None, receipt_id: int | None, today: date
) -> ReconciledPayment | None:
    """The payment that has that line or, without one, that receipt."""
    named = _ALL.c.line_id == line_id
    if line_id is None:
        named = and_(_ALL.c.line_id.is_(None), _ALL.c.receipt_id == receipt_id)
    found = (await execute_sql(session, select(_ALL).where(named), **_bounds(viewer, today))).one_or_none()
    return _payment(*found) if found else None


def _payment(*columns: Any) -> ReconciledPayment:
    told = dict(zip(ReconciledPayment.__slots__, columns, strict=True))
    return ReconciledPayment(**told | {"agreement": Agreement(told["agreement"]), "fold": Fold(told["fold"])})


def _bounds(viewer: Viewer, today: date) -> dict[str, Any]:
    if not viewer.is_staff:
        raise Forbidden
    since = today - LOOKED_BACK
    bounds = {"since": since, "read_since": since - BOOKED_WITHIN, "today": today}
    return {"utility_ids": list(viewer.staffed_utility_ids), **bounds}


def _conditions(query: ReconciliationQuery) -> Iterator[ColumnElement[bool]]:
    if query.fold is not Fold.ALL:
        yield _ALL.c.fold == query.fold
    if query.day is not None:
        yield or_(_ALL.c.day == query.day, _ALL.c.booked_on == query.day)
    if query.search:
        searched = (_ALL.c.reference, _ALL.c.numbers, _ALL.c.authorisation, _ALL.c.reason)
        yield or_(*(words.icontains(query.search, autoescape=True) for words in searched))


def _sum(cents: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(cents).over(), 0)


_RECONCILED = """
WITH line AS (
    SELECT l.*, row_number() OVER (PARTITION BY l.utility_id, l.key, l.authorisation ORDER BY l.paid_on, l.id) AS turn
    FROM (
        SELECT s.*, upper(coalesce(a.refdet, regexp_replace(s.reference, '[^A-Za-z0-9]', '', 'g'))) AS key
        FROM statement_line s
        LEFT JOIN payment_attempt a ON a.utility_id = s.utility_id AND a.reference = s.reference
        WHERE s.utility_id = ANY(:utility_ids) AND s.paid_on >= :read_since
    ) l
), paid AS (
    SELECT r.id, a.id AS attempt_id, a.utility_id, r.amount_cents, r.authorisation, a.refdet, upper(a.refdet) AS key,
           r.paid_at, (r.paid_at AT TIME ZONE 'Europe/Paris')::date AS paid_on,
           row_number() OVER (PARTITION BY a.utility_id, upper(a.refdet), r.authorisation ORDER BY r.paid_at, r.id)
               AS turn
    FROM receipt r
    JOIN payment_attempt a ON a.id = r.attempt_id
    JOIN utility u ON u.id = a.utility_id AND u.payfip_mode = a.mode
    WHERE a.utility_id = ANY(:utility_ids) AND r.paid_at >= :read_since
), covered AS (
    SELECT utility_id, min(paid_on) AS since, max(paid_on) AS until
    FROM line WHERE paid_on <= :today GROUP BY utility_id
), authorised AS (
    SELECT line.id AS line_id, paid.id AS receipt_id
    FROM line JOIN paid USING (utility_id, key, authorisation, turn) WHERE authorisation <> ''
), other_line AS (
    SELECT line.*, row_number() OVER (PARTITION BY utility_id, key ORDER BY paid_on, id) AS its_turn
    FROM line WHERE id NOT IN (SELECT line_id FROM authorised)
), other_paid AS (
    SELECT paid.*, row_number() OVER (PARTITION BY utility_id, key ORDER BY paid_at, id) AS its_turn
    FROM paid WHERE id NOT IN (SELECT receipt_id FROM authorised)
), together AS (
    SELECT line_id, receipt_id FROM authorised
    UNION ALL
    SELECT l.id, p.id FROM other_line l FULL JOIN other_paid p
        ON l.utility_id = p.utility_id AND l.key = p.key AND l.its_turn = p.its_turn
        AND '' IN (l.authorisation, p.authorisation)
), pair AS (
    SELECT coalesce(line.utility_id, paid.utility_id) AS utility_id, line_id, receipt_id,
           coalesce(paid.paid_on, line.paid_on) AS day, line.paid_on AS booked_on,
           coalesce(paid.refdet, line.reference) AS reference,
           coalesce((SELECT string_agg(invoice_number, ', ' ORDER BY id) FROM payment_allocation
                     WHERE attempt_id = paid.attempt_id), '') AS numbers,
           coalesce(nullif(line.authorisation, ''), paid.authorisation, '') AS authorisation,
           paid.amount_cents AS here_cents, line.amount_cents AS there_cents
    FROM together LEFT JOIN line ON line.id = line_id LEFT JOIN paid ON paid.id = receipt_id
), judged AS (
    SELECT pair.*,
           CASE WHEN line_id IS NULL THEN
                    CASE WHEN day BETWEEN covered.since AND covered.until
                         THEN 'absent-du-releve' ELSE 'releve-a-venir' END
                WHEN receipt_id IS NULL THEN 'absent-du-portail'
                WHEN here_cents <> there_cents THEN 'montant-different'
                ELSE 'rapproche' END AS agreement
    FROM pair LEFT JOIN covered ON covered.utility_id = pair.utility_id
    WHERE day >= :since
)
SELECT judged.utility_id, judged.line_id, judged.receipt_id, day, booked_on, reference, numbers, authorisation,
       here_cents, there_cents, agreement, coalesce(e.reason, '') AS reason,
       CASE WHEN agreement = 'rapproche' THEN 'rapproches' WHEN agreement = 'releve-a-venir' THEN 'en-attente'
            WHEN e.id IS NULL THEN 'ecarts' ELSE 'expliques' END AS fold
FROM judged LEFT JOIN difference_explanation e
    ON e.utility_id = judged.utility_id
    AND CASE WHEN judged.line_id IS NULL THEN e.receipt_id = judged.receipt_id ELSE e.line_id = judged.line_id END
    AND e.difference_cents = coalesce(here_cents, 0) - coalesce(there_cents, 0)
"""
_SHOWN = text(_RECONCILED).columns(
    column("utility_id", Integer),
    column("line_id", Integer),
    column("receipt_id", Integer),
    column("day", Date),
    column("booked_on", Date),
    column("reference", String),
    column("numbers", String),
    column("authorisation", String),
    column("here_cents", Integer),
    column("there_cents", Integer),
    column("agreement", String),
    column("reason", String),
    column("fold", String),
)
_ALL = _SHOWN.subquery("reconciled")
_NEWEST = (_ALL.c.day.desc(), _ALL.c.reference, _ALL.c.line_id, _ALL.c.receipt_id)
