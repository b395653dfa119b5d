"""The site map: one module per URL.

| URL | module |
|---|---|
| `/` | `pages/home.py` |
| `/connexion` | `pages/sign_in.py` |
| `/factures` | `pages/invoices.py` |
| `/factures/[numero]` | `pages/invoice.py` |
| `/accessibilite`, `/confidentialite`, `/mentions-legales` | `pages/legal.py` |
| any other | `pages/missing.py` |
"""

from pages import (
    home,
    invoice,
    invoices,
    legal,
    missing,
    sign_in,
)

__all__ = [
    "home",
    "invoice",
    "invoices",
    "legal",
    "missing",
    "sign_in",
]
