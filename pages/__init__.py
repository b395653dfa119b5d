"""The site map: one module per URL.

| URL | module |
|---|---|
| `/factures` | `pages/invoices.py` |
"""

from pages import invoices

__all__ = ["invoices"]
