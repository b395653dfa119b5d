"""The kinds of file that the portal imports, in the order in which they need each other."""

from models import Invoice, InvoiceLine, StaffRole, StatementLine, Subscriber, Utility
from portail_app.imports.consumption_kinds import CONSUMPTION_KINDS
from portail_app.imports.declarations import Check, FileKind
from portail_app.imports.references import ACCOUNT, INVOICE, SUBSCRIBER, UTILITY

REFERENCE_TEMPLATE = "^([A-Za-z0-9]|[{](digits|alphanumeric|exer)(:0?[0-9]{1,2}d)?[}])+$"  # gateways/payfip/refdet.py

UTILITIES = FileKind(
    name="collectivités",
    entity=Utility,
    key=("code",),
    columns={
        "collectivite": "code",
        "nom": "name",
        "titre_portail": "portal_title",
        "hote": "host",
        "couleur": "accent",
        "adresse": "address",
        "telephone": "phone",
        "courriel": "email",
        "horaires": "opening_hours",
        "telephone_urgence": "emergency_phone",
        "texte_accueil": "welcome_text",
        "activation_avec_code": "activation_needs_code",
        "activation_stricte": "activation_is_strict",
        "lien_activation_heures": "activation_link_hours",
        "lien_renouvellement_minutes": "renewal_link_minutes",
        "mot_de_passe_longueur": "password_min_length",
        "paiement_ouvert": "online_payment_open",
        "paiement_groupe": "several_invoices_per_payment",
        "client_payfip": "payfip_client",
        "mode_payfip": "payfip_mode",
        "modele_reference": "payfip_reference_template",
        "payfip_en_popup": "payfip_opens_popup",
    },
    checks=(
        Check(("lien_activation_heures",), "lien_activation_heures BETWEEN 1 AND 168", "de 1 à 168 heures"),
        Check(
            ("lien_renouvellement_minutes",), "lien_renouvellement_minutes BETWEEN 5 AND 1440", "de 5 à 1440 minutes"
        ),
        Check(("mot_de_passe_longueur",), "mot_de_passe_longueur BETWEEN 8 AND 64", "de 8 à 64 caractères"),
        Check(("client_payfip",), "client_payfip ~ '^[0-9]{6}$'", "six chiffres"),
        Check(("modele_reference",), f"modele_reference ~ '{REFERENCE_TEMPLATE}'", "modèle de référence invalide"),
    ),
)

STAFF = FileKind(
    name="agents",
    entity=StaffRole,
    key=("account_id", "utility_id"),
    references={"account_id": ACCOUNT, "utility_id": UTILITY},
    columns={"rang": "rank"},
    also_required=frozenset({"rang"}),
)

SUBSCRIBERS = FileKind(
    name="abonnés",
    entity=Subscriber,
    key=("utility_id", "number"),
    references={"utility_id": UTILITY},
    columns={
        "abonne": "number",
        "nom": "name",
        "courriel": "email",
        "adresse": "address",
        "code_postal": "postal_code",
        "ville": "city",
        "telephone": "phone",
        "prelevement": "pays_by_direct_debit",
    },
)

INVOICES = FileKind(
    name="factures",
    entity=Invoice,
    key=("utility_id", "number"),
    references={"utility_id": UTILITY, "subscriber_id": SUBSCRIBER},
    columns={
        "facture": "number",
        "nature": "kind",
        "objet": "subject",
        "date": "issued_on",
        "echeance": "due_on",
        "payable_en_ligne_jusqu_au": "online_until",
        "en_tresorerie_le": "sent_to_treasury_on",
        "prelevee_le": "debited_on",
        "en_litige": "is_disputed",
        "periode_du": "period_start",
        "periode_au": "period_end",
        "montant": "amount_cents",
        "deja_regle": "billed_paid_cents",
    },
    checks=(
        Check(("echeance", "date"), "echeance >= date", "antérieure à la date de la facture"),
        Check(("periode_au", "periode_du"), "periode_au >= periode_du", "antérieure au début de la période"),
        Check(("montant", "nature"), "nature <> 'avoir' OR montant <= 0", "un avoir ne peut pas être positif"),
    ),
)

INVOICE_LINES = FileKind(
    name="lignes de facture",
    entity=InvoiceLine,
    key=("invoice_id", "position"),
    references={"invoice_id": INVOICE},
    columns={
        "ligne": "position",
        "rubrique": "rubric",
        "libelle": "label",
        "quantite": "quantity",
        "unite": "unit",
        "prix_unitaire": "unit_price",
        "montant_ht": "amount_cents",
        "tva": "vat_basis_points",
    },
)

STATEMENT_LINES = FileKind(
    name="relevés de paiement",
    entity=StatementLine,
    key=("utility_id", "paid_on", "reference", "authorisation"),
    references={"utility_id": UTILITY},
    columns={
        "reference_paiement": "reference",
        "date_paiement": "paid_on",
        "montant": "amount_cents",
        "autorisation": "authorisation",
    },
    also_required=frozenset({"autorisation"}),
)

KINDS = (UTILITIES, STAFF, SUBSCRIBERS, INVOICES, INVOICE_LINES, STATEMENT_LINES, *CONSUMPTION_KINDS)
