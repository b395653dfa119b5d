"""Any other URL: there is nothing here, and where to go."""

import reflex as rx

from portail_app.components import access_layout, empty, link_button


@rx.page(route="404", title="Page introuvable")
def missing_page() -> rx.Component:
    return access_layout(
        "Page introuvable",
        empty(
            "Il n’y a rien à cette adresse",
            "Elle a peut-être été mal recopiée, ou la page a changé de place.",
            icon="search",
            action=link_button("Revenir à l’accueil", href="/"),
        ),
    )
