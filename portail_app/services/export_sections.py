"""What a copy of all one's data holds: each section is one statement, its columns named as people read them.

To give people the rows of another noun, add its section here.
"""

from sqlalchemy import select
from sqlmodel import col

from models import (
    AccessRecord,
    Account,
    AccountSubscriber,
    DelegateInvitation,
    EmailChange,
    Invoice,
    InvoiceLine,
    NoticeClosing,
    NotificationChoice,
    PaperChoice,
    PaymentAllocation,
    PaymentAttempt,
    ProposedChange,
    Receipt,
    Request,
    RequestMessage,
    Subscriber,
    Utility,
)
from portail_app.services.export_section import Section, named
from portail_app.services.export_water import water_sections
from portail_app.services.requests import READABLE
from portail_app.viewer import Scope, Viewer


def sections_of(viewer: Viewer) -> tuple[Section, ...]:
    """`viewer` has the subscribers that the account is the holder of, and no rank."""
    mine = viewer.account_id or 0
    own = list(viewer.subscriber_ids)
    return (
        *_account(mine),
        *_subscribers(own),
        *_invoices(own),
        *_payments(mine),
        *_requests(viewer),
        *_choices(mine, own),
        *water_sections(mine, own),
    )


def _account(mine: int) -> tuple[Section, ...]:
    account = select(
        *named(adresse_mail=Account.email, nom=Account.name, cree_le=Account.created_at, actif_le=Account.activated_at)
    ).where(col(Account.id) == mine)
    emails = (
        select(*named(ancienne=EmailChange.former, nouvelle=EmailChange.chosen, changee_le=EmailChange.changed_at))
        .where(col(EmailChange.account_id) == mine)
        .order_by(col(EmailChange.id))
    )
    accesses = (
        select(
            *named(
                date=AccessRecord.at,
                acces=AccessRecord.kind,
                navigateur=AccessRecord.browser,
                adresse=AccessRecord.address,
            )
        )
        .where(col(AccessRecord.account_id) == mine, col(AccessRecord.subscriber_id).is_(None))
        .order_by(col(AccessRecord.at))
    )
    return Section("compte", account), Section("adresses_mail", emails), Section("connexions", accesses)


def _subscribers(own: list[int]) -> tuple[Section, ...]:
    subscribers = (
        select(
            *named(
                service=Utility.name,
                abonne=Subscriber.number,
                nom=Subscriber.name,
                adresse=Subscriber.address,
                code_postal=Subscriber.postal_code,
                ville=Subscriber.city,
                telephone=Subscriber.phone,
                adresse_mail=Subscriber.email,
                prelevement=Subscriber.pays_by_direct_debit,
            )
        )
        .join(Utility, col(Utility.id) == Subscriber.utility_id)
        .where(col(Subscriber.id).in_(own))
        .order_by(col(Subscriber.id))
    )
    looks = (
        select(*named(date=AccessRecord.at, agent=Account.name, objet=AccessRecord.subject))
        .join(Account, col(Account.id) == AccessRecord.account_id)
        .where(col(AccessRecord.subscriber_id).in_(own))
        .order_by(col(AccessRecord.at))
    )
    return Section("abonnements", subscribers), Section("consultations_par_le_service", looks)


def _invoices(own: list[int]) -> tuple[Section, ...]:
    invoices = (
        select(
            *named(
                facture=Invoice.number,
                nature=Invoice.kind,
                objet=Invoice.subject,
                date=Invoice.issued_on,
                echeance=Invoice.due_on,
                periode_du=Invoice.period_start,
                periode_au=Invoice.period_end,
                en_tresorerie_le=Invoice.sent_to_treasury_on,
                prelevee_le=Invoice.debited_on,
                montant_euros=Invoice.amount_cents,
                deja_regle_euros=Invoice.billed_paid_cents,
                regle_en_ligne_euros=Invoice.settled_cents,
            )
        )
        .where(col(Invoice.subscriber_id).in_(own))
        .order_by(col(Invoice.issued_on), col(Invoice.id))
    )
    lines = (
        select(
            *named(
                facture=Invoice.number,
                rubrique=InvoiceLine.rubric,
                libelle=InvoiceLine.label,
                quantite=InvoiceLine.quantity,
                unite=InvoiceLine.unit,
                prix_unitaire=InvoiceLine.unit_price,
                montant_ht_euros=InvoiceLine.amount_cents,
                tva_points_de_base=InvoiceLine.vat_basis_points,
            )
        )
        .join(Invoice, col(Invoice.id) == InvoiceLine.invoice_id)
        .where(col(Invoice.subscriber_id).in_(own))
        .order_by(col(Invoice.issued_on), col(Invoice.id), col(InvoiceLine.position))
    )
    return Section("factures", invoices), Section("lignes_de_facture", lines)


