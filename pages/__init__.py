"""The site map: one module per URL.

| URL | module |
|---|---|
| `/` | `pages/home.py` |
| `/activation` | `pages/activation.py` |
| `/agent/avis` | `pages/staff_notices.py` |
| `/agent/campagnes` | `pages/staff_campaigns.py` |
| `/agent/demandes/[numero]` | `pages/staff_request.py` |
| `/agent/demandes` | `pages/staff_requests.py` |
| `/agent/documents` | `pages/staff_documents.py` |
| `/agent/fuites/[dossier]` | `pages/staff_leak.py` |
| `/agent/fuites` | `pages/staff_leaks.py` |
| `/agent/journal` | `pages/staff_audit.py` |
| `/agent/paiements` | `pages/staff_payments.py` |
| `/agent/rapprochement` | `pages/staff_reconciliation.py` |
| `/agent/releves` | `pages/staff_readings.py` |
| `/agent/types-de-demande` | `pages/staff_request_types.py` |
| `/agent` | `pages/staff_home.py` |
| `/connexion` | `pages/sign_in.py` |
| `/contact` | `pages/contact.py` |
| `/contrats/[numero]/fuite` | `pages/leak.py` |
| `/contrats/[numero]` | `pages/contract.py` |
| `/contrats` | `pages/contracts.py` |
| `/demandes/[numero]` | `pages/request.py` |
| `/demandes/nouvelle` | `pages/new_request.py` |
| `/demandes` | `pages/requests.py` |
| `/documents` | `pages/documents.py` |
| `/donnees-personnelles/sessions` | `pages/sessions.py` |
| `/factures/[numero]` | `pages/invoice.py` |
| `/factures` | `pages/invoices.py` |
| `/mot-de-passe-oublie` | `pages/forgotten_password.py` |
| `/mot-de-passe` | `pages/password.py` |
| `/paiement/[reference]` | `pages/payment.py` |
| `/paiement` | `pages/payment_choice.py` |
| `/accessibilite`, `/confidentialite`, `/mentions-legales` | `pages/legal.py` |
| any other | `pages/missing.py` |
"""

from pages import (
    activation,
    contact,
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
    new_request,
    password,
    payment,
    payment_choice,
    request,
    requests,
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
    staff_request,
    staff_request_types,
    staff_requests,
)

__all__ = [
    "activation",
    "contact",
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
    "new_request",
    "password",
    "payment",
    "payment_choice",
    "request",
    "requests",
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
    "staff_request",
    "staff_request_types",
    "staff_requests",
]
