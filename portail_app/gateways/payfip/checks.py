"""The limits of PayFiP's fields, checked before anything is sent."""

import re
import unicodedata
from urllib.parse import urlsplit

from portail_app.gateways.payfip.faults import InvalidRequest
from portail_app.gateways.payfip.messages import PaymentRequest, Saisie

MINIMUM_CENTS = 100  # PayFiP refuses less than 1 € (M3) and more than seven digits of cents
MAXIMUM_CENTS = 9_999_999
OBJET_LENGTH = 100
URL_LENGTH = 249
MEL_LENGTHS = range(6, 81)


def check_request(request: PaymentRequest) -> None:
    """Raises InvalidRequest, which names the first field that PayFiP would refuse."""
    check_numcli(request.numcli)
    _require("exer", request.exer, r"[0-9]{4}", "quatre chiffres")
    _require("refdet", request.refdet, r"[A-Za-z0-9]{6,30}", "de 6 à 30 lettres sans accent ou chiffres")
    _check_amount(request.amount_cents)
    _check_mel(request.mel)
    _check_saisie(request.saisie)
    _check_url("urlnotif", request.urlnotif)
    _check_url("urlredirect", request.urlredirect)


def check_numcli(numcli: str) -> None:
    _require("numcli", numcli, r"[0-9]{6}", "six chiffres")


def check_idop(idop: str) -> None:
    """An idOp looks like a UUID; what comes from a notification may be anything."""
    _require("idop", idop, r"[A-Za-z0-9-]{1,64}", "un identifiant d'opération")


def normalise_objet(text: str) -> str:
    """What PayFiP accepts of a text: letters without accents, digits and single spaces, 100 characters."""
    ligatures = text.translate({ord("œ"): "oe", ord("Œ"): "OE", ord("æ"): "ae", ord("Æ"): "AE"})
    plain = "".join(c for c in unicodedata.normalize("NFKD", ligatures) if not unicodedata.combining(c))
    words = re.sub(r"[^A-Za-z0-9]+", " ", plain)
    return words.strip()[:OBJET_LENGTH].rstrip()


def _check_amount(amount_cents: int) -> None:
    if not isinstance(amount_cents, int) or not MINIMUM_CENTS <= amount_cents <= MAXIMUM_CENTS:
        raise InvalidRequest("montant", f"de {MINIMUM_CENTS} à {MAXIMUM_CENTS} centimes")


def _check_mel(mel: str) -> None:
    _require("mel", mel, r"[!-?A-~]+@[!-?A-~]+", "une adresse électronique")
    if len(mel) not in MEL_LENGTHS:
        raise InvalidRequest("mel", "de 6 à 80 caractères")


def _check_saisie(saisie: str) -> None:
    if saisie not in list(Saisie):
        raise InvalidRequest("saisie", "T, X ou W")


def _check_url(field: str, url: str) -> None:
    _require(field, url, r"https?://[!-~]+", "une adresse http ou https")
    if len(url) > URL_LENGTH:
        raise InvalidRequest(field, f"au plus {URL_LENGTH} caractères")
    if not _host_of(url):
        raise InvalidRequest(field, "une adresse complète")


def _host_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _require(field: str, value: str, pattern: str, expected: str) -> None:
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise InvalidRequest(field, f"doit être {expected}")
