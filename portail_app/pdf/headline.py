"""The first thing a reader looks for: how much, until when, and what to do."""

from typing import NamedTuple

from models.billing.invoice import Invoice, InvoiceKind, InvoiceStatus
from models.billing.utility import Utility
from models.people.subscriber import Subscriber
from portail_app.formats import day, euros, long_day


class Headline(NamedTuple):
    label: str
    amount_cents: int
    when: str
    advice_title: str
    advice: tuple[str, ...]


def headline_of(invoice: Invoice, subscriber: Subscriber, utility: Utility, portal_address: str) -> Headline:
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        return _credit(invoice)
    if invoice.status is InvoiceStatus.PAID:
        return _paid(invoice)
    if invoice.status is InvoiceStatus.AT_TREASURY:
        return _at_treasury(invoice)
    if subscriber.pays_by_direct_debit or invoice.debited_on is not None:
        return _debited(invoice)
    return _to_pay(invoice, utility, portal_address)


def _credit(invoice: Invoice) -> Headline:
    advice = ("Cette somme vous est due\u00a0: elle n’est pas à régler.", "Le service vous précise son utilisation.")
    return Headline("Montant en votre faveur", abs(invoice.amount_cents), "", "Un avoir", advice)


def _paid(invoice: Invoice) -> Headline:
    advice = ("Il ne vous reste rien à régler.", "Conservez ce document avec vos justificatifs.")
    return Headline("Facture réglée", invoice.amount_cents, "", "Merci pour votre règlement", advice)


def _at_treasury(invoice: Invoice) -> Headline:
    advice = (
        "Cette facture n’a pas été réglée dans les délais imposés, elle a été transmise en trésorerie.",
        "Un avis de somme à payer sera transmis par courrier pour procéder au règlement.",
    )
    return Headline("Montant dû", invoice.balance_cents, "", "Facture en trésorerie", advice)


def _debited(invoice: Invoice) -> Headline:
    when = f"le {long_day(invoice.debited_on or invoice.due_on)}"
    advice = (f"La somme de {euros(invoice.balance_cents)} sera prélevée {when}.", "Vous n’avez rien à faire.")
    return Headline("Montant prélevé", invoice.balance_cents, when, "Prélèvement automatique", advice)


def _to_pay(invoice: Invoice, utility: Utility, portal_address: str) -> Headline:
    when = f"avant le {long_day(invoice.due_on)}"
    if not (utility.online_payment_open and utility.payfip_client and portal_address):
        advice: tuple[str, ...] = ("Le service vous indique les moyens de paiement acceptés.",)
        return Headline("Montant à régler", invoice.balance_cents, when, "Comment régler", advice)
    advice = (
        f"Sur {portal_address}, menu «\u00a0Mes factures\u00a0».",
        "Première visite\u00a0: munissez-vous de votre numéro d’abonné.",
    )
    if invoice.online_until is not None:
        advice = (*advice, f"Paiement en ligne possible jusqu’au {day(invoice.online_until)}.")
    return Headline("Montant à régler", invoice.balance_cents, when, "Réglez en ligne, à toute heure", advice)
