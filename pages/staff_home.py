"""/agent: what waits for staff."""

import reflex as rx

from portail_app.components import Content, badge, card, link_button, skeleton, staff_layout
from portail_app.states.desk import DeskState
from portail_app.states.site import SiteState


@rx.page(route="/agent", title="Accueil des agents", on_load=[SiteState.load, DeskState.load])
def staff_home_page() -> rx.Component:
    return staff_layout("Accueil", rx.cond(DeskState.is_loaded, _cards(), skeleton(lines=3, height="6rem")))


def _cards() -> rx.Component:
    waiting = DeskState.waiting
    suspended = rx.cond(SiteState.suspension != "", "Le paiement est suspendu.", "Le paiement est ouvert.")
    return rx.el.div(
        _card("Paiement en ligne", suspended, "Suspendre ou reprendre"),
        _card("Paiements à vérifier", _counted(waiting.payments, "paiement attend", "paiements attendent"), "Les voir"),
        _requests(),
        _card(
            "Documents déposés",
            _counted(waiting.documents, "document attend", "documents attendent"),
            "Les classer",
            href="/agent/documents",
        ),
        _card(
            "Relèves à valider",
            _counted(waiting.readings, "relève attend", "relèves attendent"),
            "Les voir",
            href="/agent/releves",
        ),
        _card(
            "Fuites à décider",
            _counted(waiting.leaks, "dossier attend", "dossiers attendent"),
            "Les voir",
            "/agent/fuites",
        ),
        _card(
            "Rapprochement",
            _counted(waiting.differences, "écart attend une explication", "écarts attendent une explication"),
            "Voir les écarts",
            "/agent/rapprochement",
        ),
        card(
            rx.el.p(_counted(waiting.mails, "message n’est pas parti", "messages ne sont pas partis")),
            rx.cond(
                waiting.mails > 0,
                rx.el.p("Un envoi qui échoue est repris de lui-même, à intervalles de plus en plus longs."),
            ),
            title="Messages électroniques",
        ),
        _paper(),
        class_name="grid",
    )


def _paper() -> rx.Component:
    paper = DeskState.paper
    counted = rx.cond(paper.paperless > 1, f"{paper.paperless} abonnés n’en reçoivent", "1 abonné n’en reçoit")
    words = rx.cond(paper.paperless > 0, f"{counted} plus, sur {paper.subscribers}.", "Tous les abonnés en reçoivent.")
    return _card("Factures au format papier", words, "Voir la liste", "/agent/papier")


def _requests() -> rx.Component:
    waiting = DeskState.requests
    late = rx.cond(waiting.overdue > 1, f"{waiting.overdue} en retard", "1 en retard")
    return card(
        rx.el.p(_counted(waiting.count, "demande attend une réponse", "demandes attendent une réponse")),
        rx.cond(waiting.mine > 0, rx.el.p(f"Dont {waiting.mine} à votre nom.")),
        rx.cond(waiting.overdue > 0, rx.el.p(badge(late, "warning"))),
        rx.el.p(link_button("Les voir", href="/agent/demandes", kind="secondary")),
        title="Demandes",
    )


def _card(title: str, words: Content, action: str, href: str = "/agent/paiements") -> rx.Component:
    return card(rx.el.p(words), rx.el.p(link_button(action, href=href, kind="secondary")), title=title)


def _counted(count: rx.Var[int], one: str, several: str) -> rx.Var[str]:
    return rx.cond(count > 0, rx.cond(count > 1, f"{count} {several}.", f"1 {one}."), "Rien n’attend.")
