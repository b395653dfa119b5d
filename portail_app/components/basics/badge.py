"""Badges: the status of a thing, as a word and an icon, never a colour alone."""

from typing import Literal

import reflex as rx

from portail_app.components.basics.contents import Words, classes
from portail_app.components.basics.icon import icon as draw_icon

Tone = Literal["neutral", "info", "success", "warning", "danger"]

_ICONS = {
    "neutral": "circle",
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "danger": "circle-alert",
}


def badge(word: Words, tone: Tone = "neutral", icon: str = "") -> rx.Component:
    """For a status in a Var: `rx.match(invoice.status, ("paid", badge("Réglée", "success")), ...)`."""
    return rx.el.span(draw_icon(icon or _ICONS[tone]), word, class_name=classes("badge", f"badge-{tone}"))
