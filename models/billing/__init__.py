"""Who bills, what is owed, what was paid, and what stops a payment."""

from models.billing.invoice import Invoice, InvoiceKind, InvoiceLine, InvoiceRow, InvoiceStatus
from models.billing.payment import AttemptState, PaymentAllocation, PaymentAnswer, PaymentAttempt, PaymentMeans, Receipt
from models.billing.statement import Agreement, DifferenceExplanation, StatementLine
from models.billing.suspension import PaymentSuspension
from models.billing.utility import PaymentMode, Utility

__all__ = [
    "Agreement",
    "AttemptState",
    "DifferenceExplanation",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceRow",
    "InvoiceStatus",
    "PaymentAllocation",
    "PaymentAnswer",
    "PaymentAttempt",
    "PaymentMeans",
    "PaymentMode",
    "PaymentSuspension",
    "Receipt",
    "StatementLine",
    "Utility",
]
