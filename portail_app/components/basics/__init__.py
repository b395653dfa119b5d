"""What every other piece is made of: words, icons, links, buttons, French formats."""

from portail_app.components.basics.badge import badge
from portail_app.components.basics.behaviour import opens
from portail_app.components.basics.button import button, icon_button, submit_button
from portail_app.components.basics.contents import Content
from portail_app.components.basics.formats import (
    day,
    days,
    euros,
    file_size,
    index,
    instant,
    litres,
    quantity,
    rate,
    received_day,
    unit_price,
    volume,
)
from portail_app.components.basics.icon import icon
from portail_app.components.basics.link import document_link, link, link_button

__all__ = [
    "Content",
    "badge",
    "button",
    "day",
    "days",
    "document_link",
    "euros",
    "file_size",
    "icon",
    "icon_button",
    "index",
    "instant",
    "link",
    "link_button",
    "litres",
    "opens",
    "quantity",
    "rate",
    "received_day",
    "submit_button",
    "unit_price",
    "volume",
]
