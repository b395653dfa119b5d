"""Why an invoice cannot be paid now, in words: the one rule of the page, of the selection and of the payment."""

from dataclasses import dataclass
from datetime import date

from models import InvoiceKind, InvoiceRow
from portail_app.formats import day
from portail_app.gateways.payfip import MAXIMUM_CENTS, MINIMUM_CENTS

SUSPENDED = "Le paiement a été temporairement suspendu."
BEING_PAID = "Un paiement de cette facture est déjà en cours."
UNDER_REVIEW = "Un paiement de cette facture est en cours de vérification par le service."


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What decides besides the invoice itself."""

    today: date
    may_pay: bool = True
    is_open: bool = True
    is_suspended: bool = False
    is_being_paid: bool = False
    is_under_review: bool = False


def obstacle_to_payment(invoice: InvoiceRow, around: Circumstances) -> str:
    """The first reason found, what lasts before what passes; empty where nothing stands in the way."""
    return _of_the_invoice(invoice, around) or _of_the_moment(around)


def _of_the_invoice(invoice: InvoiceRow, around: Circumstances) -> str:
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        return "Un avoir ne se règle pas : il vient en déduction de vos factures."
    if invoice.balance_cents <= 0:
        return "Cette facture est déjà réglée."
    if not around.may_pay:
        return "Votre accès permet de consulter cette facture, mais pas de la régler."
    return _of_its_recovery(invoice, around.today) or _of_its_amount(invoice.balance_cents)


def _of_its_recovery(invoice: InvoiceRow, today: date) -> str:
    if invoice.sent_to_treasury_on:
        return "Cette facture a été transmise en trésorerie : attendez l’avis de somme à payer pour la régler."
    if invoice.debited_on:
        return f"Cette facture est réglée par prélèvement, le {day(invoice.debited_on)}."
    if invoice.is_disputed:
        return "Cette facture fait l’objet d’une réclamation : contactez le service pour la régler."
    if invoice.online_until and invoice.online_until < today:
        return f"La date limite du paiement en ligne est dépassée depuis le {day(invoice.online_until)}."
    return ""


def _of_its_amount(balance_cents: int) -> str:
    if balance_cents < MINIMUM_CENTS:
        return "Le paiement en ligne est possible à partir de 1 €."
    if balance_cents > MAXIMUM_CENTS:
        return "Ce montant dépasse la limite du paiement en ligne."
    return ""


def _of_the_moment(around: Circumstances) -> str:
    if not around.is_open:
        return "Le paiement en ligne n’est pas ouvert."
    if around.is_suspended:
        return SUSPENDED
    if around.is_under_review:
        return UNDER_REVIEW
    return BEING_PAID if around.is_being_paid else ""
