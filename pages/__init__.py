"""The site map: one module per URL.

| URL | module |
|---|---|
| `/connexion` | `pages/sign_in.py` |
| `/factures` | `pages/invoices.py` |
"""

from pages import invoices, sign_in

__all__ = ["invoices", "sign_in"]
