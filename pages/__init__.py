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

from importlib import import_module
from pkgutil import iter_modules

modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
"""Each registers its page as it is imported: a new one is served the day it is written."""
