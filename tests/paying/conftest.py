"""The desk and its PayFiP, for every test of this folder."""

from tests.payfip_server import payfip, payfip_for_all
from tests.paying.desk import desk

__all__ = ["desk", "payfip", "payfip_for_all"]
