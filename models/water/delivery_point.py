"""Where water is delivered ("point de livraison"): it stays when its meter is replaced and its occupants move."""

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.entity import Entity


class DeliveryPoint(Entity, table=True):
    __tablename__ = "delivery_point"
    __table_args__ = (UniqueConstraint("utility_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    utility_id: int = Field(foreign_key="utility.id")
    number: str = Field(max_length=40)
    address: str = ""
    postal_code: str = ""
    city: str = ""
    area: str = Field(default="", description="Dwellings of one area are compared with each other.", max_length=80)
    is_dwelling: bool = Field(default=True, description="Of a dwelling (CGCT L2224-12-4, III bis).")
    meter_place: str = Field(default="", description="Where the meter is to be found.")
