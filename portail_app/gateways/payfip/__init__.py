"""PayFiP (formerly TIPI), the online payment of the French public treasury, as a "régie" uses it by web service.

`PayFiPClient` asks; what it answers are the frozen values of `messages`; what goes wrong is one of `faults`:
`InvalidRequest` was never sent, `PayFiPFault` is PayFiP's considered "no", and a `TechnicalTrouble` says nothing
about the payment.
"""

from portail_app.gateways.payfip.checks import MAXIMUM_CENTS, MINIMUM_CENTS, check_request, normalise_objet
from portail_app.gateways.payfip.client import ENDPOINT, PAYMENT_PAGE, PayFiPClient
from portail_app.gateways.payfip.faults import (
    BadConfiguration,
    IdOpTooOld,
    IdOpUsed,
    InvalidRequest,
    PayFiPFailure,
    PayFiPFault,
    RefusedRequest,
    ResultNotKnown,
    ServiceTrouble,
    TechnicalTrouble,
    UnknownIdOp,
)
from portail_app.gateways.payfip.messages import (
    ClientDetail,
    CreatedPayment,
    Outcome,
    PaymentDetail,
    PaymentRequest,
    Saisie,
)

__all__ = [
    "ENDPOINT",
    "MAXIMUM_CENTS",
    "MINIMUM_CENTS",
    "PAYMENT_PAGE",
    "BadConfiguration",
    "ClientDetail",
    "CreatedPayment",
    "IdOpTooOld",
    "IdOpUsed",
    "InvalidRequest",
    "Outcome",
    "PayFiPClient",
    "PayFiPFailure",
    "PayFiPFault",
    "PaymentDetail",
    "PaymentRequest",
    "RefusedRequest",
    "ResultNotKnown",
    "Saisie",
    "ServiceTrouble",
    "TechnicalTrouble",
    "UnknownIdOp",
    "check_request",
    "normalise_objet",
]
