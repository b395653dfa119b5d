"""The site map: one module per URL.

| URL | module |
|---|---|
| `/` | `pages/home.py` |
| `/connexion` | `pages/sign_in.py` |
| `/factures` | `pages/invoices.py` |
| `/factures/[numero]` | `pages/invoice.py` |
"""

from pages import (
    home,
    invoice,
    invoices,
    sign_in,
)

__all__ = [
    "home",
    "invoice",
    "invoices",
    "sign_in",
]
