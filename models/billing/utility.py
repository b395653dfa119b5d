"""A public utility: who bills, who may be called, and how its portal behaves."""

from enum import StrEnum

from sqlmodel import Field

from models.entity import Entity, choice


class PaymentMode(StrEnum):
    """PayFiP's `saisie`: it, not the address, tells a test from a real payment (payfip.md 1.2)."""

    TEST = "T"
    ACTIVATION = "X"
    PRODUCTION = "W"


class Utility(Entity, table=True):
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=32)
    name: str
    portal_title: str = "Le portail des factures"
    host: str | None = Field(default=None, unique=True)
    accent: str = "#0b5c8a"

    address: str = ""
    phone: str = ""
    email: str = ""
    opening_hours: str = ""
    emergency_phone: str = ""
    welcome_text: str = ""

    activation_needs_code: bool = True
    activation_is_strict: bool = True
    activation_link_hours: int = 24
    renewal_link_minutes: int = 10
    password_min_length: int = 8

    online_payment_open: bool = True
    several_invoices_per_payment: bool = False
    payfip_client: str | None = Field(default=None, max_length=6)
    payfip_mode: PaymentMode = choice(PaymentMode, default=PaymentMode.TEST)
    payfip_reference_template: str = "{digits}"
    payfip_opens_popup: bool = False
