"""Asking PayFiP for the page where one payment is paid, between two transactions and inside none."""

from datetime import datetime

from models import PaymentAttempt
from portail_app.database import transaction
from portail_app.errors import Unavailable
from portail_app.gateways.payfip import PayFiPClient, PayFiPFailure, TechnicalTrouble
from portail_app.gateways.payfip_access import payfip_client
from portail_app.services.payments import exchange, opening
from portail_app.settings import settings
from portail_app.viewer import Viewer

SILENT = "PayFiP ne répond pas. Rien n’a été débité : réessayez dans quelques minutes."
UNWILLING = "PayFiP n’a pas accepté ce paiement. Rien n’a été débité, et le service en est informé."


async def hand_over(viewer: Viewer, reference: str, now: datetime) -> str:
    """The address of PayFiP's page for this payment: PayFiP is asked outside any transaction, between two."""
    async with transaction(viewer) as session:
        attempt = await opening.admit_opening(session, viewer, reference, now)
    async with payfip_client() as payfip:
        idop = attempt.idop or await _ask_idop(payfip, viewer, attempt, now)
        return payfip.payment_page_url(idop)


async def _ask_idop(payfip: PayFiPClient, viewer: Viewer, attempt: PaymentAttempt, now: datetime) -> str:
    assert attempt.id is not None
    try:
        created = await payfip.create_payment(exchange.payment_request(attempt, settings().url))
    except PayFiPFailure as failure:
        async with transaction(viewer) as session:
            await exchange.record_failed_opening(session, attempt, failure, now)
        raise Unavailable(SILENT if isinstance(failure, TechnicalTrouble) else UNWILLING) from failure
    async with transaction(viewer) as session:
        idop = await exchange.record_opening(session, attempt.id, created, now)
    if idop is None:
        raise Unavailable(SILENT)
    return idop