def _payments(mine: int) -> tuple[Section, ...]:
    attempts = (
        select(
            *named(
                paiement=PaymentAttempt.reference,
                etat=PaymentAttempt.state,
                facture=PaymentAllocation.invoice_number,
                montant_euros=PaymentAllocation.amount_cents,
                adresse_mail=PaymentAttempt.payer_email,
                commence_le=PaymentAttempt.created_at,
                recu=Receipt.number,
                paye_le=Receipt.paid_at,
            )
        )
        .join(PaymentAllocation, col(PaymentAllocation.attempt_id) == PaymentAttempt.id)
        .join(Receipt, col(Receipt.attempt_id) == PaymentAttempt.id, isouter=True)
        .where(col(PaymentAttempt.account_id) == mine)
        .order_by(col(PaymentAttempt.id))
    )
    return (Section("paiements", attempts),)


def _requests(viewer: Viewer) -> tuple[Section, ...]:
    opened = (
        select(
            *named(
                demande=Request.number,
                objet=Request.subject,
                etat=Request.status,
                canal=Request.channel,
                contenu=Request.content,
                envoyee_le=Request.opened_at,
                close_le=Request.closed_at,
            )
        )
        .where(READABLE[Scope.SUBSCRIBER])
        .order_by(col(Request.id))
    )
    messages = (
        select(
            *named(
                demande=Request.number,
                du_service=RequestMessage.is_staff,
                message=RequestMessage.text,
                etat=RequestMessage.status,
                date=RequestMessage.sent_at,
            )
        )
        .join(Request, col(Request.id) == RequestMessage.request_id)
        .where(READABLE[Scope.SUBSCRIBER])
        .order_by(col(RequestMessage.id))
    )
    changes = (
        select(
            *named(
                demande=Request.number,
                information=ProposedChange.label,
                avant=ProposedChange.former,
                demande_a=ProposedChange.proposed,
                acceptee_le=ProposedChange.accepted_at,
                refusee_le=ProposedChange.refused_at,
                motif=ProposedChange.refusal_reason,
            )
        )
        .join(Request, col(Request.id) == ProposedChange.request_id)
        .where(READABLE[Scope.SUBSCRIBER])
        .order_by(col(ProposedChange.id))
    )
    told = {"demandes": opened, "echanges": messages, "modifications": changes}
    return tuple(Section(name, statement.params(**viewer.bounds)) for name, statement in told.items())


def _choices(mine: int, own: list[int]) -> tuple[Section, ...]:
    paper = (
        select(
            *named(
                abonne=Subscriber.number,
                papier=PaperChoice.wants_paper,
                texte=PaperChoice.words,
                par=PaperChoice.email,
                date=PaperChoice.chosen_at,
            )
        )
        .join(Subscriber, col(Subscriber.id) == PaperChoice.subscriber_id)
        .where(col(PaperChoice.subscriber_id).in_(own))
        .order_by(col(PaperChoice.id))
    )
    mails = select(
        *named(message=NotificationChoice.event, voulu=NotificationChoice.is_wanted, date=NotificationChoice.chosen_at)
    ).where(col(NotificationChoice.account_id) == mine)
    notices = select(*named(avis=NoticeClosing.notice_id, lu_le=NoticeClosing.closed_at)).where(
        col(NoticeClosing.account_id) == mine
    )
    delegates = (
        select(*named(adresse_mail=Account.email, nom=Account.name, droit=AccountSubscriber.hold))
        .join(Account, col(Account.id) == AccountSubscriber.account_id)
        .where(col(AccountSubscriber.subscriber_id).in_(own), col(AccountSubscriber.account_id) != mine)
    )
    invitations = select(
        *named(
            adresse_mail=DelegateInvitation.email,
            droit=DelegateInvitation.hold,
            invitee_le=DelegateInvitation.invited_at,
            acceptee_le=DelegateInvitation.accepted_at,
            refusee_le=DelegateInvitation.declined_at,
            retiree_le=DelegateInvitation.withdrawn_at,
        )
    ).where(col(DelegateInvitation.subscriber_id).in_(own))
    return (
        Section("factures_papier", paper),
        Section("messages_recus", mails),
        Section("avis_lus", notices),
        Section("personnes_autorisees", delegates),
        Section("invitations", invitations),
    )
