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
| alerte fuite, attestation, écrêtement | leak alert, certificate, cap |
| campagne de relève | reading campaign |
| exercice (PayFiP `exer`) | fiscal year |
| identifiant collectivité (PayFiP `numcli`) | client |
| fichier | stored file |
| document, dossier | document, folder |
| dépôt, classer, publier | deposit, to file, to publish |
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
| saisie par le service (téléphone, visite, courrier) | taken down (`channel`) |
| pièce jointe | attachment |
| à traiter avant le | due date of a request (`due_on`) |
| contrat | contract |
| redevable, occupant, propriétaire | payer, occupant, owner (`PartyRole`) |
| point de livraison | delivery point |
| compteur, n° de série, chiffres (roues) | meter, serial, digits |
| relève, index | reading, index (`index_litres`) |
| relevée, estimée, transmise, télérelevée | read, estimated, sent, telemetered (`ReadingKind`) |
| à valider, validée, refusée, retirée | waiting, accepted, refused, withdrawn (`SentReadingState`) |
| consommation | consumption, volume |
| corrigé par le service | corrected (`corrected_index_litres`) |
| tarif, tranche, part fixe, assiette | tariff, bracket, fixed part, basis (`TariffBasis`) |
"""

from models.access import AccessLink, AccessSession, AttemptCounter, LinkKind, PasswordHash, SignInTicket
from models.access_record import AccessKind, AccessRecord
from models.account import Account, AccountSubscriber, EmailChange, Hold, StaffRank, StaffRole
from models.audit import AuditEntry
from models.campaign import CampaignContract, ReadingCampaign
from models.contract import Contract, ContractParty, InvoiceContract, PartyRole
from models.data_export import DataExport, ExportStatus
from models.delegate import DelegateInvitation
from models.delivery_point import DeliveryPoint
from models.document import Document, Folder, FolderKind
from models.entity import Entity, Secret, metadata
from models.invoice import Invoice, InvoiceKind, InvoiceLine, InvoiceRow, InvoiceStatus
from models.leak import LeakAlert, LeakCertificate, LeakCheck, LeakKind, LeakState, LeakWatch
from models.mail import Mail, MailBody
from models.meter import Meter
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
from models.reading import DailyVolume, Reading, ReadingKind, SentReading, SentReadingState
from models.request import (
    CLOSED,
    ProposedChange,
    Request,
    RequestAttachment,
    RequestChannel,
    RequestDraft,
    RequestMessage,
    RequestNote,
    RequestStatus,
)
from models.request_type import AnswerKind, Question, RequestKind, RequestType
from models.statement import Agreement, DifferenceExplanation, StatementLine
from models.stored_file import StoredFile
from models.subscriber import Subscriber
from models.suspension import PaymentSuspension
from models.tariff import TariffBasis, TariffLine
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
    "CampaignContract",
    "Contract",
    "ContractParty",
    "DailyVolume",
    "DataExport",
    "DelegateInvitation",
    "DeliveryPoint",
    "DifferenceExplanation",
    "Document",
    "EmailChange",
    "Entity",
    "ExportStatus",
    "Folder",
    "FolderKind",
    "Hold",
    "Invoice",
    "InvoiceContract",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceRow",
    "InvoiceStatus",
    "LeakAlert",
    "LeakCertificate",
    "LeakCheck",
    "LeakKind",
    "LeakState",
    "LeakWatch",
    "LinkKind",
    "Mail",
    "MailBody",
    "MailEvent",
    "Meter",
    "Notice",
    "NoticeClosing",
    "NotificationChoice",
    "PaperChoice",
    "PartyRole",
    "PasswordHash",
    "PaymentAllocation",
    "PaymentAnswer",
    "PaymentAttempt",
    "PaymentMeans",
    "PaymentMode",
    "PaymentSuspension",
    "ProposedChange",
    "Question",
    "Reading",
    "ReadingCampaign",
    "ReadingKind",
    "Receipt",
    "Request",
    "RequestAttachment",
    "RequestChannel",
    "RequestDraft",
    "RequestKind",
    "RequestMessage",
    "RequestNote",
    "RequestStatus",
    "RequestType",
    "Secret",
    "SentReading",
    "SentReadingState",
    "SignInTicket",
    "StaffRank",
    "StaffRole",
    "StatementLine",
    "StoredFile",
    "Subscriber",
    "TariffBasis",
    "TariffLine",
    "Utility",
    "metadata",
]
