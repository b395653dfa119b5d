"""The PayFiP that this portal speaks to: the real one, the operator's choice, or the demonstration's simulator."""

from portail_app.gateways.payfip import ENDPOINT, PAYMENT_PAGE, PayFiPClient
from portail_app.settings import settings

SIMULATOR = "/demo/payfip"


def payfip_client() -> PayFiPClient:
    """To be used in an `async with`."""
    chosen = settings()
    simulator = f"{chosen.url}{SIMULATOR}" if chosen.is_demo else None
    service = chosen.payfip_service_url or (simulator and f"{simulator}/services/securite") or ENDPOINT
    page = chosen.payfip_page_url or (simulator and f"{simulator}/paiementws.web") or PAYMENT_PAGE
    return PayFiPClient(service, page)
