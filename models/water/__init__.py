"""Who is served where, at which tariff, what the meters showed, and the leaks that were seen."""

from models.water.campaign import CampaignContract, ReadingCampaign
from models.water.contract import Contract, ContractParty, InvoiceContract, PartyRole
from models.water.delivery_point import DeliveryPoint
from models.water.leak import LeakAlert, LeakCertificate, LeakCheck, LeakKind, LeakState, LeakWatch
from models.water.meter import Meter
from models.water.reading import DailyVolume, Reading, ReadingKind, SentReading, SentReadingState
from models.water.tariff import TariffBasis, TariffLine

__all__ = [
    "CampaignContract",
    "Contract",
    "ContractParty",
    "DailyVolume",
    "DeliveryPoint",
    "InvoiceContract",
    "LeakAlert",
    "LeakCertificate",
    "LeakCheck",
    "LeakKind",
    "LeakState",
    "LeakWatch",
    "Meter",
    "PartyRole",
    "Reading",
    "ReadingCampaign",
    "ReadingKind",
    "SentReading",
    "SentReadingState",
    "TariffBasis",
    "TariffLine",
]
