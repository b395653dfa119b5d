"""One invoice: its lines by rubric, its sums, and why it cannot be paid now, if it cannot."""

from datetime import date

import reflex as rx

from models import Invoice, InvoiceLine
from models.billing.vat import InvoiceTotals, totals_of
from portail_app.database import transaction
from portail_app.errors import NotFound
from portail_app.services.invoices import find_invoice, list_lines
from portail_app.services.payables import find_obstacle
from portail_app.states.access import subscriber_event
from portail_app.states.clock import now, today
from portail_app.states.urls import read_last
from portail_app.viewer import Viewer


class InvoiceState(rx.State):
    invoice: Invoice | None = None
    rubrics: dict[str, list[InvoiceLine]] = {}
    totals: dict[str, int] = {}
    vat_shares: list[dict[str, int]] = []
    obstacle: str = ""
    missing: str = ""
    today: date | None = None

    @subscriber_event
    async def load(self, viewer: Viewer) -> None:
        try:
            async with transaction(viewer) as session:
                invoice = await find_invoice(session, viewer, read_last(self.router.url.path))
                lines = await list_lines(session, invoice)
                obstacle = await find_obstacle(session, viewer, invoice, now())
        except NotFound as missing:
            self.invoice, self.missing = None, missing.sentence
            return
        self.rubrics = _by_rubric(lines)
        self.totals, self.vat_shares = _sums(totals_of(lines))
        self.invoice, self.obstacle, self.today, self.missing = invoice, obstacle, today(), ""


def _by_rubric(lines: list[InvoiceLine]) -> dict[str, list[InvoiceLine]]:
    rubrics: dict[str, list[InvoiceLine]] = {}
    for line in lines:
        rubrics.setdefault(line.rubric, []).append(line)
    return rubrics


def _sums(totals: InvoiceTotals) -> tuple[dict[str, int], list[dict[str, int]]]:
    shares = [{"basis_points": share.basis_points, "cents": share.vat_cents} for share in totals.shares]
    return {"net": totals.net_cents, "gross": totals.gross_cents}, shares
