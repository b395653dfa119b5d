"""What a cubic metre costs, by year, under the rubrics of the arrêté of 10 July 1996."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

DISTRIBUTION = "Distribution de l’eau"
WASTEWATER = "Collecte et traitement des eaux usées"
PUBLIC_BODIES = "Organismes publics"
WATER_VAT, WASTEWATER_VAT = 550, 1000

BASE_YEAR, YEARLY_RISE = 2026, Decimal("0.025")
REFORM_YEAR = 2025  # the basin agencies' fees of 1 January 2025
FIRST_BRACKET_M3 = 60


@dataclass(frozen=True)
class Rate:
    """One line of the tariff. `price` is in hundred-thousandths of a euro, HT, for a cubic metre or for six months."""

    rubric: str
    label: str
    price: int
    vat_basis_points: int
    is_fixed: bool = False
    above_m3: int = 0
    up_to_m3: int | None = None

    def billed_quantity(self, volume_m3: int) -> int:
        if self.is_fixed:
            return 1
        top = volume_m3 if self.up_to_m3 is None else min(volume_m3, self.up_to_m3)
        return max(0, top - self.above_m3)

    @property
    def unit(self) -> str:
        return "semestre" if self.is_fixed else "m³"


@cache
def rates_of(year: int, has_sewer: bool) -> tuple[Rate, ...]:
    """In the order of the bill."""
    return (*_distribution(year), *_wastewater(year, has_sewer), *_fees(year, has_sewer))


def _distribution(year: int) -> tuple[Rate, ...]:
    return (
        Rate(DISTRIBUTION, "Abonnement", _price(year, "23.10"), WATER_VAT, is_fixed=True),
        Rate(
            DISTRIBUTION,
            f"Consommation jusqu’à {FIRST_BRACKET_M3} m³",
            _price(year, "1.2840"),
            WATER_VAT,
            up_to_m3=FIRST_BRACKET_M3,
        ),
        Rate(
            DISTRIBUTION,
            f"Consommation au-delà de {FIRST_BRACKET_M3} m³",
            _price(year, "1.4920"),
            WATER_VAT,
            above_m3=FIRST_BRACKET_M3,
        ),
        Rate(DISTRIBUTION, "Préservation des ressources en eau", _price(year, "0.0640"), WATER_VAT),
    )


def _wastewater(year: int, has_sewer: bool) -> tuple[Rate, ...]:
    if not has_sewer:
        label = "Contrôle de l’assainissement non collectif"
        return (Rate(WASTEWATER, label, _price(year, "14.00"), WASTEWATER_VAT, is_fixed=True),)
    return (
        Rate(WASTEWATER, "Abonnement", _price(year, "16.40"), WASTEWATER_VAT, is_fixed=True),
        Rate(WASTEWATER, "Consommation", _price(year, "1.4510"), WASTEWATER_VAT),
    )


def _fees(year: int, has_sewer: bool) -> tuple[Rate, ...]:
    """Set by the agency, not raised with prices."""
    if year < REFORM_YEAR:
        fees = [("Lutte contre la pollution", 29_000, WATER_VAT)]
        sewer_fees = [("Modernisation des réseaux de collecte", 16_000, WASTEWATER_VAT)]
    else:
        fees = [
            ("Consommation d’eau potable", 33_000, WATER_VAT),
            ("Performance des réseaux d’eau potable", 5_000, WATER_VAT),
        ]
        sewer_fees = [("Performance des systèmes d’assainissement collectif", 9_000, WASTEWATER_VAT)]
    return tuple(Rate(PUBLIC_BODIES, *fee) for fee in fees + (sewer_fees if has_sewer else []))


def _price(year: int, euros_in_base_year: str) -> int:
    """To the hundredth of a cent, as tariffs are voted."""
    risen = Decimal(euros_in_base_year) * (1 + YEARLY_RISE) ** (year - BASE_YEAR)
    return int(risen.quantize(Decimal("0.0001"), ROUND_HALF_UP) * 100_000)
