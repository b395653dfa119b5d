"""Reading campaigns: how many contracts a query finds, launching, progress, stopping."""

from typing import Any

import reflex as rx

from models import Utility
from portail_app.database import transaction
from portail_app.services import campaigns, utilities
from portail_app.services.campaign_progress import CampaignProgress, list_campaigns
from portail_app.services.campaign_query import CampaignDraft
from portail_app.states.access import staff_event
from portail_app.states.answers import Answers, typed, typed_day, typed_number
from portail_app.states.clock import now, today
from portail_app.viewer import Viewer


class CampaignsState(Answers, rx.State):
    """`pending` waits to be confirmed, once `found` contracts have been told."""

    utilities: tuple[Utility, ...] = ()
    campaigns: tuple[CampaignProgress, ...] = ()
    pending: CampaignDraft | None = None
    found: int = 0
    done: str = ""
    times_done: int = 0

    @staff_event
    async def load(self, viewer: Viewer) -> None:
        self.done = self.error = self.error_field = ""
        self.pending = None
        await self._read(viewer)

    @staff_event
    async def prepare(self, viewer: Viewer, form_data: dict[str, Any]) -> None:
        """How many contracts would be asked, before anybody is."""
        self.done, self.pending = "", None
        with self._showing_refusals():
            draft = _draft(form_data)
            async with transaction(viewer) as session:
                found = await campaigns.count_contracts(session, viewer, draft, today())
            self.pending, self.found = draft, found

    @staff_event
    async def launch(self, viewer: Viewer) -> None:
        self.done = ""
        pending, self.pending = self.pending, None
        if pending is None:
            return
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await campaigns.launch_campaign(session, viewer, pending, now(), today())
            await self._read(viewer)
            self.done, self.times_done = "La campagne est lancée.", self.times_done + 1

    @staff_event
    async def change(self) -> None:
        """Back to the form, as it was filled in."""
        self.pending = None

    @staff_event
    async def stop(self, viewer: Viewer, campaign_id: int) -> None:
        self.done = ""
        with self._showing_refusals():
            async with transaction(viewer) as session:
                await campaigns.stop_campaign(session, viewer, campaign_id, now())
            await self._read(viewer)
            self.done = "La campagne est arrêtée."

    async def _read(self, viewer: Viewer) -> None:
        async with transaction(viewer) as session:
            staffed = await utilities.list_staffed(session, viewer)
            known = await list_campaigns(session, viewer)
        self.utilities, self.campaigns = tuple(staffed), tuple(known)


def _draft(form_data: dict[str, Any]) -> CampaignDraft:
    opens_on = typed_day(form_data, "opens_on") or today()
    return CampaignDraft(
        utility_id=typed_number(form_data, "utility_id"),
        title=typed(form_data, "title"),
        opens_on=opens_on,
        closes_on=typed_day(form_data, "closes_on") or opens_on,
        remind_on=typed_day(form_data, "remind_on"),
        city=typed(form_data, "city"),
        area=typed(form_data, "area"),
        unread_since=typed_day(form_data, "unread_since"),
    )
