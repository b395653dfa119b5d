"""The kinds of file about contracts, meters and what flowed through them."""

from models import (
    Contract,
    ContractParty,
    DailyVolume,
    DeliveryPoint,
    InvoiceContract,
    Meter,
    Reading,
    TariffLine,
)
from portail_app.imports.declarations import Check, FileKind
from portail_app.imports.references import CONTRACT, DELIVERY_POINT, INVOICE, METER, SUBSCRIBER, UTILITY

NOT_TO_COME = "{} <= (now() AT TIME ZONE 'Europe/Paris')::date"
OF_ITS_METER = (
    "NOT EXISTS (SELECT FROM meter JOIN utility ON utility.id = meter.utility_id"
    " WHERE utility.code = staged.collectivite AND meter.serial = staged.compteur AND ({}))"
)
OUTSIDE_ITS_LIFE = OF_ITS_METER.format("{0} < meter.installed_on OR {0} > meter.removed_on")
NO_OTHER_LINE = """
    NOT EXISTS (
        SELECT FROM import_staging AS other WHERE other.line < staged.line AND other.contrat <> staged.contrat
        AND (other.collectivite, other.point, other.service) = (staged.collectivite, staged.point, staged.service)
        AND other.debut <= coalesce(staged.fin, 'infinity') AND staged.debut <= coalesce(other.fin, 'infinity')
    )
"""
NO_OTHER_CONTRACT = """
    NOT EXISTS (
        SELECT FROM contract AS known JOIN delivery_point ON delivery_point.id = known.delivery_point_id
        JOIN utility ON utility.id = known.utility_id
        WHERE (utility.code, delivery_point.number, known.service) = (staged.collectivite, staged.point, staged.service)
        AND known.number <> staged.contrat
        AND known.started_on <= coalesce(staged.fin, 'infinity')
        AND staged.debut <= coalesce(known.ended_on, 'infinity')
        AND (utility.code, known.number) NOT IN (SELECT said.collectivite, said.contrat FROM import_staging AS said)
    )
"""

DELIVERY_POINTS = FileKind(
    name="points de livraison",
    entity=DeliveryPoint,
    key=("utility_id", "number"),
    references={"utility_id": UTILITY},
    columns={
        "point": "number",
        "adresse": "address",
        "code_postal": "postal_code",
        "ville": "city",
        "secteur": "area",
        "habitation": "is_dwelling",
        "emplacement_compteur": "meter_place",
    },
    also_required=frozenset({"adresse"}),
)

TOO_LARGE = "index trop grand pour les chiffres de ce compteur"
METERS = FileKind(
    name="compteurs",
    entity=Meter,
    key=("utility_id", "serial"),
    references={"utility_id": UTILITY, "delivery_point_id": DELIVERY_POINT},
    columns={
        "compteur": "serial",
        "diametre": "diameter_mm",
        "annee": "made_in",
        "chiffres": "digits",
        "telereleve": "is_telemetered",
        "pose_le": "installed_on",
        "index_pose": "installed_index_litres",
        "depose_le": "removed_on",
        "index_depose": "removed_index_litres",
    },
    checks=(
        Check(("chiffres",), "chiffres BETWEEN 3 AND 6", "de 3 à 6 chiffres pour les mètres cubes"),
        Check(("depose_le", "pose_le"), "depose_le >= pose_le", "antérieure à la pose"),
        Check(("index_pose",), "index_pose >= 0", "un index ne peut pas être négatif"),
        Check(("index_depose",), "index_depose >= 0", "un index ne peut pas être négatif"),
        *(
            Check((index, "chiffres"), f"{index} < 1000 * 10 ^ coalesce(chiffres, 5)", TOO_LARGE)
            for index in ("index_pose", "index_depose")
        ),
    ),
)

