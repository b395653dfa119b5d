"""What is said, calmly, while the connection to the server is lost."""

import reflex as rx

from portail_app.components.notice import notice


def connection_notice() -> rx.Component:
    """Nothing while connected; the region is always there, so that screen readers hear what enters it."""
    lost = notice("Connexion interrompue. Nous la rétablissons ; ce que vous avez saisi est conservé.", kind="warning")
    return rx.el.div(rx.connection_banner(lost), role="status", class_name="connection")
