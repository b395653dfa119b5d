"""What the portal writes about readings that a subscriber sent."""

from decimal import Decimal
from urllib.parse import quote

from models import Contract, SentReading
from portail_app.formats import cubic_metres, day
from portail_app.mails.access import Sender, farewell


def accepted(sender: Sender, sent: SentReading, contract: Contract) -> tuple[str, str]:
    """Subject and text."""
    return (
        f"Votre relève du {day(sent.read_on)} est validée",
        f"""Bonjour,

Votre relève du {day(sent.read_on)} ({_index(sent)}) pour le contrat {contract.number} a été validée{_instead(sent)}.

{_where(sender, contract)}

{farewell(sender)}""",
    )


def refused(sender: Sender, sent: SentReading, contract: Contract) -> tuple[str, str]:
    """Subject and text, with the reason in the staff's own words."""
    return (
        f"Votre relève du {day(sent.read_on)} n'a pas été retenue",
        f"""Bonjour,

Votre relève du {day(sent.read_on)} ({_index(sent)}) pour le contrat {contract.number} n'a pas été retenue :

{sent.refusal_reason}

Vous pouvez en transmettre une autre.
{_where(sender, contract)}

{farewell(sender)}""",
    )


def _index(sent: SentReading) -> str:
    return _cubic_metres(sent.index_litres)


def _cubic_metres(litres: int) -> str:
    return cubic_metres(Decimal(litres).scaleb(-3))


def _instead(sent: SentReading) -> str:
    """What staff kept where it is not what was sent."""
    if sent.corrected_index_litres is None:
        return ""
    return f", avec l'index {_cubic_metres(sent.corrected_index_litres)} que le service a corrigé"


def _where(sender: Sender, contract: Contract) -> str:
    return f"{sender.url}/contrats/{quote(contract.number, safe='')}"
