"""/agent/campagnes: reading campaigns, how far they are, and launching one."""

import reflex as rx

from portail_app.components import (
    Column,
    badge,
    button,
    campaign_form,
    card,
    cell,
    day,
    head_cell,
    row,
    staff_layout,
    table,
)
from portail_app.services.campaign_progress import CampaignProgress
from portail_app.states.campaigns import CampaignsState as State
from portail_app.states.site import SiteState

COLUMNS = (
    Column("Campagne"),
    Column("Du"),
    Column("Au"),
    Column("Contrats", is_number=True),
    Column("Invités", is_number=True),
    Column("Relancés", is_number=True),
    Column("Relèves reçues"),
    Column("Action", is_silent=True),
)


@rx.page(route="/agent/campagnes", title="Campagnes de relève", on_load=[SiteState.load, State.load])
def staff_campaigns_page() -> rx.Component:
    known = card(table("Campagnes", COLUMNS, rx.foreach(State.campaigns, _line), size="wide"), title="Campagnes")
    return staff_layout("Campagnes de relève", rx.cond(State.campaigns.length() > 0, known), campaign_form())


def _line(progress: rx.Var[CampaignProgress]) -> rx.Component:
    campaign = progress.campaign
    share = rx.el.progress(value=progress.answered, max=progress.asked, aria_label="Relèves reçues")
    stop = button("Arrêter", kind="secondary", on_click=State.stop(campaign.id))
    return row(
        head_cell("Campagne", campaign.title),
        cell("Du", day(campaign.opens_on)),
        cell("Au", day(campaign.closes_on)),
        cell("Contrats", progress.asked, number=True),
        cell("Invités", progress.invited, number=True),
        cell("Relancés", progress.reminded, number=True),
        cell("Relèves reçues", rx.el.div(share, f"{progress.answered} sur {progress.asked}", class_name="cluster")),
        cell("Action", rx.cond(campaign.stopped_at, badge("Arrêtée", "neutral"), stop)),
    )
