"""What the portal knows: the entities, and the rules about one row.

Glossary, French on the screen and English in the code:

| French | English |
|---|---|
| collectivité, régie, service | utility |
| abonné, usager, redevable | subscriber |
| compte | account |
| agent | staff |
| facture, avoir | invoice, credit note |
| rubrique | rubric |
| échéance | due date (`due_on`) |
| réglée, non réglée, en trésorerie | paid, unpaid, at the treasury |
| solde, montant à régler | balance (`balance_cents`) |
| règlement, tentative de paiement | payment attempt |
| reçu | receipt |
| relevé (du régisseur), rapprochement | statement, reconciliation |
| suspension du paiement | payment suspension |
| information importante | notice |
| exercice (PayFiP `exer`) | fiscal year |
| identifiant collectivité (PayFiP `numcli`) | client |
| courrier électronique | mail |
| lien (d'activation, de renouvellement) | access link |
| données personnelles | personal data |
| factures au format papier | paper (`wants_paper`) |
| événement d'un courrier | mail event |
| historique des accès | access record |
| titulaire, délégué | holder, delegate (`hold`) |
| export de mes données | data export |
| demande, type de demande | request, request type |
| fil, échange | thread |
| note interne | note |
| brouillon | draft |
| à traiter avant le | due date of a request (`due_on`) |
"""

from models.access import AccessLink, AccessSession, AttemptCounter, LinkKind, PasswordHash, SignInTicket
from models.access_record import AccessKind, AccessRecord
from models.account import Account, AccountSubscriber, EmailChange, Hold, StaffRank, StaffRole
from models.audit import AuditEntry
from models.data_export import DataExport, ExportStatus
from models.delegate import DelegateInvitation
from models.entity import Entity, Secret, metadata
from models.invoice import Invoice, InvoiceKind, InvoiceLine, InvoiceRow, InvoiceStatus
from models.mail import Mail, MailBody
from models.notice import Notice, NoticeClosing
from models.notification import MailEvent, NotificationChoice
from models.paper_choice import PaperChoice
from models.payment import (
    AttemptState,
    PaymentAllocation,
    PaymentAnswer,
    PaymentAttempt,
    PaymentMeans,
    Receipt,
)
from models.request import (
    CLOSED,
    ProposedChange,
    Request,
    RequestDraft,
    RequestMessage,
    RequestNote,
    RequestStatus,
)
from models.request_type import AnswerKind, Question, RequestKind, RequestType
from models.statement import Agreement, DifferenceExplanation, StatementLine
from models.subscriber import Subscriber
from models.suspension import PaymentSuspension
from models.utility import PaymentMode, Utility

__all__ = [
    "CLOSED",
    "AccessKind",
    "AccessLink",
    "AccessRecord",
    "AccessSession",
    "Account",
    "AccountSubscriber",
    "Agreement",
    "AnswerKind",
    "AttemptCounter",
    "AttemptState",
    "AuditEntry",
    "DataExport",
    "DelegateInvitation",
    "DifferenceExplanation",
    "EmailChange",
    "Entity",
    "ExportStatus",
    "Hold",
    "Invoice",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceRow",
    "InvoiceStatus",
    "LinkKind",
    "Mail",
    "MailBody",
    "MailEvent",
    "Notice",
    "NoticeClosing",
    "NotificationChoice",
    "PaperChoice",
    "PasswordHash",
    "PaymentAllocation",
    "PaymentAnswer",
    "PaymentAttempt",
    "PaymentMeans",
    "PaymentMode",
    "PaymentSuspension",
    "ProposedChange",
    "Question",
    "Receipt",
    "Request",
    "RequestDraft",
    "RequestKind",
    "RequestMessage",
    "RequestNote",
    "RequestStatus",
    "RequestType",
    "Secret",
    "SignInTicket",
    "StaffRank",
    "StaffRole",
    "StatementLine",
    "Subscriber",
    "Utility",
    "metadata",
]
