"""What is asked for a service, line by line, from a day on and until the next version of the same tariff."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import Numeric, UniqueConstraint
from sqlmodel import Field

from models.entity import Entity, choice


class TariffBasis(StrEnum):
    """What a line is a price of (« assiette »): the water that was used, or what is drained of it."""

    WATER = "eau"
    WASTEWATER = "assainissement"


class TariffLine(Entity, table=True):
    """One line, HT, of the version of a tariff that starts on a day: a fixed part, or a price a cubic metre within a
    bracket. All lines of one `starts_on` are one version."""

    __tablename__ = "tariff_line"
    __table_args__ = (UniqueConstraint("utility_id", "tariff_code", "starts_on", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    tariff_code: str = Field(max_length=40)
    starts_on: date
    position: int
    rubric: str
    label: str
    basis: TariffBasis | None = choice(TariffBasis, default=None, nullable=True, description="None is not told.")
    unit_price: Decimal = Field(sa_type=Numeric(12, 5), description="Euros HT a cubic metre, or for `months` if fixed.")
    is_fixed: bool = False
    above_m3: int = Field(default=0, description="The bracket's bottom, for `months`.")
    up_to_m3: int | None = Field(default=None, description="The bracket's top, for `months`; None has no top.")
    months: int = Field(default=12, description="How many months a fixed price or a bracket is meant for.")
    vat_basis_points: int = Field(default=0, description="550 is 5.5 %; 0 is not subject.")
