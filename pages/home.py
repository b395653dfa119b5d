"""/: what everybody must know, what is due and when."""

import reflex as rx

from portail_app.states.site import SiteState


@rx.page(route="/", title="Accueil", on_load=[SiteState.load])
def home_page() -> rx.Component:
    return rx.el.main(rx.el.h1("Accueil"), rx.html(SiteState.welcome_html), rx.el.p(SiteState.suspension))
