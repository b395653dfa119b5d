"""The PayFiP that this portal speaks to: the real one, the operator's choice, or the demonstration's simulator."""

from portail_app.gateways.payfip import ENDPOINT, PAYMENT_PAGE, PayFiPClient
from portail_app.settings import settings

SIMULATOR = "/demo/payfip"


def payfip_client() -> PayFiPClient:
    """To be used in an `async with`."""
    service = settings().payfip_service_url or _simulated("/services/securite") or ENDPOINT
    return PayFiPClient(service, payment_page())


def payment_page() -> str:
    """The address that payers are sent to."""
    return settings().payfip_page_url or _simulated("/paiementws.web") or PAYMENT_PAGE


def _simulated(path: str) -> str | None:
    return f"{settings().url}{SIMULATOR}{path}" if settings().is_demo else None
