"""What the portal writes for a reading campaign: which meter, until when, and where to send its index."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from portail_app.formats import long_day
from portail_app.mails.access import Sender, farewell

SUBJECTS = {
    "invitation": "Relevez votre compteur d’eau",
    "relance": "Rappel : relevez votre compteur d’eau",
}


@dataclass(frozen=True, slots=True)
class Letter:
    contract: str
    address: str
    closes_on: date
    sender: Sender


def invitation(letter: Letter) -> str:
    return _asking(letter, "Nous vous demandons de relever votre compteur d'eau.")


def reminder(letter: Letter) -> str:
    return _asking(letter, "Nous n'avons pas encore reçu la relève de votre compteur d'eau.")


def _asking(letter: Letter, why: str) -> str:
    return f"""Bonjour,

{why}

Contrat n° {letter.contract}, {letter.address}

Notez les chiffres noirs de votre compteur, et transmettez-les jusqu'au {long_day(letter.closes_on)} :
{letter.sender.url}/contrats/{quote(letter.contract, safe="")}

Sans relève, votre prochaine facture sera calculée sur une estimation.

{farewell(letter.sender)}"""
