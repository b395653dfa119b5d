"""The site map: one module per URL.

| URL | module |
|---|---|
| `/` | `pages/home.py` |
| `/activation` | `pages/activation.py` |
| `/adresse-mail`, `/donnees-personnelles/adresse-mail` | `pages/email_change.py` |
| `/agent` | `pages/staff_home.py` |
| `/agent/avis` | `pages/staff_notices.py` |
| `/agent/campagnes` | `pages/staff_campaigns.py` |
| `/agent/demandes` | `pages/staff_requests.py` |
| `/agent/demandes/[numero]` | `pages/staff_request.py` |
| `/agent/demandes/nouvelle` | `pages/staff_new_request.py` |
| `/agent/documents` | `pages/staff_documents.py` |
| `/agent/documents/[abonne]` | `pages/staff_tree.py` |
| `/agent/fuites` | `pages/staff_leaks.py` |
| `/agent/fuites/[dossier]` | `pages/staff_leak.py` |
| `/agent/journal` | `pages/staff_audit.py` |
| `/agent/paiements` | `pages/staff_payments.py` |
| `/agent/papier` | `pages/staff_papers.py` |
| `/agent/rapprochement` | `pages/staff_reconciliation.py` |
| `/agent/releves` | `pages/staff_readings.py` |
| `/agent/types-de-demande` | `pages/staff_request_types.py` |
| `/connexion` | `pages/sign_in.py` |
| `/contact` | `pages/contact.py` |
| `/contrats` | `pages/contracts.py` |
| `/contrats/[numero]` | `pages/contract.py` |
| `/contrats/[numero]/fuite` | `pages/leak.py` |
| `/demandes` | `pages/requests.py` |
| `/demandes/[numero]` | `pages/request.py` |
| `/demandes/nouvelle` | `pages/new_request.py` |
| `/documents` | `pages/documents.py` |
| `/donnees-personnelles` | `pages/personal_data.py` |
| `/donnees-personnelles/mes-donnees` | `pages/own_data.py` |
| `/donnees-personnelles/messages` | `pages/notifications.py` |
| `/donnees-personnelles/modifier` | `pages/data_change.py` |
| `/donnees-personnelles/mot-de-passe` | `pages/password_change.py` |
| `/donnees-personnelles/personnes-autorisees` | `pages/delegates.py` |
| `/donnees-personnelles/sessions` | `pages/sessions.py` |
| `/factures` | `pages/invoices.py` |
| `/factures/[numero]` | `pages/invoice.py` |
| `/mot-de-passe` | `pages/password.py` |
| `/mot-de-passe-oublie` | `pages/forgotten_password.py` |
| `/paiement` | `pages/payment_choice.py` |
| `/paiement/[reference]` | `pages/payment.py` |
| `/accessibilite`, `/confidentialite`, `/mentions-legales` | `pages/legal.py` |
| any other | `pages/missing.py` |
"""

from pages import (
    activation,
    contact,
    contract,
    contracts,
    data_change,
    delegates,
    documents,
    email_change,
    forgotten_password,
    home,
    invoice,
    invoices,
    leak,
    legal,
    missing,
    new_request,
    notifications,
    own_data,
    password,
    password_change,
    payment,
    payment_choice,
    personal_data,
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
    staff_new_request,
    staff_notices,
    staff_papers,
    staff_payments,
    staff_readings,
    staff_reconciliation,
    staff_request,
    staff_request_types,
    staff_requests,
    staff_tree,
)

__all__ = [
    "activation",
    "contact",
    "contract",
    "contracts",
    "data_change",
    "delegates",
    "documents",
    "email_change",
    "forgotten_password",
    "home",
    "invoice",
    "invoices",
    "leak",
    "legal",
    "missing",
    "new_request",
    "notifications",
    "own_data",
    "password",
    "password_change",
    "payment",
    "payment_choice",
    "personal_data",
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
    "staff_new_request",
    "staff_notices",
    "staff_papers",
    "staff_payments",
    "staff_readings",
    "staff_reconciliation",
    "staff_request",
    "staff_request_types",
    "staff_requests",
    "staff_tree",
]
