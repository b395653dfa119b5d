"""Who uses the portal: accounts and their secrets, the subscribers they hold, what they chose, who did what."""

from models.people.access import AccessLink, AccessSession, AttemptCounter, LinkKind, PasswordHash, SignInTicket
from models.people.access_record import AccessKind, AccessRecord
from models.people.account import Account, AccountSubscriber, EmailChange, Hold, StaffRank, StaffRole
from models.people.audit import AuditEntry
from models.people.data_export import DataExport, ExportStatus
from models.people.delegate import DelegateInvitation
from models.people.notification import MailEvent, NotificationChoice
from models.people.paper_choice import PaperChoice
from models.people.subscriber import Subscriber

__all__ = [
    "AccessKind",
    "AccessLink",
    "AccessRecord",
    "AccessSession",
    "Account",
    "AccountSubscriber",
    "AttemptCounter",
    "AuditEntry",
    "DataExport",
    "DelegateInvitation",
    "EmailChange",
    "ExportStatus",
    "Hold",
    "LinkKind",
    "MailEvent",
    "NotificationChoice",
    "PaperChoice",
    "PasswordHash",
    "SignInTicket",
    "StaffRank",
    "StaffRole",
    "Subscriber",
]
