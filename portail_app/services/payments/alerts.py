"""What staff must know of a payment at once: one mail a payment and a kind of trouble."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models import MailEvent, PaymentAttempt, Utility
from portail_app.formats import euros
from portail_app.services.mails import write_mail
from portail_app.services.payments.verdict import Alert

SUBJECTS = {
    Alert.ANOMALY: "Paiement à vérifier",
    Alert.CONFIGURATION: "PayFiP refuse les paiements",
    Alert.OVERPAID: "Trop-perçu à rembourser",
}


async def tell_staff(session: AsyncSession, attempt: PaymentAttempt, alert: Alert, trouble: str) -> None:
    """To the utility's own address, where it has one; the attempt keeps the same words."""
    utility = await session.get_one(Utility, attempt.utility_id)
    if not utility.email:
        return
    await write_mail(
        session,
        event_key=f"paiement-{attempt.id}-{alert}",
        utility_id=utility.id,
        recipient=utility.email,
        subject=f"{SUBJECTS[alert]} ({attempt.reference})",
        text=_text(attempt, trouble),
        event=MailEvent.SERVICE,
    )


def _text(attempt: PaymentAttempt, trouble: str) -> str:
    return f"""Bonjour,

{trouble}

Paiement : {attempt.reference}
Montant : {euros(attempt.amount_cents)}
Référence transmise à PayFiP : {attempt.refdet}
Adresse du payeur : {attempt.payer_email}

Le portail continue d’interroger PayFiP ; aucune facture n’est soldée sans sa réponse.
"""
