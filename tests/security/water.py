"""What is known of Alice's water and of nobody else's: a leak, its certificate, a photo of her meter, a campaign."""

from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from models import CampaignContract, LeakAlert, LeakCertificate, ReadingCampaign
from portail_app.gateways.storage import storage
from portail_app.services.leaks.rule import month_after
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer
from tests.factories import save
from tests.services.leaks.files import pdf, photo
from tests.supplies import Supply

PLACE = "Sous la véranda de la voisine"
PLUMBER = "Plomberie de la voisine"
CAMPAIGN = "Relève de la rue du Moulin"


def keep_photo() -> str:
    return storage().add(photo())


async def leak_at(session: AsyncSession, supply: Supply) -> LeakAlert:
    alert = LeakAlert(
        utility_id=supply.contract.utility_id,
        contract_id=supply.contract.id,
        period_start=today() - timedelta(days=183),
        period_end=today() - timedelta(days=1),
        litres=180_777,
        mean_litres=60_777,
        years=3,
        recorded_at=now(),
        answer_until=month_after(today()),
        certified_at=now(),
    )
    return await save(session, alert)


async def certify(session: AsyncSession, alert: LeakAlert, viewer: Viewer) -> LeakCertificate:
    content = pdf()
    certificate = LeakCertificate(
        alert_id=alert.id,
        leak_place=PLACE,
        repaired_on=today(),
        plumber=PLUMBER,
        file_key=storage().add(content),
        media_type="application/pdf",
        size_bytes=len(content),
        sent_at=now(),
        sent_by=viewer.account_id,
    )
    return await save(session, certificate)


async def ask_to_read(session: AsyncSession, supply: Supply, viewer: Viewer) -> ReadingCampaign:
    campaign = ReadingCampaign(
        utility_id=supply.contract.utility_id,
        title=CAMPAIGN,
        opens_on=today(),
        closes_on=today() + timedelta(days=20),
        launched_at=now(),
        launched_by=viewer.account_id,
    )
    await save(session, campaign)
    await save(session, CampaignContract(campaign_id=campaign.id, contract_id=supply.contract.id))
    return campaign
