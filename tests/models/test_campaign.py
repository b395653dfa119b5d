"""A campaign's contracts are asked once each; no page knows who launched it."""

import pytest
from sqlalchemy.exc import IntegrityError

from models import CampaignContract, ReadingCampaign
from tests.dwellings import create_dwelling
from tests.factories import NOW, TODAY, save


def test_who_launched_a_campaign_goes_to_no_page():
    assert "launched_by" not in ReadingCampaign(launched_by=7).model_dump()


async def test_a_contract_is_asked_once_in_a_campaign_and_again_in_the_next(session, cast, chloe):
    home = await create_dwelling(session, cast.utility)
    first, second = [await save(session, campaign_of(cast, chloe)) for _ in range(2)]
    for campaign in (first, second):
        await save(session, CampaignContract(campaign_id=campaign.id, contract_id=home.contract.id))
    session.expunge_all()

    with pytest.raises(IntegrityError, match="pk_campaign_contract"):
        await save(session, CampaignContract(campaign_id=first.id, contract_id=home.contract.id))


def campaign_of(cast, viewer) -> ReadingCampaign:
    days = {"opens_on": TODAY, "closes_on": TODAY, "launched_at": NOW}
    return ReadingCampaign(utility_id=cast.utility.id, title="Relève", launched_by=viewer.account_id, **days)
