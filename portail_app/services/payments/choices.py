"""Whether the invoices that somebody chose may be paid together, for the total that they were shown."""

from collections.abc import Sequence

from portail_app.errors import NotPayable
from portail_app.formats import euros
from portail_app.gateways.payfip import MAXIMUM_CENTS
from portail_app.services.payability import SUSPENDED
from portail_app.services.payables import Payable


def check_lines(chosen: Sequence[Payable]) -> None:
    """Each by itself, then whether their utility takes several at once. Raises NotPayable with the reason in words."""
    for payable in chosen:
        if payable.obstacle:
            raise NotPayable(_named(payable, alone=len(chosen) == 1))
    if len(chosen) > 1 and not chosen[0].several:
        raise NotPayable("Une seule facture peut être réglée à la fois.")


def _named(payable: Payable, *, alone: bool) -> str:
    if alone or payable.obstacle == SUSPENDED:
        return payable.obstacle
    return f"Facture {payable.invoice.number} : {payable.obstacle}"


def check_total(chosen: Sequence[Payable], shown_cents: int) -> None:
    """Also against PayFiP's own limit."""
    total = sum(payable.invoice.balance_cents for payable in chosen)
    if total != shown_cents:
        raise NotPayable(
            f"Le montant à régler a changé : il est maintenant de {euros(total)}. Vérifiez-le, puis payez."
        )
    if total > MAXIMUM_CENTS:
        raise NotPayable(f"Le paiement en ligne est limité à {euros(MAXIMUM_CENTS)} : choisissez moins de factures.")
