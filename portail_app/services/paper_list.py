"""The list of who receives their invoices on paper, as a file that leaves the portal."""

from collections import Counter

from sqlmodel.ext.asyncio.session import AsyncSession

from portail_app.services import audit
from portail_app.services.paging import Page, Sought
from portail_app.services.paper_desk import PaperRow, PaperTab, list_papers
from portail_app.viewer import Viewer

EXPORTED_AT_MOST = 100_000
_SAID = {
    PaperTab.PAPERLESS: "Abonnés sans papier",
    PaperTab.PAPER: "Abonnés avec papier",
    PaperTab.CHOSEN: "Choix des abonnés",
}


async def export_papers(session: AsyncSession, viewer: Viewer, tab: PaperTab, sought: Sought) -> Page[PaperRow]:
    """Those that the page shows, filtered as there. That they were taken is in the audit trail of each utility."""
    found = await list_papers(session, viewer, tab, sought)
    for utility_id, count in sorted(Counter(row.utility_id for row in found).items()):
        details = {"abonnés": count, "recherche": sought.search}
        audit.record(session, viewer, "Liste papier exportée", _SAID[tab], utility_id=utility_id, details=details)
    return found