CONTRACTS = FileKind(
    name="contrats",
    entity=Contract,
    key=("utility_id", "number"),
    references={"utility_id": UTILITY, "delivery_point_id": DELIVERY_POINT},
    columns={
        "contrat": "number",
        "service": "service",
        "tarif": "tariff_code",
        "facture_tous_les": "billed_every_months",
        "debut": "started_on",
        "fin": "ended_on",
    },
    checks=(
        Check(("fin", "debut"), "fin >= debut", "antérieure au début du contrat"),
        Check(("facture_tous_les",), "facture_tous_les BETWEEN 1 AND 24", "de 1 à 24 mois"),
        Check(
            ("debut", "fin", "service"),
            NO_OTHER_LINE,
            "une ligne précédente a déjà un contrat de ce service à ce point dans cette période",
        ),
        Check(
            ("debut", "fin", "service"),
            NO_OTHER_CONTRACT,
            "un autre contrat de ce service est déjà enregistré à ce point dans cette période",
        ),
    ),
    also_required=frozenset({"service", "fin"}),
)

PARTIES = FileKind(
    name="parties aux contrats",
    entity=ContractParty,
    key=("contract_id", "subscriber_id", "role"),
    references={"contract_id": CONTRACT, "subscriber_id": SUBSCRIBER},
    columns={"role": "role", "depuis": "since", "jusqu_au": "until"},
    checks=(Check(("jusqu_au", "depuis"), "jusqu_au >= depuis", "antérieure au début"),),
    also_required=frozenset({"role"}),
)

INVOICE_CONTRACTS = FileKind(
    name="factures des contrats",
    entity=InvoiceContract,
    key=("invoice_id", "contract_id"),
    references={"invoice_id": INVOICE, "contract_id": CONTRACT},
    columns={"volume": "volume_litres"},
)

TARIFFS = FileKind(
    name="tarifs",
    entity=TariffLine,
    key=("utility_id", "tariff_code", "starts_on", "position"),
    references={"utility_id": UTILITY},
    columns={
        "tarif": "tariff_code",
        "applicable_le": "starts_on",
        "ligne": "position",
        "rubrique": "rubric",
        "libelle": "label",
        "assiette": "basis",
        "prix_unitaire": "unit_price",
        "part_fixe": "is_fixed",
        "au_dela_de": "above_m3",
        "jusqu_a": "up_to_m3",
        "mois": "months",
        "tva": "vat_basis_points",
    },
    checks=(
        Check(("prix_unitaire",), "prix_unitaire >= 0", "un prix ne peut pas être négatif"),
        Check(("jusqu_a", "au_dela_de"), "jusqu_a > au_dela_de", "la tranche finit avant de commencer"),
        Check(("mois",), "mois BETWEEN 1 AND 24", "de 1 à 24 mois"),
    ),
)

READINGS = FileKind(
    name="relèves",
    entity=Reading,
    key=("meter_id", "read_on"),
    references={"meter_id": METER},
    columns={
        "releve_le": "read_on",
        "index": "index_litres",
        "nature": "kind",
        "recue_le": "received_at",
        "commentaire": "comment",
    },
    checks=(
        Check(("index",), "index >= 0", "un index ne peut pas être négatif"),
        Check(("releve_le",), NOT_TO_COME.format("releve_le"), "date à venir"),
        Check(
            ("releve_le",), OUTSIDE_ITS_LIFE.format("staged.releve_le"), "avant la pose du compteur ou après sa dépose"
        ),
        Check(
            ("index",),
            OF_ITS_METER.format("staged.index >= 1000 * 10 ^ meter.digits"),
            TOO_LARGE,
        ),
    ),
)

DAILY_VOLUMES = FileKind(
    name="volumes journaliers",
    entity=DailyVolume,
    key=("meter_id", "day"),
    references={"meter_id": METER},
    columns={"jour": "day", "volume": "volume_litres", "volume_horaire_minimum": "least_hourly_litres"},
    checks=(
        Check(("volume",), "volume >= 0", "un volume ne peut pas être négatif"),
        Check(("volume_horaire_minimum",), "volume_horaire_minimum >= 0", "un volume ne peut pas être négatif"),
        Check(("jour",), NOT_TO_COME.format("jour"), "jour à venir"),
        Check(("jour",), OUTSIDE_ITS_LIFE.format("staged.jour"), "avant la pose du compteur ou après sa dépose"),
    ),
)

CONSUMPTION_KINDS = (
    DELIVERY_POINTS,
    METERS,
    CONTRACTS,
    PARTIES,
    INVOICE_CONTRACTS,
    TARIFFS,
    READINGS,
    DAILY_VOLUMES,
)
