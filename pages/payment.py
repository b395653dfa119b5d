"""/paiement/[reference]: what is handed over to PayFiP, the wait for its result, and the result."""

import reflex as rx

from models import AttemptState
from portail_app.components import (
    amount,
    button,
    card,
    empty,
    end_of_window,
    euros,
    hand_over,
    informations,
    instant,
    link_button,
    notice,
    popup_test,
    portal_layout,
    skeleton,
)
from portail_app.states.payment import PaymentState
from portail_app.states.site import SiteState

BEHIND = "Le résultat s’affiche aussi dans la page d’où vous êtes parti : cette fenêtre peut être fermée."
attempt = PaymentState.attempt
opens_window = PaymentState.window == "opens"
is_window = PaymentState.window == "is"


@rx.page(route="/paiement/[reference]", title="Paiement", on_load=[SiteState.load, PaymentState.load])
def payment_page() -> rx.Component:
    unknown = rx.cond(PaymentState.missing != "", _missing(), skeleton(5, height="2rem"))
    return portal_layout(
        "Paiement",
        rx.cond(is_window, rx.el.p(BEHIND)),
        rx.cond(attempt, rx.el.div(_step(), role="status"), unknown),
    )


def _step() -> rx.Component:
    return rx.match(
        attempt.state,
        (AttemptState.PREPARED.value, _hand_over()),
        (AttemptState.PENDING.value, _wait()),
        (AttemptState.PAID.value, _paid()),
        (AttemptState.REFUSED.value, _over("Paiement refusé", "Votre paiement a été refusé. Rien n’a été débité.")),
        (AttemptState.CANCELLED.value, _over("Paiement abandonné", "Vous avez abandonné ce paiement.")),
        (AttemptState.EXPIRED.value, _over("Paiement expiré", "Ce paiement n’a pas abouti. Rien n’a été débité.")),
        (AttemptState.ANOMALY.value, _doubtful()),
        rx.fragment(),
    )


def _hand_over() -> rx.Component:
    closed = rx.fragment(notice(PaymentState.obstacle, kind="warning"), _choose_again())
    trouble = rx.cond(PaymentState.trouble != "", notice(PaymentState.trouble, kind="warning", role="alert"))
    leave = rx.el.div(
        hand_over("Payer la facture sur le portail TIPI", attempt.reference, in_popup=opens_window),
        rx.el.div(_abandon(), _close(), class_name="cluster"),
        class_name="stack",
    )
    popup = rx.cond(opens_window, popup_test(PaymentState.popup_test, PaymentState.note_popup))
    return card(
        _informations(),
        trouble,
        rx.cond(PaymentState.obstacle != "", closed, rx.fragment(popup, leave)),
        title="Informations pour le paiement TIPI",
        accent=True,
    )


def _informations() -> rx.Component:
    return informations(attempt.client, attempt.amount_cents, PaymentState.allocations)


def _wait() -> rx.Component:
    return card(
        rx.el.p(
            "Nous demandons à PayFiP le résultat de votre paiement. Cette page se met à jour d’elle-même ; "
            "vous pouvez aussi la fermer, un reçu vous sera envoyé par mail."
        ),
        _informations(),
        rx.cond(PaymentState.obstacle == "", _resume()),
        rx.el.div(_abandon(), _close(), class_name="cluster"),
        title="Vérification en cours",
        accent=True,
        aria_busy=True,
    )


def _abandon() -> rx.Component:
    return button("Abandonner ce paiement", kind="secondary", on_click=PaymentState.abandon)


def _resume() -> rx.Component:
    return rx.el.div(
        rx.el.p("Vous n’avez pas encore payé ?"),
        hand_over("Reprendre le paiement", attempt.reference, in_popup=opens_window),
    )


def _paid() -> rx.Component:
    receipt = PaymentState.receipt
    download = link_button(
        "Télécharger le reçu", href=f"/recus/{attempt.reference}.pdf", document=True, target="_blank"
    )
    return card(
        notice("Votre paiement a bien été reçu.", kind="success"),
        amount(euros(receipt.amount_cents)),
        rx.el.p(f"Reçu n° {receipt.number}, le {instant(receipt.paid_at)}. Il vous est aussi envoyé par mail."),
        _overpaid(),
        rx.el.div(download, _close("Retour à mes factures"), class_name="cluster"),
        title="Paiement effectué",
    )


def _overpaid() -> rx.Component:
    cents = PaymentState.receipt.overpaid_cents
    words = f"Dont {euros(cents)} déjà réglés par ailleurs : le service vous contactera pour vous les rendre."
    return rx.cond(cents > 0, notice(words, kind="warning"))


def _over(title: str, words: str) -> rx.Component:
    return card(rx.el.p(words), _informations(), _choose_again(), title=title)


def _doubtful() -> rx.Component:
    words = (
        "PayFiP a donné une réponse que le portail ne peut pas interpréter. Le service en est informé et la vérifie : "
        "ne payez pas de nouveau ces factures."
    )
    return card(notice(words, kind="warning"), _informations(), _close("Retour à mes factures"), title="À vérifier")


def _choose_again() -> rx.Component:
    again = link_button("Choisir mes factures à régler", href="/paiement")
    return rx.el.div(rx.cond(is_window, rx.fragment(), again), _close(), class_name="cluster")


def _close(label: str = "Fermer") -> rx.Component:
    """In a window of its own, that is all there is to do: the page behind shows the result too."""
    return rx.cond(is_window, end_of_window(), link_button(label, href="/factures", kind="secondary"))


def _missing() -> rx.Component:
    return empty(
        PaymentState.missing, "Vérifiez l’adresse, ou choisissez vos factures à régler.", action=_choose_again()
    )
