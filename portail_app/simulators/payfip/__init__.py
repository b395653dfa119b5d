"""A PayFiP that speaks the real one's wire protocol, with a payment page and a control panel for its bad days.

It knows nothing of the portal: any PayFiP client may be pointed at it. `create_simulator` makes an ASGI application
that is mounted at any address or run alone (`python -m portail_app.simulators.payfip`).
"""

from portail_app.simulators.payfip.app import ProductionRefusal, create_simulator
from portail_app.simulators.payfip.records import Client, Delivery, Scenario, Trouble

__all__ = ["Client", "Delivery", "ProductionRefusal", "Scenario", "Trouble", "create_simulator"]
