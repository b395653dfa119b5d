"""A payment that Alice may ask for, to be varied by each test."""

from dataclasses import replace
from typing import Any

from portail_app.gateways.payfip import PaymentRequest, Saisie

ALICE_ORDER = PaymentRequest(
    numcli="004200",
    exer="2017",
    refdet="2017020002059",
    objet="Multi Services",
    amount_cents=24_311,
    mel="alice@example.org",
    saisie=Saisie.TEST,
    urlnotif="http://127.0.0.1:9/notification",
    urlredirect="http://127.0.0.1:9/retour",
)


def order(**changes: Any) -> PaymentRequest:
    return replace(ALICE_ORDER, **changes)
