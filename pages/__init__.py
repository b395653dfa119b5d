"""The site map: one module per URL.

| URL | module |
|---|---|
| `/` | `pages/home.py` |
| `/agent` | `pages/staff_home.py` |
| `/agent/avis` | `pages/staff_notices.py` |
| `/agent/journal` | `pages/staff_audit.py` |
| `/agent/paiements` | `pages/staff_payments.py` |
| `/connexion` | `pages/sign_in.py` |
| `/factures` | `pages/invoices.py` |
| `/factures/[numero]` | `pages/invoice.py` |
| `/paiement` | `pages/payment_choice.py` |
| `/paiement/[reference]` | `pages/payment.py` |
| `/accessibilite`, `/confidentialite`, `/mentions-legales` | `pages/legal.py` |
| any other | `pages/missing.py` |
"""

from pages import (
    home,
    invoice,
    invoices,
    legal,
    missing,
    payment,
    payment_choice,
    sign_in,
    staff_audit,
    staff_home,
    staff_notices,
    staff_payments,
)

__all__ = [
    "home",
    "invoice",
    "invoices",
    "legal",
    "missing",
    "payment",
    "payment_choice",
    "sign_in",
    "staff_audit",
    "staff_home",
    "staff_notices",
    "staff_payments",
]
