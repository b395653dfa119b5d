"""A meter, from the day when it was installed at a delivery point until it is replaced by another."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from models.entity import Entity

LITRES_A_M3 = 1000
MOST_DIGITS = 6


class Meter(Entity, table=True):
    """Its index at both ends of its life makes a replacement a matter of sums."""

    __table_args__ = (
        UniqueConstraint("utility_id", "serial"),
        Index("ix_meter_delivery_point_id_installed_on", "delivery_point_id", "installed_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    delivery_point_id: int = Field(foreign_key="delivery_point.id")
    serial: str = Field(max_length=40)
    diameter_mm: int | None = None
    made_in: int | None = Field(default=None, description="Year.")
    digits: int = Field(default=5, description="Figures for whole cubic metres: after 99 999 m³, five turn over to 0.")
    is_telemetered: bool = False
    installed_on: date
    installed_index_litres: int = 0
    removed_on: date | None = None
    removed_index_litres: int | None = None

    @property
    def turns_over_at_litres(self) -> int:
        """The index never reaches it: it is 0 again."""
        return LITRES_A_M3 * int(10**self.digits)
