"""The file of a leak on paper: the words and figures of its page, and its certificates."""

from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from models import Utility
from portail_app.pdf.invoice_sheet import addressee_of
from portail_app.pdf.leak import LeakSheet, Section
from portail_app.pdf.letterhead import letterhead_of
from portail_app.services.leaks.alerts import find_payer
from portail_app.services.leaks.files import read_file
from portail_app.services.leaks.paper_words import read_attachments, told_of
from portail_app.settings import settings
from portail_app.viewer import Viewer


async def compose_leak_sheet(session: AsyncSession, viewer: Viewer, alert_id: int, today: date) -> LeakSheet:
    file = await read_file(session, viewer, alert_id, today)
    utility = await session.get_one(Utility, file.alert.utility_id)
    payer = await find_payer(session, file.alert)
    sections = (Section(title, tuple(lines)) for title, lines in told_of(file))
    return LeakSheet(
        head=letterhead_of(utility, portal_address=settings().url),
        addressee=addressee_of(payer) if payer else (),
        number=str(file.alert.id),
        dated=today,
        sections=tuple(section for section in sections if section.lines),
        attachments=await read_attachments(file),
    )
