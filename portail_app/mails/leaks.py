"""What the portal writes about leaks: what was seen, what it means, what to do, and by which day."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import quote

from models.water.leak import LeakAlert, LeakKind, LeakState
from portail_app.formats import cubic_metres, day
from portail_app.mails.access import Sender, farewell

SUBJECTS = {
    LeakKind.VOLUME: "Votre consommation d’eau est anormale : une fuite est possible",
    LeakKind.CONTINUOUS: "De l’eau coule chez vous sans s’arrêter",
    LeakKind.EMPTY_HOME: "De l’eau coule chez vous en votre absence",
    LeakKind.THRESHOLD: "Votre consommation d’eau dépasse le seuil que vous avez choisi",
}
DECIDED = "Votre dossier de fuite : la décision du service"


@dataclass(frozen=True, slots=True)
class Place:
    """A contract by its number, and where its water flows."""

    contract: str
    address: str


def warning(alert: LeakAlert, place: Place, sender: Sender) -> str:
    write = _abnormal_volume if alert.kind is LeakKind.VOLUME else _telemetry
    return f"Bonjour,\n\n{write(alert, place, sender)}\n\n{farewell(sender)}"


def decision(alert: LeakAlert, volumes_m3: tuple[int, int], place: Place, sender: Sender) -> str:
    """`volumes_m3` are those that remain due, of water and of wastewater."""
    told = _granted(volumes_m3) if alert.state is LeakState.ACCEPTED else _refused(alert)
    return f"""Bonjour,

{told}

Contrat n° {place.contract}, {place.address}
Consommation du {day(alert.period_start)} au {day(alert.period_end)} : {shown(alert.litres)}

Votre dossier :
{_address(place, sender)}

{farewell(sender)}"""


def shown(litres: int) -> str:
    """To the tenth of a cubic metre."""
    return cubic_metres(round(Decimal(litres) / 1000, 1))


def compared_with(alert: LeakAlert) -> str:
    """What the mean is of, in words."""
    if alert.years == 0:
        return "consommé par les logements de votre secteur, sur une durée égale"
    years = {1: "d’une des trois", 2: "de deux des trois"}.get(alert.years, "des trois")
    return f"consommé dans ce logement, à la même période {years} années précédentes"


def _granted(volumes_m3: tuple[int, int]) -> str:
    water, wastewater = volumes_m3
    return f"""Votre demande d'écrêtement est acceptée.

Volume d'eau à payer : {cubic_metres(water)}, le double de votre consommation moyenne.
Volume compté pour l'assainissement : {cubic_metres(wastewater)}.

Votre facture sera corrigée."""


def _refused(alert: LeakAlert) -> str:
    return f"""Votre demande d'écrêtement est refusée, pour la raison suivante :

{alert.reason}"""


def _abnormal_volume(alert: LeakAlert, place: Place, sender: Sender) -> str:
    return f"""La dernière relève de votre compteur montre une consommation anormale.

Contrat n° {place.contract}, {place.address}
Du {day(alert.period_start)} au {day(alert.period_end)} : {shown(alert.litres)}
C'est plus du double du volume moyen {compared_with(alert)} : {shown(alert.mean_litres or 0)}.

Une fuite après votre compteur est possible. Ce que vous pouvez faire :

1. Fermez tous vos robinets et regardez votre compteur. S'il tourne encore, il y a une fuite.

2. Faites-la réparer par une entreprise de plomberie. Demandez-lui une attestation \
qui dit où était la fuite et à quelle date elle a été réparée.

3. Transmettez cette attestation jusqu'au {day(alert.answer_until)} inclus :
{_address(place, sender)}

Si la fuite était sur une canalisation après le compteur, vous ne paierez pas l'eau au-delà du double \
de votre consommation moyenne, ni l'assainissement au-delà de cette moyenne. Les fuites d'appareils \
ménagers, de sanitaires ou de chauffage ne sont pas concernées.

Si vous ne trouvez pas de fuite, vous pouvez demander au service, dans le même délai, de vérifier votre compteur.

(Code général des collectivités territoriales, articles L. 2224-12-4 et R. 2224-20-1.)"""


def _telemetry(alert: LeakAlert, place: Place, sender: Sender) -> str:
    seen = {
        LeakKind.CONTINUOUS: "Votre compteur n'a pas cessé de tourner pendant un jour entier.",
        LeakKind.EMPTY_HOME: "De l'eau a coulé pendant l'absence que vous nous avez signalée.",
        LeakKind.THRESHOLD: "Votre consommation d'un jour a dépassé le seuil que vous avez choisi.",
    }[alert.kind]
    return f"""{seen}

Contrat n° {place.contract}, {place.address}
Du {day(alert.period_start)} au {day(alert.period_end)} : {shown(alert.litres)}

Fermez tous vos robinets et regardez votre compteur. S'il tourne encore, il y a une fuite : \
fermez le robinet d'arrêt, et faites-la réparer.

Vos jours de consommation et vos seuils d'alerte :
{_address(place, sender)}"""


def _address(place: Place, sender: Sender) -> str:
    return f"{sender.url}/contrats/{quote(place.contract, safe='')}/fuite"
