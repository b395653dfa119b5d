"""The site map: one module per URL.

| URL | module |
|---|---|
| `/` | `pages/home.py` |
| `/agent` | `pages/staff_home.py` |
| `/agent/avis` | `pages/staff_notices.py` |
| `/agent/campagnes` | `pages/staff_campaigns.py` |
| `/agent/fuites` | `pages/staff_leaks.py` |
| `/agent/fuites/[dossier]` | `pages/staff_leak.py` |
| `/agent/documents` | `pages/staff_documents.py` |
| `/agent/journal` | `pages/staff_audit.py` |
| `/agent/paiements` | `pages/staff_payments.py` |
| `/agent/releves` | `pages/staff_readings.py` |
| `/agent/rapprochement` | `pages/staff_reconciliation.py` |
| `/activation` | `pages/activation.py` |
| `/connexion` | `pages/sign_in.py` |
| `/contrats` | `pages/contracts.py` |
| `/contrats/[numero]` | `pages/contract.py` |
| `/contrats/[numero]/fuite` | `pages/leak.py` |
| `/donnees-personnelles/sessions` | `pages/sessions.py` |
| `/documents` | `pages/documents.py` |
| `/factures` | `pages/invoices.py` |
| `/factures/[numero]` | `pages/invoice.py` |
| `/paiement` | `pages/payment_choice.py` |
| `/paiement/[reference]` | `pages/payment.py` |
| `/accessibilite`, `/confidentialite`, `/mentions-legales` | `pages/legal.py` |
| `/mot-de-passe` | `pages/password.py` |
| `/mot-de-passe-oublie` | `pages/forgotten_password.py` |
| any other | `pages/missing.py` |
"""

from pages import (
    activation,
    contract,
    contracts,
    documents,
    forgotten_password,
    home,
    invoice,
    invoices,
    leak,
    legal,
    missing,
    password,
    payment,
    payment_choice,
    sessions,
    sign_in,
    staff_audit,
    staff_campaigns,
    staff_documents,
    staff_home,
    staff_leak,
    staff_leaks,
    staff_notices,
    staff_payments,
    staff_readings,
    staff_reconciliation,
)

__all__ = [
    "activation",
    "contract",
    "contracts",
    "documents",
    "forgotten_password",
    "home",
    "invoice",
    "invoices",
    "leak",
    "legal",
    "missing",
    "password",
    "payment",
    "payment_choice",
    "sessions",
    "sign_in",
    "staff_audit",
    "staff_campaigns",
    "staff_documents",
    "staff_home",
    "staff_leak",
    "staff_leaks",
    "staff_notices",
    "staff_payments",
    "staff_readings",
    "staff_reconciliation",
]
