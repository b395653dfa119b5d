"""A PayFiP and a site that listens, for the tests of this folder."""

from tests.payfip_server import payfip, payfip_for_all, site

__all__ = ["payfip", "payfip_for_all", "site"]
