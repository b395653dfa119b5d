"""What can go wrong with PayFiP, sorted by what the caller should do about it."""

from dataclasses import dataclass
from datetime import timedelta

RETRY_AFTER_TROUBLE = timedelta(minutes=30)  # DGFiP guide, 3.5.2.6: between two calls after a technical error


class PayFiPFailure(Exception):
    """Anything but an answer; `raw_xml` is what was received, to be kept, and empty where nothing was."""

    raw_xml: str = ""


class InvalidRequest(PayFiPFailure):
    """Not sent: PayFiP would refuse this field."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


@dataclass(frozen=True)
class FaultDetail:
    """The `detail` of a SOAP fault; `kind` is the name of its element (FonctionnelleErreur, Tech...Erreur)."""

    kind: str
    code: str
    libelle: str
    descriptif: str
    severite: int | None

    @property
    def text(self) -> str:
        """`descriptif` is often empty on the wire: `libelle` is what can be shown."""
        return self.descriptif or self.libelle


class _Fault(PayFiPFailure):
    """Carries the detail of PayFiP's fault: code, libelle, descriptif, severite."""

    def __init__(self, detail: FaultDetail, raw_xml: str) -> None:
        super().__init__(f"{detail.code} {detail.text}".strip())
        self.detail = detail
        self.code = detail.code
        self.libelle = detail.libelle
        self.descriptif = detail.descriptif
        self.severite = detail.severite
        self.raw_xml = raw_xml


class PayFiPFault(_Fault):
    """A functional "no": asking the same again gives the same. Codes without a class of their own come as this one."""


class UnknownIdOp(PayFiPFault):
    """P1: never received yet, or purged in the night because the payer never reached the payment operator."""


class IdOpUsed(PayFiPFault):
    """P3: this idOp has served for a payment; a new attempt needs a new one."""


class IdOpTooOld(PayFiPFault):
    """P4: registered more than 15 minutes ago."""


class ResultNotKnown(PayFiPFault):
    """P5: the payment is not started or in progress."""


class BadConfiguration(PayFiPFault):
    """T*: the client number is invalid, unknown or without access to the web service. Staff must act."""


class RefusedRequest(PayFiPFault):
    """A*, D*, M*, N*, R*, S*: a field of the request is refused."""


class TechnicalTrouble(PayFiPFailure):
    """Nothing can be concluded about the payment: time-out, HTTP error, unreadable answer. Ask again later."""

    retry_after = RETRY_AFTER_TROUBLE

    def __init__(self, reason: str, raw_xml: str = "") -> None:
        super().__init__(reason)
        self.raw_xml = raw_xml


class ServiceTrouble(_Fault, TechnicalTrouble):
    """PayFiP itself says that it is in trouble: 999, Tech*Erreur, or a SOAP fault without a detail."""


def fault_for(detail: FaultDetail, raw_xml: str) -> PayFiPFault | ServiceTrouble:
    if detail.kind != "FonctionnelleErreur" or detail.code in {"", "999"}:
        return ServiceTrouble(detail, raw_xml)
    by_family = BadConfiguration if detail.code.startswith("T") else _REFUSALS.get(detail.code[:1], PayFiPFault)
    return _BY_CODE.get(detail.code, by_family)(detail, raw_xml)


_BY_CODE: dict[str, type[PayFiPFault]] = {
    "P1": UnknownIdOp,
    "P3": IdOpUsed,
    "P4": IdOpTooOld,
    "P5": ResultNotKnown,
}
_REFUSALS: dict[str, type[PayFiPFault]] = dict.fromkeys("ADMNRS", RefusedRequest)
