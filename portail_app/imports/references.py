"""What a row of a file may name: a row of another table, by its natural key."""

from models import Account, Contract, DeliveryPoint, Invoice, Meter, Subscriber, Utility
from portail_app.imports.declarations import Reference

UTILITY = Reference(Utility, key="code", column="collectivite", unknown="collectivité inconnue")
ACCOUNT = Reference(Account, key="email", column="courriel", unknown="compte inconnu", creates=(("nom", "name"),))
SUBSCRIBER = Reference(
    Subscriber, key="number", column="abonne", unknown="abonné inconnu de cette collectivité", within=UTILITY
)
INVOICE = Reference(
    Invoice, key="number", column="facture", unknown="facture inconnue de cette collectivité", within=UTILITY
)
DELIVERY_POINT = Reference(
    DeliveryPoint,
    key="number",
    column="point",
    unknown="point de livraison inconnu de cette collectivité",
    within=UTILITY,
)
METER = Reference(
    Meter, key="serial", column="compteur", unknown="compteur inconnu de cette collectivité", within=UTILITY
)
CONTRACT = Reference(
    Contract, key="number", column="contrat", unknown="contrat inconnu de cette collectivité", within=UTILITY
)
