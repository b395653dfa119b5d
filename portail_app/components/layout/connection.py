"""What is said, calmly, while the connection to the server is lost."""

import reflex as rx

from portail_app.components.basics.behaviour import TELL_OFFLINE
from portail_app.components.layout.notice import notice

WORDS = "Connexion interrompue. Nous la rétablissons ; ce que vous avez saisi est conservé."


def connection_notice() -> rx.Component:
    """Nothing while connected; the region is always there, so that screen readers hear what enters it. The browser
    knows at once that it has no network, the socket only after a while that nobody answers."""
    offline = rx.el.div(custom_attrs={"ref": TELL_OFFLINE, "data-words": WORDS})
    lost = rx.connection_banner(notice(WORDS, kind="warning"))
    return rx.el.div(offline, lost, role="status", class_name="connection")
