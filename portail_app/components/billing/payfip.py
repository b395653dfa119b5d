"""The hand-over to PayFiP, formerly TIPI: what it is told, the form that leaves for it, and the test of pop-ups."""

from typing import Any

import reflex as rx

from models import PaymentAllocation
from portail_app.components.basics.behaviour import CLOSE_WINDOW, POPUP_OPENS
from portail_app.components.basics.button import button
from portail_app.components.basics.contents import Words
from portail_app.components.basics.formats import euros
from portail_app.components.forms.form import native_form
from portail_app.components.layout.card import fact, facts
from portail_app.components.layout.notice import notice

WARNING = "Attention, votre navigateur doit accepter les fenêtres contextuelles (pop-up)."
INVITATION = "Cliquez sur le bouton de test pour vérifier que votre navigateur accepte les pop-up."
TODAY = "TIPI s’appelle aujourd’hui PayFiP, le paiement en ligne des finances publiques."


def informations(
    client: Words, amount_cents: rx.Var[int], allocations: rx.Var[tuple[PaymentAllocation, ...]]
) -> rx.Component:
    numbers = rx.foreach(
        allocations, lambda part, index: rx.cond(index > 0, f", {part.invoice_number}", part.invoice_number)
    )
    return facts(
        fact("Identifiant collectivité :", client),
        fact("Montant du règlement :", euros(amount_cents)),
        fact("Références des factures :", numbers),
    )


def hand_over(label: Words, reference: Words, *, in_popup: rx.Var[bool]) -> rx.Component:
    """An ordinary form: the browser itself leaves, or opens the window that it was asked for by a press."""
    return rx.el.div(
        native_form(
            button(label, icon="credit-card", type="submit"),
            action=f"/paiement/{reference}/payfip",
            target=rx.cond(in_popup, "_blank", "_self"),
        ),
        rx.el.p(TODAY, class_name="muted"),
        class_name="stack",
    )


def popup_test(result: rx.Var[str], on_result: Any) -> rx.Component:
    said = rx.match(
        result,
        ("opened", notice("Votre navigateur accepte les pop-up.", kind="success")),
        ("blocked", notice("Votre navigateur bloque les pop-up : autorisez-les pour ce site.", kind="danger")),
        rx.fragment(),
    )
    return rx.el.div(
        notice(WARNING, kind="warning"),
        rx.el.p(INVITATION),
        button("Test d'accès au portail de paiement TIPI", kind="secondary", on_click=on_result(POPUP_OPENS)),
        rx.el.div(said, aria_live="polite"),
        class_name="stack",
    )


def end_of_window() -> rx.Component:
    """What ends the window that was opened for PayFiP; a browser that does not let a page close it is told in words."""
    return rx.fragment(
        button("Fermer", kind="secondary", custom_attrs={"onClick": CLOSE_WINDOW}),
        rx.el.p("Votre navigateur ne la ferme pas lui-même : fermez-la par sa croix.", hidden=True, role="status"),
    )
