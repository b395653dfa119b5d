"""Consumption and its cost, readings, campaigns, leaks."""

from portail_app.components.water.campaign_form import campaign_form
from portail_app.components.water.certificate_form import certificate_form, leak_steps
from portail_app.components.water.consumption_panel import consumption_panel
from portail_app.components.water.cost_panel import cost_panel
from portail_app.components.water.decision_panel import decision_panel
from portail_app.components.water.leak_file import (
    leak_badge,
    leak_certificates,
    leak_decision,
    leak_figures,
    leak_kind,
    leak_relief,
)
from portail_app.components.water.leak_list import leak_list
from portail_app.components.water.send_reading import send_reading_panel
from portail_app.components.water.watch_panel import watch_panel

__all__ = [
    "campaign_form",
    "certificate_form",
    "consumption_panel",
    "cost_panel",
    "decision_panel",
    "leak_badge",
    "leak_certificates",
    "leak_decision",
    "leak_figures",
    "leak_kind",
    "leak_list",
    "leak_relief",
    "leak_steps",
    "send_reading_panel",
    "watch_panel",
]
