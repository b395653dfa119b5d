"""What a utility says to everybody: notices, the welcome text, the suspension of payments, what is asked."""

from portail_app.components.site.asks import ask_notices
from portail_app.components.site.notice_form import notice_form
from portail_app.components.site.suspension_panel import suspension_panel
from portail_app.components.site.welcome_panel import welcome_panel

__all__ = [
    "ask_notices",
    "notice_form",
    "suspension_panel",
    "welcome_panel",
]
