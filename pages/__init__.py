"""The site map: one module per URL.

| URL | module |
|---|---|
| `/` | `pages/home.py` |
| `/connexion` | `pages/sign_in.py` |
| `/factures` | `pages/invoices.py` |
"""

from pages import home, invoices, sign_in

__all__ = ["home", "invoices", "sign_in"]
