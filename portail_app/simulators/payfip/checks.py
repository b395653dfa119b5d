"""What PayFiP refuses in `creerPaiementSecurise`, and under which code."""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from portail_app.simulators.payfip.faults import Fault
from portail_app.simulators.payfip.records import Client

URL_LENGTH = 249


def check_client(clients: Mapping[str, Client], numcli: str) -> Client:
    if not re.fullmatch(r"[0-9]{6}", numcli):
        raise Fault("T1")
    if numcli not in clients:
        raise Fault("T2")
    if not clients[numcli].secured:
        raise Fault("T4")
    return clients[numcli]


def check_fields(client: Client, fields: Mapping[str, str]) -> None:
    _check_mel(fields.get("mel", ""))
    _check_amount(client, fields.get("montant", ""))
    for name, accepts, code in _SIMPLE_CHECKS:
        if not accepts(fields.get(name, "")):
            raise Fault(code)


def remarks_on(fields: Mapping[str, str]) -> list[str]:
    """What the documentation forbids without telling under which code it is refused."""
    remarks = []
    if not re.fullmatch(r"[A-Za-z0-9 ]{0,100}", fields.get("objet", "")):
        remarks.append("objet : 100 lettres sans accent, chiffres ou espaces au plus")
    if not re.fullmatch(r"[0-9]{4}", fields.get("exer", "")):
        remarks.append("exer : quatre chiffres attendus")
    return remarks


def _check_mel(mel: str) -> None:
    if not mel:
        raise Fault("A1")
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", mel) or not 6 <= len(mel) <= 80:
        raise Fault("A2")


def _check_amount(client: Client, montant: str) -> None:
    if not re.fullmatch(r"[0-9]{1,11}", montant):
        raise Fault("M1")
    if int(montant) < 100:
        raise Fault("M3")
    if int(montant) > client.maximum_cents:
        raise Fault("M5")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    printable = re.fullmatch(r"[!-~]+", url) is not None
    return printable and parts.scheme in {"http", "https"} and bool(parts.hostname) and len(url) <= URL_LENGTH


_SIMPLE_CHECKS: tuple[tuple[str, Callable[[str], object], str], ...] = (
    ("refdet", re.compile(r"[A-Za-z0-9]{6,30}").fullmatch, "R3"),
    ("saisie", re.compile(r"[TXW]").fullmatch, "S1"),
    ("urlnotif", _is_web_address, "N1"),
    ("urlredirect", _is_web_address, "D1"),
)
